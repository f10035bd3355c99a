"""Rows that were damaged where they lay: written again from the record, at their turn, so that nothing waits for a
technician that need not. The bytes stay with what is kept for the technician.

And pages that are still on the way and lie in no lane, whatever became of their rows.
"""

from collections.abc import Iterable

import structlog

from bot.desk import Desk, NoSuchCase
from bot.domain.case import Case
from bot.domain.people import Role
from bot.outgoing import page_lane, row_id
from bot.ports.damaged import Damaged, DamageKind
from bot.ports.destination import OutboxKind
from bot.ports.errors import Unreadable
from bot.ports.metrics import Metric
from bot.ports.outbox import Outgoing
from bot.ports.rosters import ROSTER
from bot.ports.stores import Stores
from bot.rows_again import RowName, named, page_again, written_again
from bot.time import CaseClock
from workers.delivery.page_posts import is_waiting

log = structlog.get_logger()


class DamagedRows:
    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    def look(self) -> None:
        """Each second. What cannot be written again now waits until its case can be read."""
        for damaged in self._stores.damaged.all():
            if damaged.kind is DamageKind.ROW and not damaged.mended:
                self._mend(damaged)

    def _mend(self, damaged: Damaged) -> None:
        row = self._row(damaged)
        if row is not None and self._is_written(damaged, row):
            self._stores.metrics.count(Metric.WRITTEN_AGAIN)
            log.warning("a damaged row was written again", lane=damaged.lane, row=damaged.name)

    def _is_written(self, damaged: Damaged, row: Outgoing) -> bool:
        try:
            return self._stores.outbox.write_again(damaged, row)
        except Unreadable:
            return False  # its key cannot be had

    def _row(self, damaged: Damaged) -> Outgoing | None:
        """None where what it is of cannot be read: the watchdog names that, and the next look tries again."""
        name, stores = named(damaged.name), self._stores
        if name is None:
            return None
        try:
            if page := self._page(damaged, name):
                return page
            entries = stores.rosters.entries() if name.ref == ROSTER else stores.cases.entries(name.ref)
        except Unreadable:
            return None
        return written_again(damaged.name, damaged.rank, entries)

    def _page(self, damaged: Damaged, name: RowName) -> Outgoing | None:
        """The newest page of a case needs no history."""
        case = self._stores.cases.load(name.ref) if name.kind == OutboxKind.PAGE else None
        pages = [page_again(case, role) for role in case.pages] if case else []
        return next((page for page in pages if page and page.id == damaged.name), None)


GRACE = 60.0  # machine seconds that a page may be on its way before it is looked for


class LostPages:
    """Asked of the cases themselves, in the reconciler's round: so it holds whatever became of the lane.

    An owner's page that was still on its way when the case changed hands lies in no lane either, since it must not call
    who owned the case before: it goes to the owner of now.
    """

    def __init__(self, stores: Stores, desk: Desk, clock: CaseClock) -> None:
        self._stores = stores
        self._desk = desk
        self._clock = clock

    def write_again(self, cases: Iterable[Case]) -> None:
        """Each page of these that nobody has seen and that lies in no lane. `cases`: as they were a moment ago."""
        asked = {
            _id(case, role): (case, role) for case in cases for role in case.pages if self._waits(case, role)
        }
        held = self._stores.outbox.held(asked)
        for case, role in (each for id, each in asked.items() if id not in held):
            row = page_again(case, role)
            if row and is_waiting(case, row) and self._is_sent_again(row):
                self._tell(case, role)

    def _tell(self, case: Case, role: Role) -> None:
        accepted = case.ownership.accepted
        if role is Role.OWNER and accepted and accepted.at >= case.pages[role].at:
            log.info("an owner's page goes to who has taken the case over", case=case.ref)
            return
        self._stores.metrics.count(Metric.WRITTEN_AGAIN)
        log.error("a page lay in no lane, it was written again", case=case.ref, role=role)

    def _is_sent_again(self, row: Outgoing) -> bool:
        try:
            return self._desk.send_again(row)
        except (NoSuchCase, Unreadable):
            return False  # the watchdog names it

    def _waits(self, case: Case, role: Role) -> bool:
        """What Slack has refused is dealt with elsewhere (`workers.delivery.shut_places`)."""
        page = case.pages[role]
        is_on_its_way = page.taken_at is None and not page.why and case.awaits(role)
        return is_on_its_way and self._clock.seconds_since(page.at) > GRACE


def _id(case: Case, role: Role) -> str:
    return row_id(case.ref, case.pages[role].number, OutboxKind.PAGE, page_lane(case, role))
