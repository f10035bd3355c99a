"""One row that Slack refuses, for a reason that is this row's alone as far as anybody knows: put by for half a minute.

So no other child's has to wait for it; then it is back in its turn. It is never given up: what pages nobody for a
minute leaves another way.
"""

from collections.abc import Iterable

from bot.ports.destination import Destination
from bot.ports.outbox import Outbox
from bot.ports.rate_limits import RateLimits
from bot.time import MachineClock
from workers.delivery.claiming import claimed

AGAIN = 30.0  # machine seconds
_LEASE = 10.0
_AT_ONCE = 2000  # rows


class Postponed:
    def __init__(self, outbox: Outbox, rate_limits: RateLimits, machine: MachineClock) -> None:
        self._outbox = outbox
        self._rate_limits = rate_limits
        self._machine = machine

    def drain_all(self, lanes: Iterable[Destination]) -> None:
        """Gives them back to their lanes."""
        for lane in lanes:
            with claimed(
                lane, self._outbox, self._rate_limits, self._machine, lease=_LEASE, again=AGAIN
            ) as token:
                if token is not None:
                    ids = [row.id for row in self._outbox.pending(lane, _AT_ONCE)]
                    self._outbox.move(lane, token, ids, lane.before)
