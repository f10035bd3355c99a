"""A lane of the outbox in its holder's hands: what becomes of its rows, under a fencing token."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager

import structlog

from bot.late_edits import drawn, may_be_overtaken
from bot.ports.destination import Destination
from bot.ports.errors import Unreadable
from bot.ports.metrics import Metric, Metrics
from bot.ports.outbox import Outbox, Outgoing
from bot.ports.places import CardKey, ListKey
from bot.ports.stores import RateLimits
from bot.time import MachineClock
from workers.delivery.claiming import is_over, put_by
from workers.delivery.quarantine import to_quarantine

log = structlog.get_logger()

LEASE = 10.0  # machine seconds; renewed by each post, and longer than one call to Slack may take
LONGEST = (
    15.0  # machine seconds after which a turn ends where it stands, so that no job is cut off inside a call
)
# Machine seconds after which an edit is tried again. Soon, whatever Slack asks: a page may join the lane meanwhile, and
# posts have a gate of their own. For the same reason edits are not made for longer than that without a look.
SOON = 2.0


class NotNow(Exception):
    """The lane has to be put down until then."""

    def __init__(self, until: float) -> None:
        super().__init__(f"until {until}")
        self.until = until


class Unanswered(NotNow):
    """Nobody knows whether Slack took this edit."""

    def __init__(self, until: float, ahead: Sequence[Outgoing] = ()) -> None:
        """`ahead`: what draws it again, and waits already."""
        super().__init__(until)
        self.ahead = ahead


class TurnLost(Exception):
    """Our lease ran out and somebody else drains this lane."""


class LostUnanswered(TurnLost):
    """And nobody knows whether Slack took the edit."""


class OutOfSight(Exception):
    """The card to be redrawn is where nothing is let in now, and its lane goes elsewhere meanwhile."""


class HeldLane:
    def __init__(
        self,
        lane: Destination,
        token: int,
        outbox: Outbox,
        rate_limits: RateLimits,
        machine: MachineClock,
        metrics: Metrics,
        slack_now: Callable[[], float],
    ) -> None:
        """`slack_now`: by its last answer, in seconds."""
        self.lane = lane
        self.outbox = outbox
        self.sent = 0
        self._token = token
        self._rate_limits = rate_limits
        self._machine = machine
        self._metrics = metrics
        self._slack_now = slack_now
        self._renewed_at = machine.seconds()
        self._over_at = self._renewed_at + LONGEST
        self._done: set[str] = set()  # this turn has nothing to do with them any more
        self._struck_off: set[str] = set()  # of those: no lane holds them
        self._waits: list[float] = []

    @contextmanager
    def posting(self) -> Iterator[None]:
        """The posts of this turn, as far as they go now: edits wait for none of them. Raises TurnLost, ChatError."""
        with self._as_far_as_it_goes():
            yield

    @contextmanager
    def editing(self) -> Iterator[None]:
        """The same for its edits, which no post that comes meanwhile has to wait for."""
        self._over_at = min(self._over_at, self._machine.seconds() + SOON)
        with self._as_far_as_it_goes():
            yield

    @contextmanager
    def _as_far_as_it_goes(self) -> Iterator[None]:
        try:
            yield
        except NotNow as wait:
            self._waits.append(wait.until)

    def ends(self) -> None:
        """Raises NotNow where something has to wait: until the first of it may go on."""
        if self._waits:
            raise NotNow(min(self._waits))

    def left(self, rows: Sequence[Outgoing]) -> list[Outgoing]:
        """Those that this turn has not struck off or quarantined yet."""
        return [row for row in rows if row.id not in self._done]

    def still_wait(self, ids: Collection[str]) -> frozenset[str]:
        """Those of these ids that are to leave yet, from this lane or another."""
        asked = [id for id in ids if id not in self._struck_off]
        return self.outbox.held(asked) if asked else frozenset()

    def keep(self) -> None:
        """Between two steps of what takes longer than the lease. Raises TurnLost."""
        now = self._machine.seconds()
        if now - self._renewed_at >= LEASE / 4:
            self._still_ours()

    def _still_ours(self, leaving: Sequence[str] = ()) -> None:
        """Renews the lease, and marks the rows of these ids as about to leave. Raises TurnLost."""
        self._renewed_at = self._machine.seconds()
        if not self.outbox.sending(self.lane, self._token, leaving, self._renewed_at):
            raise TurnLost

    def _check_time(self) -> float:
        now = self._machine.seconds()
        if now > self._over_at:
            raise NotNow(now)
        return now

    def done(self, rows: Sequence[Outgoing], cards: Mapping[CardKey | ListKey, str] | None = None) -> None:
        """Strikes these off the lane; what may be overtaken yet comes back. Raises TurnLost."""
        now = self._slack_now()
        again = [drawn(row, now) for row in rows if may_be_overtaken(row, now) and not is_over(row)]
        back = {row.id for row in again}
        ids = [row.id for row in rows if row.id not in back]
        if not self.outbox.sent(self.lane, self._token, ids, cards or {}):
            raise TurnLost
        self._done.update(ids)
        self._struck_off.update(ids)
        self.sent += len(rows)
        if again and not self.outbox.amend(self.lane, self._token, again):
            raise TurnLost
        self._put_by(again, is_tried=False)

    def is_settled(self, rows: Sequence[Outgoing]) -> bool:
        """Whether one of these has waited until nothing that was drawn before it can be on its way."""
        now = self._slack_now()
        return any(row.again and not may_be_overtaken(row, now) for row in rows)

    def later(self, rows: Sequence[Outgoing]) -> None:
        """What Slack did not take comes back in half a minute; what only redraws, for half a day. Raises TurnLost."""
        if over := [row for row in self.left(rows) if is_over(row)]:
            log.warning("card left as it is", lane=self.lane, rows=len(over))
            self._metrics.count(Metric.CARDS_LEFT, len(over))
            self.done(over)
        self._put_by(self.left(rows), is_tried=True)

    def put_by(self, rows: Sequence[Outgoing]) -> None:
        """What was not tried: it comes back likewise. Raises TurnLost."""
        self._put_by(rows, is_tried=False)

    def _put_by(self, rows: Sequence[Outgoing], *, is_tried: bool) -> None:
        now = self._machine.seconds()
        if not put_by(self.outbox, self._rate_limits, self.lane, self._token, rows, now, is_tried=is_tried):
            raise TurnLost
        self._done.update(row.id for row in rows)

    def to_quarantine(self, rows: Sequence[Outgoing], why: Unreadable) -> None:
        """Raises TurnLost."""
        if not to_quarantine(self.outbox, self._metrics, self.lane, self._token, rows, why):
            raise TurnLost
        self._done.update(row.id for row in rows)
