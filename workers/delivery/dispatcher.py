"""Draining one lane of the outbox into its place in Slack. Never sleeps: a lane that must wait is put down."""

from collections.abc import Iterable, Sequence

import structlog

from bot.ports.destination import Destination, OutboxKind
from bot.ports.errors import StoreUnavailable
from bot.ports.metrics import Metric
from bot.ports.outbox import Outbox, Outgoing
from bot.ports.places import declined_key, offer_key
from bot.ports.rosters import ROSTER
from bot.ports.stores import RateLimits, Stores
from bot.ports.time_source import TimeSource
from bot.slack.slack_chat import ChatError, Limited, PostDeclined, SlackChat
from bot.time import LONGEST_WAIT, MachineClock
from bot.views.message import Renderer
from bot.views.screen import Setting
from workers.delivery.case_cards import CaseCards
from workers.delivery.claiming import back_off, claimed
from workers.delivery.copies import Copies
from workers.delivery.direct_messages import DirectMessages, Left
from workers.delivery.disclosures import Disclosures
from workers.delivery.erased_posts import ErasedPosts
from workers.delivery.fallback_renderer import FallbackRenderer
from workers.delivery.handover_posts import HandoverPosts
from workers.delivery.held_lane import LEASE, NotNow, TurnLost
from workers.delivery.outcomes import DeliveryOutcomes, Notes
from workers.delivery.page_posts import PagePosts
from workers.delivery.shut_places import LaneChannels, ShutPlaces
from workers.delivery.turn import Turn
from workers.delivery.undelivered_posts import Undelivered, settle
from workers.periodic import told
from workers.rq.job_functions import Doer

_AT_ONCE = 2000  # rows looked at in one turn; a storm's pages must be seen together to become one digest
_SOONEST, _LATEST = 1.0, 15.0  # machine seconds between two tries at a Slack that does not answer
_TAKEN = 0.2  # machine seconds before a lane that somebody else drains, or died draining, is offered again

log = structlog.get_logger()


_BY = {Doer.WORKER: Metric.DELIVERED_BY_WORKER, Doer.TIMER: Metric.DELIVERED_BY_TIMER}


