"""One holder's turn at one lane: marks, posts, and strikes off, under a fencing token."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TypeVar

import structlog

from bot.late_edits import begun_anew, drawn, drawn_again, may_be_overtaken, may_come_late
from bot.outgoing import CASES
from bot.ports.destination import Destination
from bot.ports.errors import Unreadable
from bot.ports.metrics import Metric, Metrics
from bot.ports.outbox import Outbox, Outgoing
from bot.ports.places import CardKey, ListKey, Place
from bot.ports.stores import EDITS, RateLimits
from bot.slack.slack_chat import LOOKS_BACK, ChatError, Limited, PostDeclined, SlackChat, Unsure
from bot.slack.slack_codes import OF_THE_TOKEN
from bot.time import LONGEST_WAIT, MachineClock, is_ahead
from bot.views.cards import renderer
from bot.views.message import Message
from workers.delivery.claiming import is_over, put_by
from workers.delivery.disclosures import Disclosures
from workers.delivery.outcomes import Notes
from workers.delivery.quarantine import to_quarantine

log = structlog.get_logger()

LEASE = 10.0  # machine seconds; renewed by each post, and longer than one call to Slack may take
LONGEST = (
    15.0  # machine seconds after which a turn ends where it stands, so that no job is cut off inside a call
)
# Machine seconds after which an edit is tried again. Soon, whatever Slack asks: a page may join the lane meanwhile, and
# posts have a gate of their own. For the same reason edits are not made for longer than that without a look.
_SOON = 2.0
_UNANSWERED = 3  # edits of a turn: it is Slack that does not answer then, and not what is said of one case

T = TypeVar("T")


class NotNow(Exception):
    """The lane has to be put down until then."""

    def __init__(self, until: float) -> None:
        super().__init__(f"until {until}")
        self.until = until


class Unanswered(NotNow):
    """Nobody knows whether Slack took this edit."""


class TurnLost(Exception):
    """Our lease ran out and somebody else drains this lane."""


class OutOfSight(Exception):
    """The card to be redrawn is where nothing is let in now, and its lane goes elsewhere meanwhile."""


class Turn:
    def __init__(
        self,
        lane: Destination,
        channel: str,
        token: int,
        outbox: Outbox,
        chat: SlackChat,
        rate_limits: RateLimits,
        machine: MachineClock,
        metrics: Metrics,
        notes: Notes,
        disclosures: Disclosures,
    ) -> None:
        self.lane = lane
        self.channel = channel
        self.chat = chat
        self.outbox = outbox
        self.sent = 0
        self.repeats: frozenset[str] = frozenset()  # ids of rows that may be in the channel already
        self._token = token
        self._rate_limits = rate_limits
        self._machine = machine
        self._metrics = metrics
        self._notes = notes
        self._disclosures = disclosures
        self._began = self._renewed_at = machine.seconds()
        self._over_at = self._began + LONGEST
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
        self._over_at = min(self._over_at, self._machine.seconds() + _SOON)
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

    def _still_ours(self) -> None:
        """The lane is, or TurnLost is raised."""
        now = self._machine.seconds()
        if not self.outbox.sending(self.lane, self._token, (), now):
            raise TurnLost
        self._renewed_at = now

    def looks_back_from(self, machine_at: float) -> float:
        """That moment, or now where the machine's clock has been set back since: Slack's own was not."""
        return min(machine_at, self._machine.seconds())

    def post(self, rows: Sequence[Outgoing], message: Message, thread: str | None = None) -> str:
        """The new message's `ts`. Raises NotNow, TurnLost, ChatError.

        Where Slack refuses the blocks, plain words and the main buttons go: a plain page is better than none.
        """
        message = self._notes.with_doubt(message, [row for row in rows if row.id in self.repeats])
        now = self._check_time()
        opens = self._rate_limits.enter(self.channel, now)
        if opens > now:
            raise NotNow(opens)
        ts = self._plainer(message, lambda shape: self._attempt(rows, shape, thread))
        self.disclosed(rows)
        return ts

    def disclosed(self, rows: Sequence[Outgoing]) -> None:
        """They are in the channel."""
        self._disclosures.posted(self.lane, self.channel, rows)

    def _plainer(self, message: Message, send: Callable[[Message], T]) -> T:
        """As plain as Slack takes it. Raises Declined where it refuses even that, or for another reason."""
        for shape in (first := renderer.shapes(message)):
            try:
                return send(shape)
            except PostDeclined as no:
                if not no.is_about_blocks or shape is first[-1]:
                    raise
                log.error("blocks refused, sent plainer", lane=self.lane, code=no.code)
                self._metrics.count(Metric.POSTED_WITHOUT_BLOCKS)
        raise AssertionError("the last shape is sent, or refused aloud")

    def post_once(self, key: str, message: Message) -> str:
        """A post that no row of the lane stands for: it is looked up by its key before it is made. Raises NotNow,
        ChatError."""
        now = self._check_time()
        there = self.chat.find(self.channel, now - LOOKS_BACK).get(key)
        if there:
            return there
        if (opens := self._rate_limits.enter(self.channel, now)) > now:
            raise NotNow(opens)
        return self.chat.post(self.channel, message, key)

    def _attempt(self, rows: Sequence[Outgoing], message: Message, thread: str | None) -> str:
        ids = [row.id for row in rows]
        self._renewed_at = self._machine.seconds()
        if not self.outbox.sending(self.lane, self._token, ids, self._renewed_at):
            raise TurnLost
        try:
            return self.chat.post(self.channel, message, ids[0], thread, ids[1:])
        except Limited as asked:
            self._put_back(ids)
            raise NotNow(self._shut(self.channel, asked)) from asked
        except PostDeclined:
            self._put_back(ids)
            raise

    def _put_back(self, ids: Sequence[str]) -> None:
        """This try certainly did not leave. What an earlier one has brought stays as doubtful as it was."""
        self.outbox.put_back(self.lane, self._token, [id for id in ids if id not in self.repeats])

    def edit(self, where: Place, message: Message) -> bool:
        """Silently redraws the card at `where`; False where it is gone, or out of sight. Raises NotNow, ChatError."""
        try:
            return self.redraw(where, message)
        except OutOfSight:
            return False

    def redraw(self, where: Place, message: Message) -> bool:
        """The same, for what is to be drawn once its place can be reached again. Raises OutOfSight, TurnLost, too."""
        return self._quietly(
            where,
            lambda: self._plainer(message, lambda shape: self.chat.edit(where.channel, where.ts, shape)),
        )

    def remove(self, where: Place) -> bool:
        """A message of ours; raises as `redraw`."""
        return self._quietly(where, lambda: self.chat.delete(where.channel, where.ts))

    def said_under(self, where: Place) -> list[Place]:
        """Our messages in the thread under that one; none where it is gone. Raises NotNow, ChatError."""
        try:
            return [Place.of(where.channel, ts) for ts in self.chat.said_under(where.channel, where.ts)]
        except PostDeclined as no:
            if not no.is_gone:
                raise
            return []
        except (Limited, Unsure) as busy:
            raise self._again_soon(busy) from busy

    def _quietly(self, where: Place, does: Callable[[], None]) -> bool:
        """What calls nobody: at the pace of edits."""
        now = self._check_time()
        opens = self._rate_limits.opens(EDITS)
        if not is_ahead(opens, now):
            opens = self._rate_limits.enter_edit(now, is_patient=self.lane == CASES)
        if is_ahead(opens, now):
            raise NotNow(min(opens, now + _SOON))
        self.keep()  # what was drawn before this process stood still is old
        try:
            does()
        except PostDeclined as no:
            is_elsewhere = where.channel != self.channel and no.code not in OF_THE_TOKEN
            if no.is_of_the_place and is_elsewhere:
                raise OutOfSight from no
            if not no.is_gone:
                raise
            return False
        except Limited as asked:
            raise NotNow(min(self._shut(EDITS, asked), now + _SOON)) from asked
        except Unsure as lost:
            self._still_ours()
            raise self._again_soon(lost) from lost
        return True

    def place(self, ts: str) -> Place:
        """Of a post of this lane."""
        return Place.of(self.channel, ts)

    def link(self, where: Place) -> str:
        """To the message at `where`. Raises NotNow, Declined."""
        try:
            return self.chat.link(where.channel, where.ts)
        except (Limited, Unsure) as busy:
            raise self._again_soon(busy) from busy

    def _again_soon(self, error: ChatError) -> NotNow:
        self._metrics.count(Metric.SLACK_UNSURE)
        log.warning("silent edit put off", lane=self.lane, why=str(error))
        return (Unanswered if isinstance(error, Unsure) else NotNow)(self._machine.seconds() + _SOON)

    def done(self, rows: Sequence[Outgoing], cards: Mapping[CardKey | ListKey, str] | None = None) -> None:
        """Strikes these off the lane; what may be overtaken yet comes back. Raises TurnLost."""
        now = self._now_of_slack()
        again = [drawn(row, now) for row in rows if may_be_overtaken(row, now) and not is_over(row)]
        back = {row.id for row in again}
        ids = [row.id for row in rows if row.id not in back]
        if not self.outbox.sent(self.lane, self._token, ids, cards or {}):
            raise TurnLost
        self._done.update(ids)
        self._struck_off.update(ids)
        self.sent += len(rows)
        self._put_by(again, is_tried=True)

    def _now_of_slack(self) -> float:
        """It has just answered."""
        return self.chat.now or self._machine.seconds()

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
        except TurnLost:
            self.ask_again(self.left(rows), where)
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

    @contextmanager
    def drawing(self, where: Place, rows: Sequence[Outgoing]) -> Iterator[None]:
        """What is drawn at `where` by the way, since nobody waits for it: it may come after a newer card, of whoever
        has the lane now where it is lost, or of a later turn."""
        try:
            yield
        except (TurnLost, Unanswered):
            self.ask_again(rows, where)
            raise

    def ask_again(self, rows: Sequence[Outgoing], where: Place | None = None) -> list[Outgoing]:
        """What nobody answered may come after what is drawn next. The rows that see to it."""
        again = drawn_again(rows, self._now_of_slack(), where)
        if again:
            self.outbox.ask_again(self.lane, again)
        return again

    def _ask_anew(self, rows: Sequence[Outgoing], where: Place | None) -> list[Outgoing]:
        """The same in place of the edits that went unanswered: however long Slack is silent, they become no more.
        Those that wait now. Raises TurnLost."""
        again = [row for row in rows if row.again]
        if not self.outbox.amend(self.lane, self._token, map(begun_anew, again)):
            self.ask_again(again, where)
            raise TurnLost
        first = [row for row in rows if not row.again]
        asked = self.ask_again(first, where)
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

    def _check_time(self) -> float:
        now = self._machine.seconds()
        if now > self._over_at:
            raise NotNow(now)
        return now

    def _shut(self, gate: str, asked: Limited) -> float:
        """Until when."""
        until = self._machine.seconds() + min(asked.wait, LONGEST_WAIT)
        self._rate_limits.shut(gate, until)
        self._metrics.count(Metric.RATE_LIMITED)
        log.warning("slack asks to wait", lane=self.lane, seconds=asked.wait)
        return until
