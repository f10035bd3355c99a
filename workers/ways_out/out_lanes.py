"""Which lanes lead where."""

from collections.abc import Callable, Iterable

from bot.ports.destination import HELD, LaneKind, kind_of
from workers.rq.job_functions import Work

Lanes = Callable[[Iterable[str]], None]


def by_lane(slack: Work, other_ways: Lanes, quarantine: Lanes, postponed: Lanes) -> Work:
    def deliver(lanes: Iterable[str], who: str) -> None:
        given = list(lanes)
        slack([lane for lane in given if kind_of(lane) not in (LaneKind.FALLBACK, *HELD)], who)
        postponed(lane for lane in given if kind_of(lane) is LaneKind.POSTPONED)
        other_ways(lane for lane in given if kind_of(lane) is LaneKind.FALLBACK)
        quarantine(lane for lane in given if kind_of(lane) is LaneKind.QUARANTINE)

    return deliver
