"""Paged, delivered or not, known, cleared."""

from collections.abc import Callable

from msgspec.structs import replace

from bot.domain import events
from bot.domain.case import Case, Page
from bot.domain.events import Entry
from bot.domain.fold.folding import on, step_of
from bot.domain.paging import after_clearing, after_pages
from bot.domain.people import Role


@on(events.Paged)
def _paged(event: events.Paged, case: Case, entry: Entry) -> Case:
    roles = dict.fromkeys(line.role for line in event.lines)
    pages = {role: _page(event, role, case, entry) for role in roles}
    return replace(case, paging=after_pages(case.paging, event, entry.at), pages={**case.pages, **pages})


def _page(event: events.Paged, role: Role, case: Case, entry: Entry) -> Page:
    """A page in a place that has not taken the one before it is as little delivered as that one."""
    page = Page(number=case.version + 1, at=entry.at, taken_at=None if event.followed else entry.at)
    before = case.pages.get(role)
    if before is None or not before.is_undelivered or not case.awaits(role):
        return page
    return replace(page, at=before.at, undelivered_at=before.undelivered_at, why=before.why)


@on(events.Delivered)
def _delivered(event: events.Delivered, case: Case, entry: Entry) -> Case:
    return _of_page(event.page, event.role, case, lambda page: page.taken(entry.at))


@on(events.SlackSilent)
def _silent(event: events.SlackSilent, case: Case, entry: Entry) -> Case:
    return _of_page(event.page, event.role, case, lambda page: page.undelivered(entry.at, event.why))


@on(events.WentOut)
def _went_out(event: events.WentOut, case: Case, entry: Entry) -> Case:
    def out(page: Page) -> Page:
        return page.taken(entry.at, event.way) if event.reached else page.undelivered(entry.at, "")

    return _of_page(event.page, event.role, case, out)


def _of_page(number: int, role: Role | None, case: Case, changed: Callable[[Page], Page]) -> Case:
    page = case.pages.get(role) if role else None
    if role is None or page is None or page.number != number:
        return case
    return replace(case, pages={**case.pages, role: changed(page)})


@on(events.Acknowledged)
def _acknowledged(event: events.Acknowledged, case: Case, entry: Entry) -> Case:
    paging = dict(case.paging)
    for key in event.clocks:
        paging[key] = replace(paging[key], quiet_until=event.until, acknowledged=step_of(entry))
    inspector = case.inspector_told_at
    if inspector is None and Role.DUTY_INSPECTOR in entry.roles:
        inspector = entry.at
    return replace(case, paging=paging, inspector_told_at=inspector, acknowledged=step_of(entry))


@on(events.Cleared)
def _cleared(event: events.Cleared, case: Case, _: Entry) -> Case:
    return replace(case, paging=after_clearing(case.paging, event))
