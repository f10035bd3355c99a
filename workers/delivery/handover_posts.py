"""What the roster has to say: hand-overs as they are offered and accepted, and pages where nobody takes over."""

from collections.abc import Callable, Sequence

from bot.domain.clocks import name_and_item
from bot.domain.events import PutOnDuty, TakenOffDuty, TurnsDue
from bot.domain.handover import Roster
from bot.domain.people import HANDED_OVER
from bot.outgoing import person_lane
from bot.ports.cases import CaseStore
from bot.ports.destination import OutboxKind
from bot.ports.outbox import Outgoing
from bot.ports.places import handover_key
from bot.ports.rosters import RosterStore
from bot.ports.time_source import TimeSource
from bot.views.cards import handover_card as views
from bot.views.cards.handover_card import handover_page
from bot.views.message import Message
from bot.views.screen import Screen, Setting
from bot.views.wording import naming
from workers.delivery.case_cards import by_key
from workers.delivery.direct_messages import Invitations
from workers.delivery.outcomes import DeliveryOutcomes
from workers.delivery.turn import Turn

Draw = Callable[[Roster, Outgoing, Screen], Message | None]


class HandoverPosts:
    def __init__(
        self,
        rosters: RosterStore,
        cases: CaseStore,
        setting: Setting,
        clock: TimeSource,
        outcomes: DeliveryOutcomes,
    ) -> None:
        self._rosters = rosters
        self._outcomes = outcomes
        self._cases = cases
        self._setting = setting
        self._clock = clock
        self.invitations = Invitations(rosters, setting, clock)
        self._drawn: dict[OutboxKind, Draw] = {
            OutboxKind.HANDED: self._handed,
            OutboxKind.DUTY: self._duty,
            OutboxKind.SHIFT: self._shift,
            OutboxKind.TURN: self._turns,
        }

    def post(self, turn: Turn, rows: Sequence[Outgoing]) -> None:
        """Pages first; then everything that is not there yet."""
        with turn.apart(rows):
            if not rows:
                return
            roster, screen = self._rosters.load(), self._setting.at(self._clock.now())
            pages = [row for row in rows if row.kind == OutboxKind.PAGE]
            with turn.apart(pages):
                self._page(turn, pages, roster, screen)
            self._tell(turn, [row for row in rows if row.kind == OutboxKind.UNDELIVERED], roster, screen)
            for row in rows:
                with turn.apart([row]):
                    self._post(turn, row, roster, screen)

    def redraw(self, turn: Turn, rows: Sequence[Outgoing]) -> None:
        """The cards of hand-overs that are there: each once, however many rows asked for it."""
        cards = by_key(
            (row for row in rows if row.kind == OutboxKind.HANDOVER),
            lambda row: handover_key(row.lane, row.version),
        )
        for key, together in cards.items():
            with turn.apart(together):
                if where := turn.outbox.card(key):
                    roster, screen = self._rosters.load(), self._setting.at(self._clock.now())
                    turn.redraw(where, self._card(together[0], roster, screen))
                    turn.done(together)

    def _post(self, turn: Turn, row: Outgoing, roster: Roster, screen: Screen) -> None:
        """What is not there yet."""
        if row.kind == OutboxKind.HANDOVER:
            if turn.outbox.card(handover_key(row.lane, row.version)) is None:
                self._show(turn, row, roster, screen)
        elif row.kind in self._drawn:
            if message := self._drawn[row.kind](roster, row, screen):
                turn.post([row], message)
            turn.done([row])

    def _page(self, turn: Turn, rows: Sequence[Outgoing], roster: Roster, screen: Screen) -> None:
        """One post for all that wait; none for those accepted meanwhile."""
        lines = [line for row in rows for line in row.lines]
        late = {line.clock: roster.offers[name_and_item(line.clock)[1]] for line in lines}
        waiting = [offer for offer in late.values() if offer.is_open]
        if waiting:
            turn.post(rows, handover_page(waiting, lines, screen))
        if rows:
            turn.done(rows)

    def _show(self, turn: Turn, row: Outgoing, roster: Roster, screen: Screen) -> None:
        """The card of one hand-over, while it can be accepted."""
        offer = roster.offer(row.version)
        if offer and offer.is_open:
            self.settle(turn, row, turn.post([row], self._card(row, roster, screen)))
        else:
            turn.done([row])

    def settle(self, turn: Turn, row: Outgoing, ts: str) -> None:
        """The card of one hand-over is in its place."""
        self._outcomes.taken([row])
        turn.done([row], {handover_key(row.lane, row.version): turn.place(ts)})

    def _tell(self, turn: Turn, rows: Sequence[Outgoing], roster: Roster, screen: Screen) -> None:
        """That its taker was not reached, or was at last; what was mended before anybody read of it is not said."""
        for number, together in by_key(rows, lambda row: row.version).items():
            offer = roster.offer(number)
            with turn.apart(together):
                if offer and offer.is_open and (len(together) == 1 or offer.page.is_undelivered):
                    turn.post(together, views.reached(offer, screen))
                turn.done(together)

    def _card(self, row: Outgoing, roster: Roster, screen: Screen) -> Message:
        offer = roster.offer(row.version)
        assert row.role is not None, "a hand-over is of a role"
        if offer is None:
            return views.replaced(row.role)
        to_taker = row.lane == person_lane(offer.to)
        return views.handover_card(offer, self._cases.open_cases(), screen, to_taker=to_taker)

    def _handed(self, roster: Roster, row: Outgoing, screen: Screen) -> Message | None:
        offer = roster.offer(row.version)
        return views.handed(offer, screen) if offer else None

    def _duty(self, _: Roster, row: Outgoing, screen: Screen) -> Message:
        entry = self._rosters.entries()[row.version - 1]
        assert isinstance(entry.event, PutOnDuty | TakenOffDuty), "its row is written with the entry"
        by, at = naming.staff(entry.by, screen), screen.time(entry.at)
        return views.put_on(entry.event.role, by, at, on=isinstance(entry.event, PutOnDuty))

    def _shift(self, _: Roster, row: Outgoing, screen: Screen) -> Message | None:
        """None for who handed over before it could be asked."""
        person = row.lane.person
        held = [role for role in sorted(HANDED_OVER) if person in screen.directory.on_duty(role)]
        return views.shift_ended(held, screen.time(row.at), screen) if held else None

    def _turns(self, _: Roster, row: Outgoing, screen: Screen) -> Message | None:
        """None for who handed over, or took over, before they could be told."""
        person, said = row.lane.person, self._rosters.entries()[row.version - 1].event
        assert isinstance(said, TurnsDue), "its row is written with the entry"
        held = frozenset(role for role in HANDED_OVER if person in screen.directory.on_duty(role))
        ending = [turn for turn in said.ending if turn.person == person and turn.role in held]
        beginning = [turn for turn in said.beginning if turn.person == person and turn.role not in held]
        if not ending and not beginning:
            return None
        return views.turns_due(ending, beginning, self._cases.open_cases(), screen)
