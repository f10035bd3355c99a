"""Which lanes lead where."""

from collections.abc import Callable, Iterable

from bot.outgoing import OUT
from workers.duties import Work


def by_lane(slack: Work, other_ways: Callable[[Iterable[str]], None]) -> Work:
    def deliver(lanes: Iterable[str], who: str) -> None:
        given = list(lanes)
        slack([lane for lane in given if not lane.startswith(OUT)], who)
        other_ways(lane for lane in given if lane.startswith(OUT))

    return deliver
