"""How soon Slack is answered: a command, a press and a form that is saved, beside a bare Bolt app.

    .venv/bin/python -m benchmarks.acknowledged [ROUNDS] [AT_ONCE …]

By the local Slack's own watch, from the envelope sent to its acknowledgement. Both apps are real processes, each in a
workspace of its own, and take turns; told are the median of the rounds and, of all rounds, the slowest hundredth.
"""

import os
import random
import statistics
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from msgspec import Struct

from benchmarks import bare_bolt
from benchmarks.installation import CONFIG, PEOPLE, running
from benchmarks.soak import forms
from benchmarks.tables import Cell, Table, main, p99
from bot.domain.people import Role
from bot.views import ids
from cli.demo import cast
from cli.demo.stage import running_process
from sandbox.client import Message, Person, Workspace
from sandbox.runner import running_workspace

CROWD: cast.People = {**PEOPLE, **{f"handler{number}": (Role.CONTROL_ROOM,) for number in range(100)}}
_NAMES = [name for name in CROWD if name not in PEOPLE]
SLACK_WAITS = 3.0  # seconds
_PATIENCE = 60.0  # seconds
_POSTED_WITHIN = 240.0  # seconds: a hundred cards go into one channel at a post a second
_FEW = 4  # people at once who open what they need before, and close what opened: each looks at the workspace again
# whenever anything changes there, and a hundred of them would leave it no time
_SLOW = 1.0  # seconds that Slack's API takes, where it is slow


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


HEADS = (
    "at once",
    "bare Bolt p50, ms",
    "ours p50, ms",
    "ratio",
    "bare Bolt p99, ms",
    "ours p99, ms",
    "bare Bolt unanswered at 3 s",
    "ours unanswered at 3 s",
)


def measure(given: list[str]) -> Iterator[Table]:
    rounds, *at_once = (int(each) for each in (given or ["9"]))
    counts = at_once or [1, 20, 100]
    command = f".venv/bin/python -m benchmarks.acknowledged {rounds} {' '.join(map(str, counts))}"
    with _ours() as ours, _bare() as bare:
        both = [*zip(bare.asked, ours.asked, strict=True)]
        for theirs, own in both:
            yield Table(
                title=f"Acknowledged: {own.name}",
                command=command,
                heads=HEADS,
                rows=[_row(many, _in_turn(bare, theirs, ours, own, rounds, many)) for many in counts],
            )
        yield Table(
            title=f"Acknowledged while Slack's API takes {_SLOW:g} s",
            command=command,
            heads=("", *HEADS, "of"),
            rows=[
                (own.name, *_row(many, taken), sum(map(len, taken[1])))
                for theirs, own in both
                for many in counts
                if many > 1
                for taken in [_in_turn(bare, theirs, ours, own, 1, many, slow=_SLOW)]
            ],
        )


def _in_turn(
    bare: App, theirs: Asked, ours: App, own: Asked, rounds: int, many: int, *, slow: float = 0.0
) -> list[list[list[float]]]:
    """Of the bare app and of ours: each round's latencies, in seconds. One round more, first, is not counted."""
    taken: list[list[list[float]]] = [[], []]
    for _ in range(rounds + 1):
        for place, (app, asked) in enumerate(((bare, theirs), (ours, own))):
            taken[place].append(_round(app.workspace, asked, many, slow))
    return [each[1:] for each in taken]


def _round(workspace: Workspace, asked: Asked, many: int, slow: float) -> list[float]:
    people = [workspace.person(name) for name in _NAMES[:many]]
    _by_few(asked.before, people)
    seen = len(workspace.deliveries(asked.type))
    with ThreadPoolExecutor(many) as pool, _slowed(workspace, slow):
        list(pool.map(asked.ask, people))
        workspace.wait_for(lambda: not workspace.waiting, "every answer", _PATIENCE)
    _by_few(lambda person: _done_with(workspace, person, asked.opens), people)
    return [latency_of(each) for each in workspace.deliveries(asked.type)[seen:]]


def _by_few(do: Callable[[Person], object], people: list[Person]) -> None:
    with ThreadPoolExecutor(_FEW) as pool:
        list(pool.map(do, people))


@contextmanager
def _slowed(workspace: Workspace, seconds: float) -> Iterator[None]:
    fault = workspace.fault("slow", seconds=seconds) if seconds else ""
    yield
    if fault:
        workspace.clear_faults(fault)


def latency_of(delivery: Mapping[str, Any]) -> float:
    """In seconds, of one of the local Slack's envelopes; what was not answered counts as long as Slack waits."""
    latency = float(delivery["latency"])
    return latency if delivery["outcome"] == "acked" else max(latency, SLACK_WAITS)


def _done_with(workspace: Workspace, person: Person, opens: str) -> None:
    """A form that opened later would stand before the next press."""
    if opens:
        _waits_for(workspace, person, opens)
    if person.modal:
        person.close(everything=True)


def _row(many: int, taken: list[list[list[float]]]) -> tuple[Cell, ...]:
    theirs, ours = (statistics.median(statistics.median(each) for each in rounds) for rounds in taken)
    all_of = [[each for one in rounds for each in one] for rounds in taken]
    slowest = [p99(each) * 1000 for each in all_of]
    late = [sum(each >= SLACK_WAITS for each in latencies) for latencies in all_of]
    return many, theirs * 1000, ours * 1000, ours / theirs, *slowest, *late


# Ours: everybody looks at a case of their own, and what they save there is a step on it.


@contextmanager
def _ours() -> Iterator[App]:
    with running(rate_limits=False, people=CROWD) as installation:
        workspace, told_at = installation.workspace, installation.now() - timedelta(minutes=2)
        for _ in _NAMES:
            installation.report(told_at)
        cards = dict(zip(_NAMES, _cards(workspace, len(_NAMES)), strict=True))

        def presses(person: Person) -> object:
            return person.click(ids.OPEN_CASE, on=cards[person.name])

        def opens(person: Person) -> None:
            presses(person)
            _waits_for(workspace, person, "MC-")
            person.click(ids.ADD_NOTE, block_id="silent-case")
            _waits_for(workspace, person, "Note on")

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


def _waits_for(workspace: Workspace, person: Person, title: str) -> None:
    workspace.wait_for(lambda: person.modal and person.modal.title.startswith(title), title, _PATIENCE)


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
def _bare() -> Iterator[App]:
    with ExitStack() as ends:
        seed = {**cast.seed(CROWD), "settings": {"rate_limits": False}}
        workspace = ends.enter_context(running_workspace(CONFIG / "slack-manifest.yaml", seed))
        surroundings = {**os.environ, **cast.surroundings(workspace.info)}
        nothing = ends.enter_context(Path(os.devnull).open("wb"))
        bare = [sys.executable, "-m", bare_bolt.__name__]
        ends.enter_context(running_process(bare, surroundings, nothing.fileno()))
        workspace.wait_for_app(within=_PATIENCE)
        workspace.person("cal").type("/missing card", cast.CASES)
        [card] = _cards(workspace, 1)

        def presses(person: Person) -> object:
            return person.click(bare_bolt.OPENS, on=card)

        def opens(person: Person) -> None:
            presses(person)
            _waits_for(workspace, person, "Form")

        yield App("bare", workspace, _asked(presses, opens, "Form"))


if __name__ == "__main__":
    main(__doc__, measure)
