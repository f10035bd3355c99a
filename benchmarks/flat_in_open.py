"""What a list, a home page, the board and the reconciler cost while many cases are open: this tree beside an older one.

    .venv/bin/python -m benchmarks.flat_in_open [OLDER] [OPEN …]

OLDER is a folder with an older tree (`git worktree add`); without it this tree alone is measured. Both read one record
on one server, each in a process of its own, one after the other: the ratio says more than the figures, since machines
are shared. A surface is read and drawn as `/missing list` and the others do it, once before it is measured; given are
medians of nine. A case is one of five kinds of report, told a tenth of a second after the one before.
"""

import gc
import json
import statistics
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from os import sysconf
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks.other_tree import measured_in
from benchmarks.tables import Table, main

HERE = Path(__file__).resolve().parents[1]
OPEN = (1_000, 10_000, 100_000)
SAMPLES = 9
_KEY, _PREFIX = b"a key of the benchmark", "open"
_APART = timedelta(seconds=0.1)
_RISKS = (("suicidal_today",), (), (), ("cse",), ())
_LATER = timedelta(minutes=12)


def measure_both(given: list[str]) -> Iterator[Table]:
    older = [each for each in given if not each.isdecimal()]
    sizes = [each for each in given if each.isdecimal()]
    trees = {"now": HERE}
    if older:
        trees = {"before": Path(older[0]).resolve(), **trees}
    rows: list[tuple[str | float | int | None, ...]] = []
    for size in map(int, sizes or map(str, OPEN)):
        for what, figures in _of_size(size, trees).items():
            before, now = figures.get("before"), figures.get("now")
            rows.append((what, size, before, now, now / before if before and now else None))
    yield Table(
        title="Flat in what is open",
        command=f".venv/bin/python -m benchmarks.flat_in_open {' '.join(given)}".strip(),
        heads=("", "open", "before", "now", "ratio"),
        rows=rows,
    )


def _of_size(size: int, trees: dict[str, Path]) -> dict[str, dict[str, float]]:
    import config
    from benchmarks.seeding import Many, Record, seed
    from bot.store.server import serving
    from tests.world import PEOPLE, TOLD

    conf, found = Path(config.__file__).with_name("redis.conf"), dict[str, dict[str, float]]()
    with TemporaryDirectory() as folder, serving(None, conf, Path(folder)) as url:
        record = Record(url=url, key=_KEY, prefix=_PREFIX)
        seed(record, Many(many=size, first=TOLD, people=PEOPLE, apart=_APART, risks=_RISKS))
        for name, tree in trees.items():
            for what, figure in measured_in(tree, __file__, url, str(size)).items():
                found.setdefault(what, {})[name] = figure
    return found


# In one tree. What an older one does not know is not asked of it.


def _world(redis: Any) -> Any:
    from bot.store.master_keys import MasterKeys
    from bot.store.redis_stores import RedisStores
    from tests.world import World

    return World(stores=RedisStores(redis, MasterKeys(_KEY), prefix=_PREFIX))


def _in_one_tree(url: str, size: int) -> dict[str, float]:
    from bot.store.connection import for_store

    with for_store(url) as redis:
        world = _world(redis)
        idle = dict(_cycle(world, redis))
        world.clock.at += size * _APART + _LATER
        return {**dict(_surfaces(world)), **dict(_round(world)), **idle}


def _look(world: Any) -> Callable[[], Any]:
    try:
        from bot.open_book import OpenBook
    except ImportError:
        found: Callable[[], Any] = world.stores.cases.open_cases
        return found
    return OpenBook(world.stores.cases, world.policy).look


def _surfaces(world: Any) -> Iterable[tuple[str, float]]:
    from bot.files import forces_file, reasons_file
    from bot.ports.cases import Pulse
    from bot.views.lists.home_page import home
    from bot.views.lists.listing import Shown, listing
    from bot.views.lists.wall_board import board
    from bot.views.screen import Setting

    screen = Setting(
        policy=world.policy,
        directory=world.people,
        zone=ZoneInfo("Europe/London"),
        reasons=reasons_file.load(),
        forces=forces_file.load(),
    ).at(world.clock.at)
    look, pulse = _look(world), Pulse(last_check=world.clock.at)
    before, began = _resident(), perf_counter()
    held = look()
    yield "the first look after a start, ms", (perf_counter() - began) * 1000
    yield "… what it holds in memory, MB", _resident() - before
    del held
    yield "a look, ms", _median(look)
    yield "`/missing list`, ms", _median(lambda: listing(look(), "fay", Shown(), screen))
    for who in ("fay", "sam", "ola"):
        actor = world.actor(who)
        role = next(iter(actor.roles)).value
        draw = _home(home, look, actor, Shown(), pulse, screen)
        yield f"home page, {role}, ms", _median(draw)
    yield "board, ms", _median(lambda: board(look(), pulse, screen))


