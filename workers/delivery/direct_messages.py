"""Direct messages about whose a case is: to whom it was assigned until they answer; a decline to whoever assigned."""

from collections.abc import Sequence

from bot.domain.case import Case
from bot.ports.cases import CaseStore
from bot.ports.destination import destination
from bot.ports.outbox import Outgoing
from bot.ports.outbox_kind import OutboxKind
from bot.ports.places import declined_key, offer_key
from bot.views.message import Renderer
from workers.delivery.case_cards import by_case
from workers.delivery.case_of_row import case_of
from workers.delivery.turn import Turn


class DirectMessages:
    def __init__(self, cases: CaseStore, renderer: Renderer) -> None:
        self._cases = cases
        self._renderer = renderer

    def ask(self, turn: Turn, rows: Sequence[Outgoing]) -> None:
        person = destination(turn.lane).name
        for ref, together in by_case(row for row in rows if row.kind == OutboxKind.OFFER).items():
            with turn.apart(together):
                self._ask(turn, case_of(self._cases, ref), person, together)

        for ref, together in by_case(row for row in rows if row.kind == OutboxKind.DECLINED).items():
            with turn.apart(together):
                message = self._renderer.declined(case_of(self._cases, ref), person)
                ts = turn.post(together, message)
                turn.done(together, {declined_key(turn.lane, ref): turn.place(ts)})

    def redraw(self, turn: Turn, rows: Sequence[Outgoing]) -> None:
        person = destination(turn.lane).name
        for ref, together in by_case(row for row in rows if row.kind == OutboxKind.ANSWERED).items():
            with turn.apart(together):
                self._redraw(turn, case_of(self._cases, ref), person, together)

        for ref, together in by_case(row for row in rows if row.kind == OutboxKind.OWNED).items():
            with turn.apart(together):
                if where := turn.outbox.card(declined_key(turn.lane, ref)):
                    turn.edit(where, self._renderer.declined(case_of(self._cases, ref), person))
                turn.done(together)

    def _ask(self, turn: Turn, case: Case, person: str, rows: Sequence[Outgoing]) -> None:
        if case.ownership.assigned_to != person:
            turn.done(rows)  # answered, or given to somebody else, before it could be asked
            return
        if where := turn.outbox.card(offer_key(turn.lane, case.ref)):
            turn.edit(
                where, self._renderer.asked_again(case)
            )  # first: once the new one is up, nothing asks for it
        ts = turn.post(rows, self._renderer.offer(case, person))
        turn.done(rows, {offer_key(turn.lane, case.ref): turn.place(ts)})

    def _redraw(self, turn: Turn, case: Case, person: str, rows: Sequence[Outgoing]) -> None:
        if where := turn.outbox.card(offer_key(turn.lane, case.ref)):
            turn.edit(where, self._renderer.offer(case, person))
        turn.done(rows)
