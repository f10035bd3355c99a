"""A direct message to whom a case was assigned; and, once it is answered, that it was."""

from collections.abc import Sequence

from bot.ports import CaseStore, Outgoing
from bot.views.message import Renderer
from workers.delivery.cards import by_case
from workers.delivery.turn import Turn


class Offers:
    def __init__(self, cases: CaseStore, renderer: Renderer) -> None:
        self._cases = cases
        self._renderer = renderer

    def send(self, turn: Turn, rows: Sequence[Outgoing]) -> None:
        person = turn.lane.partition(":")[2]
        for ref, together in by_case(row for row in rows if row.kind == "offer").items():
            case = self._cases.load(ref)
            if case is None or case.ownership.assigned_to != person:
                turn.done(together)  # answered, or given to somebody else, before it could be asked
                continue
            ts = turn.post(together, self._renderer.offer(case, person))
            turn.done(together, {f"offer:{turn.lane}:{ref}": f"{turn.channel}:{ts}"})
        for ref, together in by_case(row for row in rows if row.kind == "answered").items():
            case, where = self._cases.load(ref), turn.outbox.card(f"offer:{turn.lane}:{ref}")
            if case and where:
                turn.edit(where, self._renderer.offer(case, person))
            turn.done(together)
