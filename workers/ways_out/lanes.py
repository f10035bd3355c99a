"""Which lanes lead where."""

from collections.abc import Callable, Iterable

from bot.outgoing import OUT
from workers.aside import ASIDE
from workers.duties import Work
from workers.putting_by import PUT_BY

Lanes = Callable[[Iterable[str]], None]


def by_lane(slack: Work, other_ways: Lanes, aside: Lanes, put_by: Lanes) -> Work:
    def deliver(lanes: Iterable[str], who: str) -> None:
        given = list(lanes)
        slack([lane for lane in given if not lane.startswith((OUT, ASIDE, PUT_BY))], who)
        put_by(lane for lane in given if lane.startswith(PUT_BY))
        other_ways(lane for lane in given if lane.startswith(OUT))
        aside(lane for lane in given if lane.startswith(ASIDE))

    return deliver
