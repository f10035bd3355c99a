"""What strikes: kill -9 of each process in turn in a storm; after it each other fault by itself."""

import os
import signal
import time
from collections.abc import Callable
from random import Random

from msgspec import Struct

from benchmarks.chaos.disk import Disk
from benchmarks.chaos.site import RECORD, STRUCK, Site
from benchmarks.soak.faults import Span
from bot.domain.people import Role
from cli.demo import cast
from tests.waiting import until

_RECOVERS = 10.0  # seconds in which a process that was started again is at its work, on a busy machine
_LOADS = 15.0  # seconds

Begin = Callable[[], Callable[[], object]]  # strikes, and returns what ends it


class Strike(Struct, frozen=True):
    name: str
    seconds: float
    begin: Begin


def kill_in_turn(
    site: Site, rounds: int, apart: float, also: Callable[[str], object] = lambda _: None
) -> list[Span]:
    """Each process once a round. `also`: told whom, at the same moment; for who stands beside.

    In every round the deliverer dies while Slack has taken a page for the FIM, and neither says so nor shows it.
    """
    chance = Random(rounds)  # nosec B311 # has to be repeatable
    spans = []
    for _ in range(rounds):
        for name in STRUCK:
            time.sleep(apart * chance.uniform(0.5, 1.5))
            if name == "worker-deliver":
                _hide_a_page(site)
            site.keeper_of(name).kill(name)
            also(name)
            spans.append(Span(f"kill -9 of {name}", time.time(), time.time() + _RECOVERS))
    return spans


def _hide_a_page(site: Site) -> None:
    """The next one is there, and whoever looks for it is told once that it is not."""
    place = site.workspace.channel_id(cast.channel_of(Role.FIM))
    site.workspace.fault("lost_reply", "chat.postMessage", channel=place, count=1)
    site.workspace.fault("hides", "conversations.history", channel=place, count=1)


def one_by_one(site: Site, disk: Disk, stopped: float) -> list[Strike]:
    """`stopped`: seconds for which a process stands still."""
    stops = [Strike(f"SIGSTOP of {name}", stopped, _stop(site, name)) for name in STRUCK]
    away = [
        Strike(f"{RECORD} away for {seconds:.0f} s", seconds, _keep_away(site, seconds))
        for seconds in (2.0, 20.0)
    ]
    full = Strike(f"a full disk ({disk.how})", 15.0, _fill(site, disk))
    return [*away, Strike(f"{RECORD} says LOADING", _LOADS, _load(site)), full, *stops]


def _stop(site: Site, name: str) -> Begin:
    """It goes on afterwards as if nothing had been."""

    def begin() -> Callable[[], object]:
        pid = site.keeper_of(name).pid(name)
        os.kill(pid, signal.SIGSTOP)
        return lambda: os.kill(pid, signal.SIGCONT)

    return begin


def _keep_away(site: Site, seconds: float) -> Begin:
    def begin() -> Callable[[], object]:
        site.keeper_of(RECORD).keep_away(RECORD, seconds)
        return _nothing

    return begin


def _fill(site: Site, disk: Disk) -> Begin:
    """It ends with its first write (appendfsync always), and with each start's first write until there is room."""

    def begin() -> Callable[[], object]:
        if disk.small:
            disk.fill()
            return disk.free
        site.let_no_file_grow()
        return site.let_files_grow

    return begin


def _load(site: Site) -> Begin:
    """Killed, and so slow to read its file that everybody is told LOADING; its data is what the storm left."""

    def begin() -> Callable[[], object]:
        site.bot.redis.bgrewriteaof()
        until(
            "the file is rewritten", lambda: not site.bot.redis.info("persistence")["aof_rewrite_in_progress"]
        )
        site.slow_to_load(_LOADS)
        site.keeper_of(RECORD).kill(RECORD)
        return lambda: site.slow_to_load(0.0)

    return begin


def _nothing() -> None:
    return
