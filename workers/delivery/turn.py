"""One holder's turn at one lane: what it posts and draws in Slack."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TypeVar

import structlog

from bot.late_posts import copies_of, found_at
from bot.outgoing import CASES
from bot.ports.destination import Destination
from bot.ports.metrics import Metric, Metrics
from bot.ports.outbox import Outbox, Outgoing
from bot.ports.places import Place
from bot.ports.stores import EDITS, RateLimits
from bot.slack.post_keys import Posted
from bot.slack.slack_chat import LOOKS_BACK, ChatError, Limited, PostDeclined, SlackChat, Unsure
from bot.slack.slack_codes import OF_THE_TOKEN
from bot.time import LONGEST_WAIT, MachineClock, is_ahead
from bot.views.cards import renderer
from bot.views.message import Message
from workers.delivery.disclosures import Disclosures
from workers.delivery.drawn_lane import DrawnLane
from workers.delivery.held_lane import (
    SOON,
    LostUnanswered,
    NotNow,
    OutOfSight,
    TurnLost,
    Unanswered,
)
from workers.delivery.outcomes import Notes

log = structlog.get_logger()

T = TypeVar("T")


class Turn(DrawnLane):
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
        super().__init__(
            lane, token, outbox, rate_limits, machine, metrics, lambda: chat.now or machine.seconds()
        )
        self.channel = channel
        self.chat = chat
        # Ids of rows that may be in the channel already → the post that they were in.
        self.repeats: Mapping[str, str] = {}
        self._posted: dict[str, str] = {}  # ids of rows → `ts`
        self._notes = notes
        self._disclosures = disclosures

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
        in_doubt = {self.repeats[row.id]: row for row in reversed(rows) if row.id in self.repeats}
        self.look_for_copies(in_doubt.values(), ts)
        self._posted |= {row.id: ts for row in rows}
        self.disclosed(rows)
        return ts

    def look_for_copies(self, rows: Iterable[Outgoing], ts: str) -> None:
        """What was in doubt is at `ts`, and may be there once more. `rows`: one of each post."""
        ours = [row for row in rows if row.lane == self.lane]
        if copies := copies_of(ours, self.place(ts)):
            self.outbox.ask_again(self.lane, copies)

    def draw_what_was_found(self, row: Outgoing, ts: str) -> None:
        """What was in doubt is at `ts`, as things stood when it left: what was to be drawn since found no card."""
        if row.lane == self.lane and (as_it_stands := found_at(row, self.place(ts))):
            self.outbox.ask_again(self.lane, [as_it_stands])

    def _has_lost(self, rows: Sequence[Outgoing]) -> None:
        """Whoever has the lane now may have posted them as well."""
        for ts, row in {self._posted[row.id]: row for row in rows if row.id in self._posted}.items():
            self.look_for_copies([row], ts)

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
        self._still_ours(ids)
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
        """Our messages in the thread under that one; none where it is gone. Raises NotNow, OutOfSight, ChatError."""
        try:
            with self._in_sight(where.channel):
                return [Place.of(where.channel, ts) for ts in self.chat.said_under(where.channel, where.ts)]
        except PostDeclined as no:
            if not no.is_gone:
                raise
            return []
        except (Limited, Unsure) as busy:
            raise self._again_soon(busy) from busy

    def posted_in(self, channel: str, slack_since: float) -> list[Posted]:
        """As `SlackChat.posted`. Raises NotNow, OutOfSight, PostDeclined."""
        try:
            with self._in_sight(channel):
                return self.chat.posted(channel, slack_since)
        except (Limited, Unsure) as busy:
            raise self._again_soon(busy) from busy

    def _quietly(self, where: Place, does: Callable[[], None]) -> bool:
        """What calls nobody: at the pace of edits."""
        now = self._check_time()
        opens = self._rate_limits.opens(EDITS)
        if not is_ahead(opens, now):
            opens = self._rate_limits.enter_edit(now, is_patient=self.lane == CASES)
        if is_ahead(opens, now):
            raise NotNow(min(opens, now + SOON))
        self.keep()  # what was drawn before this process stood still is old
        ahead = self.ask_ahead()
        try:
            with self._in_sight(where.channel), self.answered(ahead):
                does()
        except PostDeclined as no:
            if not no.is_gone:
                raise
            return False
        except Limited as asked:
            raise NotNow(min(self._shut(EDITS, asked), now + SOON)) from asked
        except Unsure as unsure:
            try:
                self._still_ours()
            except TurnLost as lost:
                raise LostUnanswered from lost
            raise self._again_soon(unsure, ahead) from unsure
        return True

    @contextmanager
    def _in_sight(self, channel: str) -> Iterator[None]:
        """Raises OutOfSight where that one refuses everything, and not the lane's own."""
        try:
            yield
        except PostDeclined as no:
            is_elsewhere = channel != self.channel and no.code not in OF_THE_TOKEN
            if no.is_of_the_place and is_elsewhere:
                raise OutOfSight from no
            raise

    def place(self, ts: str) -> Place:
        """Of a post of this lane."""
        return Place.of(self.channel, ts)

    def link(self, where: Place) -> str:
        """To the message at `where`. Raises NotNow, OutOfSight, Declined."""
        self._check_time()
        try:
            with self._in_sight(where.channel):
                return self.chat.link(where.channel, where.ts)
        except (Limited, Unsure) as busy:
            raise self._again_soon(busy) from busy

    def _again_soon(self, error: ChatError, ahead: Sequence[Outgoing] = ()) -> NotNow:
        self._metrics.count(Metric.SLACK_UNSURE)
        log.warning("silent edit put off", lane=self.lane, why=str(error))
        soon = self._machine.seconds() + SOON
        return Unanswered(soon, ahead) if isinstance(error, Unsure) else NotNow(soon)

    def _shut(self, gate: str, asked: Limited) -> float:
        """Until when."""
        until = self._machine.seconds() + min(asked.wait, LONGEST_WAIT)
        self._rate_limits.shut(gate, until)
        self._metrics.count(Metric.RATE_LIMITED)
        log.warning("slack asks to wait", lane=self.lane, seconds=asked.wait)
        return until
