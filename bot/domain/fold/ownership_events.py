"""Asked, accepted, declined, released."""

from typing import Any

from msgspec.structs import replace

from bot.domain import events
from bot.domain.case import (
    Case,
    Decline,
    Ownership,
)
from bot.domain.events import Entry
from bot.domain.fold.folding import on, step_of


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
