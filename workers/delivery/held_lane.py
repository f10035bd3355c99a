"""A lane of the outbox in its holder's hands: what becomes of its rows, under a fencing token."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager

import structlog

from bot.late_edits import (
    begun_anew,
    drawn,
    drawn_again,
    is_late,
    is_seen_to,
    may_be_overtaken,
    may_come_late,
)
from bot.ports.destination import Destination
from bot.ports.errors import Unreadable
from bot.ports.metrics import Metric, Metrics
from bot.ports.outbox import Outbox, Outgoing
from bot.ports.places import CardKey, ListKey, Place
from bot.ports.stores import RateLimits
from bot.slack.slack_chat import PostDeclined
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
_UNANSWERED = 3  # edits of a turn: it is Slack that does not answer then, and not what is said of one case


class NotNow(Exception):
    """The lane has to be put down until then."""

    def __init__(self, until: float) -> None:
        super().__init__(f"until {until}")
        self.until = until


class Unanswered(NotNow):
    """Nobody knows whether Slack took this edit."""


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

    @contextmanager
    def apart(
        self,
        rows: Sequence[Outgoing],
        refused: Callable[[Sequence[Outgoing], str], None] = lambda *_: None,
        *,
        where: Place | None = None,
        is_awaited: bool = True,
    ) -> Iterator[None]:
        """For what is said of one case: where that cannot be read, or Slack refuses this alone, the turn goes on.
        `refused` is told of those, with Slack's word. `where`: the card that is drawn, and may be replaced. Not
        `is_awaited`: where Slack does not answer, it is drawn again in half a minute.

        Raises NotNow, TurnLost, and ChatError where more than these rows is concerned.
        """
        try:
            yield
        except TurnLost as lost:
            self._has_lost(self.left(rows))
            self.ask_again(self.left(rows), where, may_come=isinstance(lost, LostUnanswered))
            raise
        except Unreadable as why:
            self.to_quarantine(rows, why)
        except Unanswered as wait:
            waiting = self._ask_anew(self.left(rows), where)
            if not is_awaited:
                self.later(waiting)
                return
            self._waits.append(wait.until)
            if len(self._waits) >= _UNANSWERED:
                raise
        except OutOfSight:
            self.later(rows)
        except PostDeclined as no:
            if no.is_of_the_place:
                raise
            left = self.left(rows)
            refused(left, no.code)
            log.error("refused, put by", lane=self.lane, rows=len(left), code=no.code)
            self._metrics.count(Metric.ROWS_POSTPONED, len(left))
            self.later(left)

    def _has_lost(self, rows: Sequence[Outgoing]) -> None:
        """Somebody else has the lane, and sees to these."""

    @contextmanager
    def drawing(self, where: Place, rows: Sequence[Outgoing]) -> Iterator[None]:
        """What is drawn at `where` by the way, since nobody waits for it: it may come after a newer card, of whoever
        has the lane now where it is lost, or of a later turn."""
        try:
            yield
        except (TurnLost, Unanswered) as why:
            self.ask_again(rows, where, may_come=isinstance(why, Unanswered | LostUnanswered))
            raise

    def ask_again(
        self, rows: Sequence[Outgoing], where: Place | None = None, *, may_come: bool = True
    ) -> list[Outgoing]:
        """What was drawn may stand over what is newer or, where nobody answered, do so once it comes. The rows that
        see to it."""
        again = drawn_again(rows, self._slack_now(), where, may_come=may_come)
        if again:
            self.outbox.ask_again(self.lane, again)
        return again

    def _ask_anew(self, rows: Sequence[Outgoing], where: Place | None) -> list[Outgoing]:
        """The same in place of the edits that went unanswered: however long Slack is silent, they become no more.
        Those that wait now. Raises TurnLost."""
        again = [row for row in rows if is_late(row, where)]
        if not self.outbox.amend(self.lane, self._token, map(begun_anew, again)):
            self.ask_again(rows, where)
            raise TurnLost
        first = [row for row in rows if not is_late(row, where)]
        asked = self.ask_again([row for row in first if not is_seen_to(row, again, where)], where)
        replaced = [row.id for row in first if row.is_edit and may_come_late(row, where)]
        if replaced and not self.outbox.sent(self.lane, self._token, replaced, {}):
            raise TurnLost
        self._done.update(replaced)
        return [*map(begun_anew, again), *asked, *self.left(first)]

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
