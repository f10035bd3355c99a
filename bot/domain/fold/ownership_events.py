"""Who was asked and who has it; who was paged, and what became of that."""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from bot.domain import events
from bot.domain.case import Case
from bot.domain.case_parts import Decline, Escalation, FimAsked, LeftBeside, Ownership, Page
from bot.domain.events import Entry
from bot.domain.fold.folding import on, step_of
from bot.domain.ladder import after_clearing, after_pages
from bot.domain.people import Role


@on(events.Assigned)
def _assigned(event: events.Assigned, case: Case, entry: Entry) -> Case:
    """The old owner stays until the new one accepts."""
    others = {person: said for person, said in case.ownership.declined.items() if person != event.to}
    asked = replace(case.ownership, assigned_to=event.to, assigned=step_of(entry), declined=others)
    return replace(case, ownership=asked)


@on(events.Accepted)
@on(events.Taken)
def _accepted(_: Any, case: Case, entry: Entry) -> Case:
    held = case.ownership
    accepted_at = held.accepted_at if held.owner else entry.at
    return replace(
        case,
        ownership=Ownership(
            owner=entry.by,
            accepted_at=accepted_at,
            accepted=step_of(entry),
            wanted_since=held.wanted_since,
            declined=held.declined,
        ),
    )


@on(events.Declined)
def _declined(_: Any, case: Case, entry: Entry) -> Case:
    held = case.ownership
    said = Decline(at=entry.at, asked_by=held.assigned.by if held.assigned else "")
    declined = {**held.declined, entry.by: said}
    return replace(case, ownership=replace(held, assigned_to=None, assigned=None, declined=declined))


@on(events.Released)
def _released(_: Any, case: Case, entry: Entry) -> Case:
    held = case.ownership
    return replace(
        case,
        ownership=Ownership(
            wanted_since=entry.at,
            assigned_to=held.assigned_to,
            assigned=held.assigned,
            declined=held.declined,
        ),
    )


# Paged, delivered or not, known, cleared.


@on(events.Paged)
def _paged(event: events.Paged, case: Case, entry: Entry) -> Case:
    roles = dict.fromkeys(line.role for line in event.lines)
    pages = {role: _page(event, role, case, entry) for role in roles}
    paging = after_pages(case.paging, event.lines, entry.at, case.version + 1)
    return replace(case, paging=paging, pages={**case.pages, **pages})


def _page(event: events.Paged, role: Role, case: Case, entry: Entry) -> Page:
    """A page in a place that has not taken the one before it is as little delivered as that one."""
    page = Page(number=case.version + 1, at=entry.at, taken_at=None if event.followed else entry.at)
    before = case.pages.get(role)
    if before is None or not before.is_undelivered or not case.awaits(role):
        return page
    return replace(page, at=before.at, undelivered_at=before.undelivered_at, why=before.why)


@on(events.Delivered)
def _delivered(event: events.Delivered, case: Case, entry: Entry) -> Case:
    return _of_page(event.page, event.role, case, lambda page: page.delivered(entry.at))


@on(events.SlackSilent)
def _silent(event: events.SlackSilent, case: Case, entry: Entry) -> Case:
    return _of_page(event.page, event.role, case, lambda page: page.undelivered(entry.at, event.why))


@on(events.CalledBeside)
def _called_beside(event: events.CalledBeside, case: Case, entry: Entry) -> Case:
    called = {key: replace(case.paging[key], beside_at=entry.at) for key in event.clocks}
    case = replace(case, paging={**case.paging, **called})
    beside = LeftBeside(why=event.why, at=entry.at)
    return _of_page(event.page, event.role, case, lambda page: replace(page, beside=beside))


@on(events.WentOut)
def _went_out(event: events.WentOut, case: Case, entry: Entry) -> Case:
    def out(page: Page) -> Page:
        if page.beside is not None and page.beside.over_at is None:
            return page.left(entry.at, event.way, reached=event.reached)
        return page.taken(entry.at, event.way) if event.reached else page.undelivered(entry.at, "")

    return _of_page(event.page, event.role, case, out)


@on(events.TextFailed)
def _text_failed(event: events.TextFailed, case: Case, entry: Entry) -> Case:
    return _of_page(event.page, event.role, case, lambda page: page.lost(entry.at, event.way, event.why))


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
    return replace(
        case,
        paging=paging,
        inspector_told_at=inspector,
        acknowledged=step_of(entry),
        acknowledged_on=entry.surface,
    )


@on(events.Escalated)
def _escalated(event: events.Escalated, case: Case, entry: Entry) -> Case:
    hurried = {key: replace(case.paging[key], hurried_at=entry.at) for key in event.clocks}
    said = Escalation(step=step_of(entry), why=event.why)
    asked = FimAsked(step=said.step, wanted=event.wanted) if event.wanted else case.fim_asked
    return replace(case, escalation=said, fim_asked=asked, paging={**case.paging, **hurried})


@on(events.Cleared)
def _cleared(event: events.Cleared, case: Case, _: Entry) -> Case:
    return replace(case, paging=after_clearing(case.paging, event))
