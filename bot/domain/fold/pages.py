"""Paged, known, cleared."""

from msgspec.structs import replace

from bot.domain import events
from bot.domain.case import (
    Case,
)
from bot.domain.events import Entry
from bot.domain.fold.base import on, step_of
from bot.domain.paging import after_clearing, after_pages
from bot.domain.people import Role


@on(events.Paged)
def _paged(event: events.Paged, case: Case, entry: Entry) -> Case:
    paged = case.paged | {line.role for line in event.lines}
    return replace(case, paging=after_pages(case.paging, event, entry.at), paged=paged)


@on(events.Acknowledged)
def _acknowledged(event: events.Acknowledged, case: Case, entry: Entry) -> Case:
    paging = dict(case.paging)
    for key in event.clocks:
        paging[key] = replace(paging[key], quiet_until=event.until, acknowledged=step_of(entry))
    inspector = case.inspector_told_at
    if inspector is None and Role.DUTY_INSPECTOR in entry.roles:
        inspector = entry.at
    return replace(case, paging=paging, inspector_told_at=inspector)


@on(events.Cleared)
def _cleared(event: events.Cleared, case: Case, _: Entry) -> Case:
    return replace(case, paging=after_clearing(case.paging, event))
