"""What a turn draws: what Slack does not take, or does not answer, is drawn again, and holds up nothing else."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import structlog

from bot.late_edits import begun_anew, drawn_again, is_late, is_seen_to, may_come_late
from bot.ports.errors import Unreadable
from bot.ports.metrics import Metric
from bot.ports.outbox import Outgoing
from bot.ports.places import Place
from bot.slack.slack_chat import PostDeclined
from workers.delivery.held_lane import HeldLane, LostUnanswered, OutOfSight, TurnLost, Unanswered

log = structlog.get_logger()

_UNANSWERED = 3  # edits of a turn: it is Slack that does not answer then, and not what is said of one case


class DrawnLane(HeldLane):
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
