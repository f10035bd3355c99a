"""Rows of a case that cannot be read: taken aside, so that every other child's go out, and back once it can be read.

Nothing of them is lost and none of them is sent unread; meanwhile the watchdog names the case.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

import structlog

from bot.ports.destination import Destination, LaneKind
from bot.ports.errors import Unreadable
from bot.ports.metrics import Metric, Metrics
from bot.ports.outbox import Outbox, Outgoing
from bot.ports.rosters import ROSTER
from bot.ports.stores import RateLimits, Stores
from bot.time import MachineClock
from workers.delivery.claiming import back_off, claimed

_LEASE = 10.0  # machine seconds
_AT_ONCE = 10_000  # rows
_SOONEST, _LATEST = 1.0, 5.0  # machine seconds between two tries: less than the watchdog's patience

log = structlog.get_logger()


def to_quarantine(
    outbox: Outbox, metrics: Metrics, lane: Destination, token: int, rows: Sequence[Outgoing], why: Unreadable
) -> bool:
    """False where the token is stale."""
    metrics.count(Metric.ROWS_QUARANTINED, len(rows))
    log.error("rows quarantined", lane=lane, rows=len(rows), why=str(why))
    return outbox.move(lane, token, [row.id for row in rows], Destination.of(LaneKind.QUARANTINE, lane))


def since_when(outbox: Outbox, limit: int) -> dict[str, datetime]:
    """References of what has rows in quarantine, with the time of the oldest. `limit`: rows of one lane."""
    found: dict[str, datetime] = {}
    for lane in outbox.lanes():
        for row in outbox.pending(lane, limit) if lane.kind is LaneKind.QUARANTINE else ():
            found[row.ref] = min(row.at, found.get(row.ref, row.at))
    return found


class Quarantine:
    def __init__(self, stores: Stores, rate_limits: RateLimits, machine: MachineClock) -> None:
        self._stores = stores
        self._rate_limits = rate_limits
        self._machine = machine

    def drain_all(self, lanes: Iterable[Destination]) -> None:
        for lane in lanes:
            self.drain(lane)

    def drain(self, lane: Destination) -> None:
        """Gives back what can be read again, and puts the lane down for the rest."""
        outbox = self._stores.outbox
        with claimed(lane, outbox, self._rate_limits, self._machine, lease=_LEASE, again=_SOONEST) as token:
            if token is None:
                return
            rows = outbox.pending(lane, _AT_ONCE)
            whole = {ref for ref in dict.fromkeys(row.ref for row in rows) if self._is_whole(ref)}
            back = [row.id for row in rows if row.ref in whole]
            outbox.move(lane, token, back, lane.before)
            self._put_down(lane, is_done=len(back) == len(rows))

    def _put_down(self, lane: Destination, *, is_done: bool) -> None:
        if is_done:
            self._rate_limits.recovered(lane)
        else:
            back_off(self._rate_limits, lane, self._machine.seconds(), soonest=_SOONEST, latest=_LATEST)

    def _is_whole(self, ref: str) -> bool:
        self._stores.metrics.count(Metric.QUARANTINE_TRIED)
        cases, rosters = self._stores.cases, self._stores.rosters
        try:
            if ref == ROSTER:
                rosters.load(), rosters.entries()
                return True
            return cases.load(ref) is not None and bool(cases.entries(ref))
        except Unreadable:
            return False
