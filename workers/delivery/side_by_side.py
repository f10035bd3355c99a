"""Several lanes of one job at once: most of a lane's time is waiting, for the record and for Slack."""

from collections.abc import Callable, Iterable

from bot.pools import Pools
from bot.ports.destination import Destination
from workers.rq.job_functions import Doer

TOGETHER = 8  # lanes

Drains = Callable[[Iterable[Destination], Doer], None]


def side_by_side(drains: Drains, pools: Pools) -> Drains:
    """Each lane is drained under a lease of its own, so none waits for another. What one of them raises is raised once
    all have been tried."""
    pool = pools(TOGETHER, "lanes")

    def drained(lanes: Iterable[Destination], who: Doer) -> None:
        each = list(lanes)
        if len(each) < 2:
            drains(each, who)
            return
        begun = [pool.submit(drains, [lane], who) for lane in each]
        failures = [failure for one in begun if (failure := one.exception())]
        if failures:
            raise failures[0]

    return drained
