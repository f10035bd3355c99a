"""That a page reached nobody, or did at last: told in the cases channel and to who reported, many cases in one post."""

from collections import Counter
from collections.abc import Sequence

from bot.domain.case import Case
from bot.domain.people import Role
from bot.ports.cases import CaseStore
from bot.ports.outbox import Outgoing
from bot.ports.outbox_kind import OutboxKind
from bot.views.message import Renderer
from workers.delivery.case_cards import by_case
from workers.delivery.case_of_row import case_of
from workers.delivery.turn import Turn


class Undelivered:
    def __init__(self, cases: CaseStore, renderer: Renderer) -> None:
        self._cases = cases
        self._renderer = renderer

    def send(self, turn: Turn, rows: Sequence[Outgoing]) -> None:
        """What was mended before anybody read of it is not said."""
        said: list[Outgoing] = []
        pages: list[tuple[Case, Role]] = []
        for ref, together in by_case(row for row in rows if row.kind == OutboxKind.UNDELIVERED).items():
            with turn.apart(together):
                case = case_of(self._cases, ref)
                roles = Counter(row.role for row in together if row.role)
                pages += [
                    (case, role) for role, times in roles.items() if times == 1 or not _by_slack(case, role)
                ]
                said += together
        message = self._renderer.undelivered(pages) if pages else None
        if message:
            turn.post(said, message)
        if said:
            turn.done(said)


def _by_slack(case: Case, role: Role) -> bool:
    return case.pages[role].taken_at is not None and not case.pages[role].way