class Dispatcher:
    def __init__(
        self,
        stores: Stores,
        chat: SlackChat,
        renderer: Renderer,
        handovers: HandoverPosts,
        channels: LaneChannels,
        rate_limits: RateLimits,
        machine: MachineClock,
        notes: Notes,
        arrivals: DeliveryOutcomes,
        setting: Setting,
        clock: TimeSource,
        *,
        digest_over: int,
    ) -> None:
        self._outbox: Outbox = stores.outbox
        self._metrics = stores.metrics
        self._chat = chat
        self._channels = channels
        self._rate_limits = rate_limits
        self._machine = machine
        renderer = FallbackRenderer(renderer, self._metrics)
        self._notes = notes
        self._disclosures = Disclosures(
            stores.processing_log, stores.documents, setting.directory.on_duty, clock
        )
        self._cards = CaseCards(stores.cases, renderer)
        self._arrivals = arrivals
        self._pages = PagePosts(
            stores.cases, renderer, notes, stores.metrics, arrivals, digest_over=digest_over
        )
        self._handovers = handovers
        self._invitations = handovers.invitations
        self._offers = DirectMessages(stores.cases, renderer)
        self._undelivered = Undelivered(stores.cases, renderer)
        self._erased = ErasedPosts(setting, clock)
        self._copies = Copies(renderer, stores.damaged)
        self._refusals = ShutPlaces(
            stores.outbox,
            stores.documents,
            stores.metrics,
            channels,
            rate_limits,
            machine,
            setting,
            clock,
        )

    def drain_all(self, lanes: Iterable[Destination], who: Doer) -> None:
        """Counts what was sent under who sent it, a worker or the timer."""
        for lane in lanes:
            if sent := self.drain(lane):
                self._metrics.count(_BY[who], sent)

    def drain(self, lane: Destination) -> int:
        """Sends what waits, as far as Slack takes it now. How many rows left; 0 where somebody else is at it."""
        with claimed(
            lane, self._outbox, self._rate_limits, self._machine, lease=LEASE, again=_TAKEN
        ) as token:
            if token is None:
                return 0
            channel: str | None = None
            try:
                channel = self._channels.of(lane, self._chat, self._refusals.is_shut)
                return self._as_far_as_it_goes(self._turn(lane, channel, token))
            except PostDeclined as no:
                self._refused(lane, channel, token, no)
            except ChatError as error:
                self._back_off(lane, error)
            except StoreUnavailable:
                raise
            except Exception as error:  # noqa: BLE001 - whatever it is, the other lanes are served
                self._metrics.count(Metric.DELIVERY_FAILED)
                log.error("delivery failed", lane=lane, **told(error))
                self._pause(lane)
        return 0

    def _refused(self, lane: Destination, channel: str | None, token: int, no: PostDeclined) -> None:
        is_a_persons = no.is_of_the_place and lane.person
        if is_a_persons:  # what they were to read is told elsewhere
            self._arrivals.refused(self._outbox.pending(lane, _AT_ONCE), no.code)
        if not (no.is_of_the_place and self._refusals.meet(lane, channel, token, no)):
            self._back_off(lane, no)

    def _turn(self, lane: Destination, channel: str, token: int) -> Turn:
        return Turn(
            lane,
            channel,
            token,
            self._outbox,
            self._chat,
            self._rate_limits,
            self._machine,
            self._metrics,
            self._notes,
            self._disclosures,
        )

    def _as_far_as_it_goes(self, turn: Turn) -> int:
        """How many rows left. Raises ChatError where Slack takes nothing of this lane now."""
        try:
            self._send(turn, self._outbox.pending(turn.lane, _AT_ONCE))
            self._rate_limits.recovered(turn.lane)
        except NotNow as wait:
            self._rate_limits.hold(turn.lane, wait.until)
            if turn.sent:
                self._rate_limits.recovered(turn.lane)
        except TurnLost:
            log.warning("lost the lane to another", lane=turn.lane)
        return turn.sent

    def _send(self, turn: Turn, rows: Sequence[Outgoing]) -> None:
        rows, turn.repeats = settle(turn, rows, self._arrived)
        if turn.repeats:
            self._metrics.count(Metric.POSSIBLE_REPEATS, len(turn.repeats))
        passed_on = [row for row in rows if row.lane != turn.lane]
        rows = [row for row in rows if row.lane == turn.lane]
        of_the_roster = [row for row in rows if row.ref == ROSTER and row.kind != OutboxKind.INVITE]
        invitations = [row for row in rows if row.kind == OutboxKind.INVITE]
        left = Left()
        with turn.apart(invitations):
            left = self._invitations.let_in(turn, invitations)
        pages = self._pages.sorted_out(turn, [row for row in rows if row.ref != ROSTER])
        with turn.posting():
            self._pages.post(turn, pages)
            self._undelivered.send(turn, [row for row in rows if row.ref != ROSTER])
            self._refusals.tell(turn, passed_on)
            self._handovers.post(turn, of_the_roster)
            self._offers.ask(turn, rows)
            self._cards.post(turn, rows)
            self._invitations.tell(turn, left)
        with turn.editing():
            self._handovers.redraw(turn, turn.left(of_the_roster))
            self._offers.redraw(turn, rows)
            self._erased.redraw(turn, rows)
            self._pages.redraw(turn, pages)
            self._cards.redraw(turn, turn.left(rows))
            self._copies.shrink(turn, rows)
        if left.busy:
            raise NotNow(self._machine.seconds() + _SOONEST)
        turn.ends()

    def _arrived(self, turn: Turn, rows: Sequence[Outgoing], ts: str, *, is_digest: bool) -> None:
        """A doubtful post turned out to be there: only its consequences are still to be drawn."""
        self._metrics.count(Metric.FOUND_IN_CHANNEL, len(rows))
        turn.disclosed(rows)
        turn.look_for_copies(rows[:1], ts)
        turn.draw_what_was_found(rows[0], ts)
        match rows[0].kind:
            case _ if rows[0].lane != turn.lane:  # it told of what could not be put elsewhere
                turn.done(rows)
            case OutboxKind.PAGE if rows[0].ref != ROSTER:
                self._pages.arrived(turn, rows, ts, is_digest=is_digest)
            case OutboxKind.CARD:
                self._cards.arrived(turn, rows, ts)
            case OutboxKind.OFFER:
                turn.done(rows, {offer_key(turn.lane, rows[0].ref): turn.place(ts)})
            case OutboxKind.DECLINED:
                turn.done(rows, {declined_key(turn.lane, rows[0].ref): turn.place(ts)})
            case OutboxKind.HANDOVER:
                self._handovers.settle(turn, rows[0], ts)
            case _:
                turn.done(rows)

    def _back_off(self, lane: Destination, error: ChatError) -> None:
        if isinstance(error, Limited):
            self._rate_limits.hold(lane, self._machine.seconds() + min(error.wait, LONGEST_WAIT))
            return
        self._metrics.count(Metric.SLACK_REFUSED if isinstance(error, PostDeclined) else Metric.SLACK_UNSURE)
        log.error("not delivered, will try again", lane=lane, why=str(error))
        self._pause(lane)
        if isinstance(error, PostDeclined):
            self._arrivals.refused(self._outbox.pending(lane, _AT_ONCE), error.code)

    def _pause(self, lane: Destination) -> None:
        back_off(self._rate_limits, lane, self._machine.seconds(), soonest=_SOONEST, latest=_LATEST)
