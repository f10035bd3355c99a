"""How many steps a second the record takes, each decided, sealed and on disk, and what a case weighs in memory.

    .venv/bin/python -m benchmarks.appends [STEPS] [ROUNDS]

Alone and by eight processes at once, in turns with the least that any record on that server could do: the same number
of `XADD` of 200 bytes, each awaited, under the same settings (append-only file, a flush before each reply). Told is the
median of the rounds.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from secrets import token_hex
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import config
from benchmarks.seeding import a_report, somebody
from benchmarks.tables import Table, main
from bot.desk import Desk
from bot.domain.commands import Note
from bot.domain.people import Actor, Role
from bot.files import policy_file
from bot.replay.engine import People
from bot.store.connection import for_store
from bot.store.master_keys import MasterKeys
from bot.store.redis_stores import RedisStores
from bot.store.server import serving
from bot.time import CaseClock, HostClock

TOGETHER = 8
WEIGHED = 200  # cases
EVENTS = 20
_CLOCK = CaseClock(HostClock())
_WEIGHT = b"x" * 200
_WHO = Actor(id="cal", roles=frozenset({Role.CONTROL_ROOM}))


def measure(given: list[str]) -> Iterator[Table]:
    steps, rounds = (int(each) for each in (given or ["800", "5"]))
    with _server() as url:
        yield Table(
            title="Steps a second, each on disk",
            command=f".venv/bin/python -m benchmarks.appends {steps} {rounds}",
            heads=("at once", "steps a second", "bare XADD a second", "ratio"),
            rows=[_a_second(url, at_once, steps, rounds) for at_once in (1, TOGETHER)],
            notes=(
                "A step is loaded, decided, sealed and appended with its wake-up and rows by one script.",
            ),
        )
        yield Table(
            title="Memory of a case",
            command=f".venv/bin/python -m benchmarks.appends {steps} {rounds}",
            heads=("events", "kB on the server"),
            rows=[(events, _weight(url, events)) for events in (1, EVENTS)],
        )


@contextmanager
def _server() -> Iterator[str]:
    conf = Path(config.__file__).with_name("redis.conf")
    with TemporaryDirectory(prefix="missing-bench-") as home, serving(None, conf, Path(home)) as url:
        yield url


def _a_second(url: str, at_once: int, steps: int, rounds: int) -> tuple[int, float, float, float]:
    taken: dict[Callable[[str, int], None], list[float]] = {_steps: [], _bare: []}
    with ProcessPoolExecutor(at_once, mp_context=get_context("spawn")) as pool:
        for _ in range(rounds + 1):
            for does, took in taken.items():
                began = perf_counter()
                list(pool.map(partial(does, url), [steps // at_once] * at_once))
                took.append(perf_counter() - began)
    ours, bare = (steps / median(took[1:]) for took in taken.values())
    return at_once, ours, bare, ours / bare


def _steps(url: str, many: int) -> None:
    with _desk(url, "steps") as desk:
        for number in range(many):
            if number % EVENTS == 0:
                ref = _reported(desk)
            else:
                _noted(desk, ref, number)


def _bare(url: str, many: int) -> None:
    with for_store(url) as redis:
        for _ in range(many):
            redis.xadd("bare", {"e": _WEIGHT})


def _weight(url: str, events: int) -> float:
    with _desk(url, f"weighed-{events}") as desk, for_store(url) as redis:
        _reported(desk)  # what the first one brings for all
        before = redis.info("memory")["used_memory"]
        for _ in range(WEIGHED):
            ref = _reported(desk)
            for number in range(events - 1):
                _noted(desk, ref, number)
        for lane in [*redis.scan_iter(f"weighed-{events}:lane*", count=1000)]:
            redis.delete(lane)  # they leave with their posts
        return float(redis.info("memory")["used_memory"] - before) / WEIGHED / 1000


@contextmanager
def _desk(url: str, prefix: str) -> Iterator[Desk]:
    with for_store(url) as redis:
        stores = RedisStores(redis, MasterKeys(b"a key of the benchmark"), prefix=prefix)
        people = People({_WHO.id: tuple(_WHO.roles)})
        yield Desk(stores.cases, policy_file.load(), _CLOCK, people)


def _reported(desk: Desk) -> str:
    now = _CLOCK.now()
    report = a_report(now - timedelta(minutes=2), incident=f"LOG-{token_hex(8)}", child=somebody())
    return desk.report(report, _WHO, "benchmark").case.ref


def _noted(desk: Desk, ref: str, number: int) -> None:
    desk.handle(ref, Note(text=f"Rang her mother: call {number}"), _WHO, "benchmark")


if __name__ == "__main__":
    main(__doc__, measure)
