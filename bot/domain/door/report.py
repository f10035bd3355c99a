"""Opening a case."""

from collections.abc import Callable

from msgspec.structs import replace

from bot.domain.commands import GradeCase, Report
from bot.domain.door.base import (
    Events,
    Room,
    choice,
    need_people,
    need_permission,
    need_rationale,
    need_text,
    not_in_the_future,
    not_too_long,
    recall,
    refuse,
)
from bot.domain.door.risk import grade_events
from bot.domain.events import Entry, Reported
from bot.domain.facts import Category, Episode
from bot.domain.fold import fold
from bot.domain.permissions import may
from bot.domain.refusals import Because


def report(command: Report, new_ref: Callable[[], str], room: Room) -> Events:
    """The events of a new case, or a refusal. Nothing is saved by halves: a bad grade refuses the whole report."""
    need_people(room, by=room.actor.id)
    _need_fields(command, room)
    # An unknown category fails loud (IOPC, 2026: a log vanished because its category had no mapping).
    category = choice(Category, command.category, "category", Because.UNKNOWN_CATEGORY)
    not_in_the_future(room, told_at=command.told_at, last_seen_at=command.last_seen_at)
    already = room.find_case(command.incident)
    if already:
        refuse(Because.ALREADY_DONE, field="incident", case=already)
    need_permission(room, command)
    if command.grade and not may(room.actor.roles, GradeCase):
        refuse(Because.NOT_PERMITTED, field="grade")
    if category is Category.CONCERN_FOR_SAFETY:
        need_rationale("rationale", command.rationale)
    last, unread = recall(room, command.child.person_ref, command.told_at)
    opened = _opened(command, category, last)
    graded = _graded(command, opened, room)
    # Drawn only for a report that will be opened: refusals must not leave holes in the numbers.
    return [replace(opened, ref=new_ref()), *unread, *graded]


def _need_fields(command: Report, room: Room) -> None:
    """What must be there to save: domain.md §4; in reference-only mode §6."""
    need_text(room, incident=command.incident, category=command.category)
    child, reporter = command.child, command.reporter
    if child.age is None and child.born is None:
        refuse(Because.REQUIRED_FIELD, field="age")
    if command.full:
        need_text(
            room,
            name=child.name,
            why_worried=command.why_worried,
            reporter_name=reporter.name,
            reporter_phone=reporter.phone,
            reporter_relationship=reporter.relationship,
        )
    not_too_long(
        room,
        rationale=command.rationale,
        last_seen_where=command.last_seen_where,
        ethnicity=child.ethnicity,
        school=child.school,
        person_ref=child.person_ref,
        grade_rationale=command.grade.rationale if command.grade else "",
    )


def _opened(command: Report, category: Category, last: Episode | None) -> Reported:
    return Reported(
        ref="",
        incident=command.incident,
        child=command.child,
        category=category,
        whereabouts_known=command.whereabouts_known and category is not Category.MISSING,
        rationale=command.rationale,
        told_at=command.told_at,
        last_seen_at=command.last_seen_at,
        last_seen_where=command.last_seen_where,
        why_worried=command.why_worried,
        reporter=command.reporter,
        adverse_event=command.adverse_event,
        not_adverse=command.not_adverse and not command.adverse_event,
        markers=command.markers,
        last_episode=last,
    )


def _graded(command: Report, opened: Reported, room: Room) -> Events:
    if command.grade is None:
        return []
    wish = GradeCase(
        level=command.grade.level, rationale=command.grade.rationale, considered=command.grade.considered
    )
    case = fold([Entry(at=room.now, by=room.actor.id, roles=room.actor.roles, event=opened)])
    return grade_events(wish, case, room, since=command.told_at)
