"""Where a story is played: the workspace, its people, and what all of their gestures have in common."""

import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from msgspec import Struct, field

from bot.replay.scenario import Scenario
from bot.replay.steps import Step
from bot.views import ids
from sandbox.client import Message, Modal, Person, Workspace
from sandbox.errors import NotPossible

Seen = TypeVar("Seen")


class Scene(Struct, frozen=True):
    workspace: Workspace
    scenario: Scenario
    zone: ZoneInfo
    ended: threading.Event = field(default_factory=threading.Event)
    patience: float = 20.0  # seconds for the bot to put something on a screen

    def person(self, name: str) -> Person:
        return self.workspace.person(name)

    def typed(self, at: datetime) -> str:
        """As the report takes it: 1 Mar 0910."""
        return at.astimezone(self.zone).strftime("%-d %b %H%M")

    def close_views(self, name: str) -> None:
        """A person who has done what they came for, or could not, goes back to the channels."""
        person = self.person(name)
        if person.modal is not None:
            person.close(everything=True)

    def message_with(self, person: Person, action: str, *channels: str) -> Message:
        """The newest message that offers this person that button."""

        def newest() -> Message | None:
            seen = [message for channel in channels for message in _seen_in(channel, person)]
            offers = [message for message in seen if action in message.action_ids]
            return max(offers, key=lambda message: float(message.ts), default=None)

        found = self.wait_for(newest, f"{action} before {person.name}")
        assert found is not None, "waited for"
        return found

    def wait_for(self, probe: Callable[[], Seen], what: str) -> Seen:
        """Raises Ended where the story ends meanwhile: whoever stops the demo waits for nobody."""

        def look() -> Seen:
            if self.ended.is_set():
                raise Ended
            return probe()

        return self.workspace.wait_for(look, what, self.patience)


def _seen_in(channel: str, person: Person) -> list[Message]:
    """Nothing yet where the bot has never written to them: it may be about to."""
    try:
        return person.sees(channel)
    except NotPossible:
        return []


class Ended(Exception):
    """The story was told to end in the middle of a step."""


class Refusal(Exception):
    """What a person filled in was not taken."""


Gesture = Callable[[Scene, Step], None]


def submit(person: Person, values: dict[str, Any]) -> None:
    errors = person.submit(values).raw.get("errors")
    if errors:
        raise Refusal(f"{person.name} was told: {'; '.join(errors.values())}")


def asks(person: Person, block: str) -> bool:
    modal = person.modal
    return modal is not None and any(each.get("block_id") == block for each in modal.blocks)


def wait_for_modal(scene: Scene, person: Person, title: str) -> Modal:
    def open_now() -> Modal | None:
        modal = person.modal
        return modal if modal and modal.title.startswith(title) else None

    found = scene.wait_for(open_now, f"the modal {title!r} before {person.name}")
    assert found is not None, "waited for"
    return found


def wait_for_fresh(scene: Scene, person: Person, title: str) -> Modal:
    """A form that was refused and given up is offered again; the story begins it afresh."""

    def form_or_question() -> Modal | None:
        modal = person.modal
        return (
            modal
            if modal and (modal.title.startswith(title) or ids.START_FRESH in modal.action_ids)
            else None
        )

    found = scene.wait_for(form_or_question, f"the modal {title!r} before {person.name}")
    if found is not None and ids.START_FRESH in found.action_ids:
        person.click(ids.START_FRESH)
    return wait_for_modal(scene, person, title)


def arguments_of(step: Step, kind: type[Any]) -> Any:
    assert isinstance(step.arguments, kind), f"{step.verb} says {kind.__name__}"
    return step.arguments