def _resident() -> float:
    """MB of this process."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * sysconf("SC_PAGE_SIZE") / 2**20


def _home(home: Any, look: Callable[[], Any], *given: Any) -> Callable[[], Any]:
    return lambda: home(look(), *given)


def _median(draw: Callable[[], object]) -> float:
    draw()
    taken = []
    for _ in range(SAMPLES):
        began = perf_counter()
        draw()
        taken.append(perf_counter() - began)
    return statistics.median(taken) * 1000


def _round(world: Any) -> Iterable[tuple[str, float]]:
    """Longest without a break, and what a minute costs at the pace at which it goes on."""
    from workers.alarm import reconciler

    pieces = _pieces_before(world) if hasattr(reconciler, "audit") else _pieces_now(world)
    walls, cpu, lasts = [], 0.0, 30.0
    for wall, used, lasts in pieces:  # noqa: B007 - the last says how long all of it takes
        walls.append(wall)
        cpu += used
    yield "reconciler, longest piece, ms", max(walls) * 1000
    yield "reconciler, median piece, ms", statistics.median(walls) * 1000
    yield "reconciler, CPU s a minute", cpu * 60 / lasts
    yield "reconciler, a whole round within, s", lasts


def _cycle(world: Any, redis: Any) -> Iterable[tuple[str, float]]:
    """Of the timer: with nothing due, and offering the first thousand to a queue that nobody works at. Not of an older
    tree."""
    try:
        timer = _timer(world, redis, world.clock.at)
    except (ImportError, TypeError):
        return
    yield "the timer's cycle, nothing due, ms", _median(timer.cycle)
    due = _timer(world, redis, world.clock.at + 1000 * _APART + _LATER)
    began = perf_counter()
    due.cycle()
    yield "… that offers a thousand, ms", (perf_counter() - began) * 1000


def _timer(world: Any, redis: Any, now: Any) -> Any:
    from functools import partial

    from bot.store.redis_outbox import RedisRateLimits
    from bot.time import CaseClock, HostClock
    from workers.rq.job_queue import RqQueue
    from workers.timing.in_flight import InFlightJobs
    from workers.timing.outages import Outages
    from workers.timing.timer import BEAT, OfferedWork, Timer, TimerThreads

    machine = HostClock()
    clock = CaseClock(machine, started=machine.seconds(), origin=now)
    queue = partial(RqQueue, redis, function="nobody.does_it")
    nobody: Any = None
    return Timer(
        world.stores,
        clock,
        machine,
        RedisRateLimits(redis, _PREFIX, edits_a_minute=60),
        OfferedWork(InFlightJobs(queue("recheck"), machine), InFlightJobs(queue("deliver"), machine)),
        nobody,
        TimerThreads(),
        Outages(world.stores.heartbeats, world.stores.documents, clock, machine, BEAT),
        nobody,
        steps_in=False,
    )


def _mans(world: Any) -> Callable[[Any], bool]:
    return lambda role: bool(world.people.on_duty(role))


def _pieces_before(world: Any) -> Iterable[tuple[float, float, float]]:
    from workers.alarm import reconciler

    wall, used = perf_counter(), process_time()
    audit: Any = vars(reconciler)["audit"]
    audit(world.stores, world.policy, _mans(world), world.clock.at, timedelta(seconds=30))
    yield perf_counter() - wall, process_time() - used, 30.0


def _pieces_now(world: Any) -> Iterable[tuple[float, float, float]]:
    from bot.open_book import OpenBook
    from workers.alarm.open_round import OpenRound
    from workers.alarm.reconciler import overdue

    cases, book = world.stores.cases, OpenBook(world.stores.cases, world.policy)
    book.look()
    grace = timedelta(seconds=30)
    going = OpenRound(
        cases,
        lambda refs: book.read_anew(refs, cases),
        lambda some: overdue(some, world.policy, _mans(world), world.clock.at, grace),
    )
    while not going.is_over:
        wall, used = perf_counter(), process_time()
        going.look_on()
        yield perf_counter() - wall, process_time() - used, going.lasts


if __name__ == "__main__":
    if sys.argv[1:2] == ["measure"]:
        print(json.dumps(_in_one_tree(sys.argv[2], int(sys.argv[3]))))
    else:
        main(__doc__, measure_both)
