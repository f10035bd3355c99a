"""Ours and a bare Bolt app, each with what is asked of it, for `benchmarks.acknowledged`."""

import os
import random
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path

from msgspec import Struct

from benchmarks import bare_bolt
from benchmarks.installation import CONFIG, PEOPLE, running
from benchmarks.soak import forms
from bot.domain.people import Role
from bot.views import ids
from cli.demo import cast
from cli.demo.stage import running_process
from sandbox.client import Message, Person, Workspace
from sandbox.runner import running_workspace

CROWD: cast.People = {**PEOPLE, **{f"handler{number}": (Role.CONTROL_ROOM,) for number in range(100)}}
NAMES = [name for name in CROWD if name not in PEOPLE]
PATIENCE = 60.0  # seconds
_POSTED_WITHIN = 240.0  # seconds: a hundred cards go into one channel at a post a second


class Asked(Struct, frozen=True):
    """One kind of request. `before`: what each person needs in front of them; `opens`: what opens of it afterwards."""

    name: str
    type: str  # by which the local Slack logs it
    before: Callable[[Person], object]
    ask: Callable[[Person], object]
    opens: str = ""


class App(Struct, frozen=True):
    name: str
    workspace: Workspace
    asked: tuple[Asked, ...]


# Ours: everybody looks at a case of their own, and what they save there is a step on it.


@contextmanager
def ours() -> Iterator[App]:
    with running(rate_limits=False, people=CROWD) as installation:
        workspace, told_at = installation.workspace, installation.now() - timedelta(minutes=2)
        for _ in NAMES:
            installation.report(told_at)
        cards = dict(zip(NAMES, _cards(workspace, len(NAMES)), strict=True))

        def presses(person: Person) -> object:
            return person.click(ids.OPEN_CASE, on=cards[person.name])

        def opens(person: Person) -> None:
            presses(person)
            waits_for(workspace, person, "MC-")
            person.click(ids.ADD_NOTE, block_id="silent-case")
            waits_for(workspace, person, "Note on")

        yield App("ours", workspace, _asked(presses, opens, "MC-"))


def _cards(workspace: Workspace, many: int) -> list[Message]:
    place = workspace.channel_id(cast.CASES)

    def found() -> list[Message] | None:
        cards = [
            post for post in workspace.posts() if post.channel == place and post.blocks and not post.thread_ts
        ]
        return cards if len(cards) >= many else None

    cards = workspace.wait_for(found, f"{many} cards", _POSTED_WITHIN)
    assert cards is not None, "awaited above"
    return cards[:many]


def waits_for(workspace: Workspace, person: Person, title: str, within: float = PATIENCE) -> None:
    workspace.wait_for(lambda: person.modal and person.modal.title.startswith(title), title, within)


def _asked(
    presses: Callable[[Person], object], opens: Callable[[Person], object], title: str
) -> tuple[Asked, ...]:
    return (
        Asked("/missing help", "/missing", _nothing, _types),
        Asked("press", "block_actions", _nothing, presses, title),
        Asked("form saved", "view_submission", opens, _saves),
    )


def _saves(person: Person) -> object:
    assert person.modal is not None, "it was opened before"
    chance = random.Random(1)  # nosec B311 # has to be repeatable
    return person.submit(forms.answers(person.modal, chance, "17"))


def _types(person: Person) -> object:
    return person.type("/missing help", cast.CASES)


def _nothing(_: Person) -> None:
    pass


# The same three, of an app that acknowledges and opens a form, and does no more.


@contextmanager
def bare() -> Iterator[App]:
    with ExitStack() as ends:
        seed = {**cast.seed(CROWD), "settings": {"rate_limits": False}}
        workspace = ends.enter_context(running_workspace(CONFIG / "slack-manifest.yaml", seed))
        surroundings = {**os.environ, **cast.surroundings(workspace.info)}
        nothing = ends.enter_context(Path(os.devnull).open("wb"))
        command = [sys.executable, "-m", bare_bolt.__name__]
        ends.enter_context(running_process(command, surroundings, nothing.fileno()))
        workspace.wait_for_app(within=PATIENCE)
        workspace.person("cal").type("/missing card", cast.CASES)
        [card] = _cards(workspace, 1)

        def presses(person: Person) -> object:
            return person.click(bare_bolt.OPENS, on=card)

        def opens(person: Person) -> None:
            presses(person)
            waits_for(workspace, person, "Form")

        yield App("bare", workspace, _asked(presses, opens, "Form"))
