"""Direct messages about whose a case is, and the invitation into a role's channel."""

from collections.abc import Sequence

import structlog
from msgspec import Struct

from bot.domain.case import Case
from bot.domain.events import Entry, HandoverAccepted, PutOnDuty
from bot.outgoing import of_one_card
from bot.ports.cases import CaseStore
from bot.ports.destination import OutboxKind
from bot.ports.outbox import Outgoing
from bot.ports.places import Place, declined_key, offer_key
from bot.ports.rosters import RosterStore
from bot.ports.time_source import TimeSource
from bot.slack.slack_chat import Limited, PostDeclined, Unsure
from bot.views.cards.handover_card import left_outside
from bot.views.message import Renderer
from bot.views.screen import Setting
from workers.delivery.case_cards import by_case, by_key
from workers.delivery.held_lane import NotNow
from workers.delivery.outcomes import case_of
from workers.delivery.turn import Turn

log = structlog.get_logger()


class DirectMessages:
    def __init__(self, cases: CaseStore, renderer: Renderer) -> None:
        self._cases = cases
        self._renderer = renderer

    def ask(self, turn: Turn, rows: Sequence[Outgoing]) -> None:
        person = turn.lane.name
        for ref, together in by_case(row for row in rows if row.kind == OutboxKind.OFFER).items():
            with turn.apart(together):
                self._ask(turn, case_of(self._cases, ref), person, together)

        for ref, together in by_case(row for row in rows if row.kind == OutboxKind.DECLINED).items():
            with turn.apart(together):
                message = self._renderer.declined(case_of(self._cases, ref), person)
                ts = turn.post(together, message)
                turn.done(together, {declined_key(turn.lane, ref): turn.place(ts)})

    def redraw(self, turn: Turn, rows: Sequence[Outgoing]) -> None:
        person = turn.lane.name
        answered = [row for row in rows if row.kind == OutboxKind.ANSWERED]
        for (ref, older), together in by_key(answered, lambda row: (row.ref, row.place)).items():
            with turn.apart(together):
                self._redraw(turn, case_of(self._cases, ref), older, person, together)

        for ref, together in by_case(row for row in rows if row.kind == OutboxKind.OWNED).items():
            with turn.apart(together):
                if where := turn.outbox.card(declined_key(turn.lane, ref)):
                    turn.redraw(where, self._renderer.declined(case_of(self._cases, ref), person))
                turn.done(together)

    def _ask(self, turn: Turn, case: Case, person: str, rows: Sequence[Outgoing]) -> None:
        if case.ownership.assigned_to != person:
            turn.done(rows)  # answered, or given to somebody else, before it could be asked
            return
        if where := turn.outbox.card(offer_key(turn.lane, case.ref)):
            self._over(turn, where, case, rows[0])
        ts = turn.post(rows, self._renderer.offer(case, person))
        turn.done(rows, {offer_key(turn.lane, case.ref): turn.place(ts)})

    def _over(self, turn: Turn, where: Place, case: Case, asking: Outgoing) -> None:
        """What asked before. Nobody waits to be asked until Slack has it drawn: a row of its own sees to it then."""
        try:
            turn.edit(where, self._renderer.asked_again(case))
        except NotNow:
            turn.outbox.ask_again(turn.lane, [of_one_card(asking, OutboxKind.ANSWERED, where)])
        except PostDeclined as no:
            if no.is_of_the_place:
                raise
            log.error("older offer left as it is", lane=turn.lane, code=no.code)

    def _redraw(
        self, turn: Turn, case: Case, older: Place | None, person: str, rows: Sequence[Outgoing]
    ) -> None:
        newest = turn.outbox.card(offer_key(turn.lane, case.ref))
        if where := older or newest:
            is_newest = where == newest
            turn.redraw(
                where, self._renderer.offer(case, person) if is_newest else self._renderer.asked_again(case)
            )
        turn.done(rows)


# Whoever takes a role is let into its channel: a page that mentions somebody outside calls nobody.


class Left(Struct, frozen=True):
    """Who is not in yet."""

    busy: bool = False  # Slack has to be asked again
    outside: tuple[tuple[Outgoing, str], ...] = ()  # whom Slack does not let in, whatever it is asked


class Invitations:
    def __init__(self, rosters: RosterStore, setting: Setting, clock: TimeSource) -> None:
        self._rosters = rosters
        self._setting = setting
        self._clock = clock

    def let_in(self, turn: Turn, rows: Sequence[Outgoing]) -> Left:
        """Before any page, and without holding one up. Raises TurnLost, Unreadable."""
        left = Left()
        for row in rows:
            person = _who(self._rosters.entries()[row.version - 1])
            try:
                turn.chat.invite(turn.channel, person)
            except (Limited, Unsure) as busy:
                log.warning("invitation put off", lane=turn.lane, why=str(busy))
                left = Left(True, left.outside)
            except PostDeclined as no:
                log.error("not invited", lane=turn.lane, code=no.code)
                left = Left(left.busy, (*left.outside, (row, person)))
            else:
                turn.done([row])
        return left

    def tell(self, turn: Turn, left: Left) -> None:
        """The people in the channel may invite where the bot may not. Raises NotNow, TurnLost, ChatError."""
        for row, person in left.outside:
            assert row.role is not None, "an invitation is for a role"
            with turn.apart([row]):
                turn.post([row], left_outside(person, row.role, self._setting.at(self._clock.now())))
                turn.done([row])


def _who(entry: Entry) -> str:
    match entry.event:
        case PutOnDuty(person=person):
            return person
        case HandoverAccepted():
            return entry.by
    raise AssertionError("its row is written with the entry")
