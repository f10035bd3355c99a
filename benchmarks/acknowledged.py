"""How soon Slack is answered: a command, a press and a form that is saved, beside a bare Bolt app.

    .venv/bin/python -m benchmarks.acknowledged [ROUNDS] [AT_ONCE …]

By the local Slack's own watch, from the envelope sent to its acknowledgement. Both apps are real processes, each in a
workspace of its own, and take turns; told are the median of the rounds and, of all rounds, the slowest hundredth.
"""

import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from msgspec import Struct

from benchmarks.tables import Cell, Table, main, p99
from benchmarks.two_apps import NAMES, PATIENCE, App, Asked, bare, ours, waits_for
from sandbox.client import Person, Workspace
from sandbox.errors import StillWaiting

SLACK_WAITS = 3.0  # seconds
_FEW = 4  # people at once who open what they need before, and close what opened: each looks at the workspace again
# whenever anything changes there, and a hundred of them would leave it no time
_SLOW = 1.0  # seconds that Slack's API takes, where it is slow
_OPENS_WITHIN = 20.0  # seconds after the answers; the trigger has run out long before

HEADS = (
    "at once",
    "bare Bolt p50, ms",
    "ours p50, ms",
    "ratio",
    "bare Bolt p99, ms",
    "ours p99, ms",
    "unanswered at 3 s, bare Bolt / ours",
    "forms that never opened, bare Bolt / ours",
)


class Round(Struct, frozen=True):
    latencies: list[float]  # in seconds
    never_opened: int = 0


def measure(given: list[str]) -> Iterator[Table]:
    rounds, *at_once = (int(each) for each in (given or ["9"]))
    counts = at_once or [1, 20, 100]
    command = f".venv/bin/python -m benchmarks.acknowledged {rounds} {' '.join(map(str, counts))}"
    with ours() as own, bare() as theirs:
        for kind, asked in enumerate(own.asked):
            yield Table(
                title=f"Acknowledged: {asked.name}",
                command=command,
                heads=HEADS,
                rows=[row(many, *_in_turn((theirs, own), kind, rounds, many)) for many in counts],
            )
        yield Table(
            title=f"Acknowledged while Slack's API takes {_SLOW:g} s",
            command=command,
            heads=("", *HEADS),
            rows=[
                (asked.name, *row(many, *_in_turn((theirs, own), kind, 1, many, _SLOW)))
                for kind, asked in enumerate(own.asked)
                for many in counts
                if many > 1
            ],
        )


def _in_turn(
    apps: tuple[App, App], kind: int, rounds: int, many: int, slow: float = 0.0
) -> tuple[list[Round], list[Round]]:
    """Of each app. One round more, first, is not counted."""
    taken: tuple[list[Round], list[Round]] = ([], [])
    for _ in range(rounds + 1):
        for app, its in zip(apps, taken, strict=True):
            its.append(_round(app.workspace, app.asked[kind], many, slow))
    return taken[0][1:], taken[1][1:]


def _round(workspace: Workspace, asked: Asked, many: int, slow: float) -> Round:
    people = [workspace.person(name) for name in NAMES[:many]]
    _by_few(asked.before, people)
    seen = len(workspace.deliveries(asked.type))
    with _slowed(workspace, slow):
        with ThreadPoolExecutor(many) as pool:
            list(pool.map(asked.ask, people))
            workspace.wait_for(lambda: not workspace.waiting, "every answer", PATIENCE)
        until = time.monotonic() + _OPENS_WITHIN
        opened = _by_few(lambda person: _done_with(workspace, person, asked.opens, until), people)
    latencies = [latency_of(each) for each in workspace.deliveries(asked.type)[seen:]]
    return Round(latencies, opened.count(False))


def _by_few(do: Callable[[Person], object], people: list[Person]) -> list[object]:
    with ThreadPoolExecutor(_FEW) as pool:
        return list(pool.map(do, people))


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


def _done_with(workspace: Workspace, person: Person, opens: str, until: float) -> bool:
    """Whether what should have opened has: if it did later, it would stand before the next press."""
    try:
        if opens:
            waits_for(workspace, person, opens, max(until - time.monotonic(), 0.1))
    except StillWaiting:
        return False
    finally:
        if person.modal:
            person.close(everything=True)
    return True


def row(many: int, theirs: list[Round], ours: list[Round]) -> tuple[Cell, ...]:
    both = [theirs, ours]
    middles = [statistics.median(statistics.median(each.latencies) for each in rounds) for rounds in both]
    every = [[latency for each in rounds for latency in each.latencies] for rounds in both]
    slowest = [p99(latencies) * 1000 for latencies in every]
    late = [sum(latency >= SLACK_WAITS for latency in latencies) for latencies in every]
    closed = [sum(each.never_opened for each in rounds) for rounds in both]
    return (
        many,
        *(middle * 1000 for middle in middles),
        middles[1] / middles[0],
        *slowest,
        *(f"{one} / {other} of {len(every[1])}" for one, other in (late, closed)),
    )


if __name__ == "__main__":
    main(__doc__, measure)
