"""Where a story is played: the workspace, its people, and what all of their gestures have in common."""

import re
from collections.abc import Callable, Container
from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from msgspec import Struct, field

from bot.domain.commands import Command
from bot.replay.scenario import Scenario
from bot.replay.scenario_steps import ScenarioStep
from bot.views import ids
from cli.demo import cast
from cli.demo.looks import Cue, Unseen
from cli.demo.pace import Ended
from sandbox.client import Message, Modal, Person, Workspace
from sandbox.errors import NotPossible, StillWaiting
from workers.periodic import Stop

Seen = TypeVar("Seen")
Asked = TypeVar("Asked", bound=Command)
_REF = re.compile(r"MC-\d\d-\d{4,}")


class Scene(Struct, frozen=True):
    workspace: Workspace
    scenario: Scenario
    zone: ZoneInfo
    ended: Stop = field(default_factory=Stop)
    patience: float = 20.0  # seconds for the bot to put something on a screen
    cue: Cue = Unseen()
    case: str = ""  # the incident number of the case that a step is about; empty where the story has one

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
        """The newest message about the step's case that offers this person that button, as they are about to press it.

        Raises Refusal.
        """
        found = self.newest(person, action, *channels)
        self.cue.before(found, action)
        return found

    def newest(self, person: Person, action: str, *channels: str, but: Container[str] = ()) -> Message:
        """The newest message about the step's case that offers this person that button. Raises Refusal."""

        def look() -> Message | None:
            ref = self._ref(person)
            seen = [message for channel in channels for message in _seen(person, channel)]
            offers = [
                message
                for message in seen
                if action in message.action_ids and message.says(ref) and message.ts not in but
            ]
            return max(offers, key=lambda message: float(message.ts), default=None)

        try:
            found = self.wait_for(look, f"{action} before {person.name}")
        except StillWaiting:
            raise Refusal("no button offers that") from None
        assert found is not None, "waited for"
        return found

    def _ref(self, person: Person) -> str:
        """What the bot calls the case, from its card. Empty where any case will do."""
        if not self.case:
            return ""
        cards = [message for message in person.sees(cast.CASES) if message.says(f" · {self.case}\n")]
        return next(iter(_REF.findall(cards[-1].words)), self.case) if cards else self.case

    def wait_for(self, probe: Callable[[], Seen], what: str) -> Seen:
        """Raises Ended where the story ends meanwhile: whoever stops the demo waits for nobody."""

        def look() -> Seen:
            if self.ended.is_set():
                raise Ended
            return probe()

        return self.workspace.wait_for(look, what, self.patience)


def _seen(person: Person, channel: str) -> list[Message]:
    """Nothing in a direct message that nobody has begun yet."""
    try:
        return person.sees(channel)
    except NotPossible:
        return []


class Refusal(Exception):
    """What a person filled in was not taken."""


Gesture = Callable[[Scene, ScenarioStep], None]


def submit(scene: Scene, person: Person, values: dict[str, Any], told: str = "", block: str = "") -> None:
    """Fills the form in, lets it be seen, with what is told of it, and sends it. Raises Refusal."""
    person.fill(values)
    scene.cue.filled(told, block)
    errors = person.submit({}).raw.get("errors")
    if errors:
        raise Refusal("; ".join(errors.values()))


def type_(scene: Scene, person: Person, text: str) -> None:
    """In the cases channel."""
    scene.cue.typing(text)
    person.type(text, cast.CASES)


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


def wish_of(scene: Scene, step: ScenarioStep, kind: type[Asked]) -> Asked:
    wish = step.command(scene.scenario.start)
    assert isinstance(wish, kind), f"{step.verb} says {kind.__name__}"
    return wish
