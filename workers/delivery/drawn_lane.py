"""What a turn draws: what Slack does not take, or does not answer, is drawn again, and holds up nothing else."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import structlog

from bot.late_edits import begun_ahead, begun_anew, drawn_again, is_late, is_seen_to
from bot.ports.errors import Unreadable
from bot.ports.metrics import Metric
from bot.ports.outbox import Outgoing
from bot.ports.places import Place
from bot.slack.slack_chat import ChatError, PostDeclined, Unsure
from workers.delivery.held_lane import HeldLane, LostUnanswered, OutOfSight, TurnLost, Unanswered

log = structlog.get_logger()

_UNANSWERED = 3  # edits of a turn: it is Slack that does not answer then, and not what is said of one case


class DrawnLane(HeldLane):
    _drawn: tuple[Sequence[Outgoing], Place | None] = ((), None)  # whose drawing is at hand, and where it is

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
            with self._draws(rows, where):
                yield
        except TurnLost as lost:
            self._has_lost(self.left(rows))
            self.ask_again(self.left(rows), where, may_come=isinstance(lost, LostUnanswered))
            raise
        except Unreadable as why:
            self.to_quarantine(rows, why)
        except Unanswered as wait:
            waiting = self._unanswered(self.left(rows), where, wait.ahead)
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
            with self._draws(rows, where):
                yield
        except TurnLost as lost:
            self.ask_again(rows, where, may_come=isinstance(lost, LostUnanswered))
            raise

    @contextmanager
    def _draws(self, rows: Sequence[Outgoing], where: Place | None) -> Iterator[None]:
        before, self._drawn = self._drawn, (rows, where)
        try:
            yield
        finally:
            self._drawn = before

    def ask_ahead(self) -> list[Outgoing]:
        """Before an edit leaves, since who dies until it is answered asks for nothing any more: the rows that draw it
        again, where Slack is silent. What does so already begins anew. Raises TurnLost."""
        rows, where = self.left(self._drawn[0]), self._drawn[1]
        late = [row for row in rows if is_late(row, where)]
        first = [row for row in rows if not is_late(row, where) and not is_seen_to(row, late, where)]
        begun = [begun_ahead(row) for row in late]
        ahead = drawn_again(first, self._slack_now(), where)
        if begun != late and not self.outbox.amend(self.lane, self._token, begun):
            raise TurnLost
        if ahead and not self.outbox.drawing(self.lane, self._token, ahead):
            raise TurnLost
        return ahead

    @contextmanager
    def answered(self, ahead: Sequence[Outgoing]) -> Iterator[None]:
        """The edit that they were asked for, until Slack has answered: nothing of it is on its way then. Raises
        TurnLost."""
        try:
            yield
        except Unsure:
            raise
        except ChatError:
            self._strike_off(ahead)
            raise
        self._strike_off(ahead)

    def _strike_off(self, ahead: Sequence[Outgoing]) -> None:
        if ahead and not self.outbox.sent(self.lane, self._token, [row.id for row in ahead], {}):
            raise TurnLost

    def ask_again(
        self, rows: Sequence[Outgoing], where: Place | None = None, *, may_come: bool = True
    ) -> list[Outgoing]:
        """What was drawn may stand over what is newer or, where nobody answered, do so once it comes. The rows that
        see to it."""
        again = drawn_again(rows, self._slack_now(), where, may_come=may_come)
        if again:
            self.outbox.ask_again(self.lane, again)
        return again

    def _unanswered(
        self, rows: Sequence[Outgoing], where: Place | None, ahead: Sequence[Outgoing]
    ) -> list[Outgoing]:
        """However long Slack is silent, edits become no more: what was asked `ahead` is in place of them. Those that
        wait now. Raises TurnLost."""
        late = [begun_anew(row) for row in rows if is_late(row, where)]
        first = [row for row in rows if not is_late(row, where)]
        replaced = [row.id for row in first if row.is_edit and is_seen_to(row, [*late, *ahead], where)]
        if late and not self.outbox.amend(self.lane, self._token, late):
            raise TurnLost
        if replaced and not self.outbox.sent(self.lane, self._token, replaced, {}):
            raise TurnLost
        self._done.update(replaced)
        return [*late, *ahead, *self.left(first)]
