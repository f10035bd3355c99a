"""Which lanes lead where."""

from collections.abc import Callable, Iterable

from bot.outgoing import OUT
from workers.delivery.postponed import POSTPONED
from workers.delivery.quarantine import QUARANTINE
from workers.rq.job_functions import Work

Lanes = Callable[[Iterable[str]], None]


def by_lane(slack: Work, other_ways: Lanes, quarantine: Lanes, postponed: Lanes) -> Work:
    def deliver(lanes: Iterable[str], who: str) -> None:
        given = list(lanes)
        slack([lane for lane in given if not lane.startswith((OUT, QUARANTINE, POSTPONED))], who)
        postponed(lane for lane in given if lane.startswith(POSTPONED))
        other_ways(lane for lane in given if lane.startswith(OUT))
        quarantine(lane for lane in given if lane.startswith(QUARANTINE))

    return deliver
