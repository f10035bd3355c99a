"""Has time stopped? Pure: silence must not look like calm (screens.md §12)."""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from bot.time import CaseClock

SILENT = 10.0  # machine seconds without a whole cycle of any timer
UNDECIDED = 15.0  # machine seconds for which something was due and nobody decided it


class Stopped(Struct, frozen=True, kw_only=True):
    since: datetime  # case time
    why: str


def stopped(
    beats: Mapping[str, float], oldest_due: datetime | None, clock: CaseClock, machine_now: float, timer: str
) -> Stopped | None:
    """`beats`: when each kind of process last did all its work. `oldest_due`: the oldest wake-up, claimed or not.

    A timer that cycles while what is due stays undecided helps nobody, so both are asked.
    """
    now = clock.now()
    silent_for = machine_now - beats.get(timer, float("-inf"))
    if silent_for > SILENT:
        since = now - clock.span(min(silent_for, machine_now)) if timer in beats else now
        return Stopped(since=since, why="no timer runs")
    if oldest_due is not None and now - oldest_due > clock.span(UNDECIDED):
        return Stopped(since=oldest_due, why="what is due is not decided")
    return None
