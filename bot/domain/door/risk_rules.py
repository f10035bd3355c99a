"""Grades, categories and reviews. Easy up, hard down: friction only where a child loses protection."""

from datetime import datetime

from bot.domain import commands, events
from bot.domain.case import Case
from bot.domain.case_parts import Downgrade
from bot.domain.door.asked import (
    Events,
    Room,
    choice,
    code,
    floor,
    need_considered,
    need_permission,
    need_rationale,
    recorded,
    refuse,
)
from bot.domain.facts import MARKERS, AlertDecision, Answer, Attendance, Category
from bot.domain.permissions import asked_it, is_in
from bot.domain.policy import ClockName
from bot.domain.refusals import Because


def answer_markers(command: commands.AnswerMarkers, case: Case, room: Room) -> Events:
    """A yes stays a yes: taking one back is a correction, with a reason."""
    says_nothing = not command.markers and command.adverse_event is None
    if says_nothing or any(code not in MARKERS for code in command.markers):
        refuse(Because.REQUIRED_FIELD, field="markers")
    undone = [code for code in case.live_markers if command.markers.get(code, Answer.YES) is not Answer.YES]
    if undone:
        refuse(Because.ALREADY_DONE, field="markers", about=undone)
    if case.adverse_event and command.adverse_event is False:
        refuse(Because.ALREADY_DONE, field="markers")
    need_permission(room, command)
    return [recorded(events.MarkersAnswered, command)]


def grade(command: commands.GradeCase, case: Case, room: Room) -> Events:
    need_permission(room, command)
    return grade_events(command, case, room)


def grade_events(
    command: commands.GradeCase, case: Case, room: Room, *, since: datetime | None = None
) -> Events:
    """Recorded at once, or, below the running grade, asked of a second person."""
    need_rationale("rationale", command.rationale)
    if command.level.is_below(floor(case, room.policy)):
        refuse(Because.BELOW_FLOOR, field="level")
    if not command.level.is_below(case.running_grade):
        return [recorded(events.Graded, command, since=since)]
    need_considered(case, command.considered)
    reasons = tuple(case.risk.raised)
    return [recorded(events.DowngradeAsked, command, reasons=reasons, since=since, changed=_changed(command))]


def _changed(command: commands.GradeCase | commands.Review) -> tuple[str, ...]:
    """A marker that nobody considered has not been found changed."""
    return tuple(code for code in command.changed if code in command.considered)


def approve(command: commands.Approve, case: Case, room: Room) -> Events:
    asked = _second_person(command, case, room, command.why)
    if asked.level.is_below(floor(case, room.policy)):  # the age was corrected since it was asked
        refuse(Because.BELOW_FLOOR)
    return [recorded(events.DowngradeApproved, command)]


def refuse_downgrade(command: commands.Refuse, case: Case, room: Room) -> Events:
    _second_person(command, case, room, command.why)
    return [recorded(events.DowngradeRefused, command)]


def _second_person(
    command: commands.Approve | commands.Refuse, case: Case, room: Room, why: str
) -> Downgrade:
    asked = case.risk.downgrade
    if asked is None:
        refuse(Because.NOTHING_WAITING)
    if asked_it(asked, room.actor.id):
        refuse(Because.SECOND_PERSON_REQUIRED)
    need_permission(room, command)
    need_rationale("why", why)
    return asked


def categorise(command: commands.Categorise, case: Case, room: Room) -> Events:
    attendance = code(Attendance, command.attendance, "attendance")
    category = choice(Category, command.category, "category", Because.UNKNOWN_CATEGORY)
    # Pressed twice, by one person or two: the second is told so. With a reason it says something new.
    if category is case.category is Category.MISSING and not command.rationale.strip():
        refuse(Because.ALREADY_DONE)
    need_permission(room, command)
    known = command.whereabouts_known and category is Category.CONCERN_FOR_SAFETY
    if category is Category.CONCERN_FOR_SAFETY:
        need_rationale("rationale", command.rationale)
    decided = attendance if category is Category.CONCERN_FOR_SAFETY else None
    return [
        recorded(events.Categorised, command, category=category, whereabouts_known=known, attendance=decided)
    ]


def sign_off(command: commands.SignOff, case: Case, room: Room) -> Events:
    """By a supervisor who did not set the category; each later one by another person than the last."""
    spell = case.concern
    if spell is None or spell.ended_at:
        refuse(Because.NOTHING_WAITING)
    if is_in(spell, room.actor.id):
        refuse(Because.SECOND_PERSON_REQUIRED)
    need_permission(room, command)
    need_rationale("why", command.why)
    return [recorded(events.SignedOff, command)]


def review(command: commands.Review, case: Case, room: Room) -> Events:
    if command.next_at is not None and command.next_at < room.now:
        refuse(Because.REQUIRED_FIELD, field="next")
    need_permission(room, command)
    need_rationale("rationale", command.rationale)
    need_considered(case, command.considered)
    next_at = _not_too_late(command.next_at, case, room)
    return [recorded(events.Reviewed, command, changed=_changed(command), next_at=next_at)]


def _not_too_late(wished: datetime | None, case: Case, room: Room) -> datetime | None:
    """Not later than the grade's own interval, so what is kept and told is when the next one is due."""
    longest = room.policy.clocks[ClockName.REVIEW].due.of(case.running_grade)
    return min(wished, room.now + longest) if wished and longest else wished


def carer_disagrees(command: commands.CarerDisagrees, _: Case, room: Room) -> Events:
    """Anybody may pass it on: who cares for a child knows what a form does not ask."""
    need_permission(room, command)
    need_rationale("why", command.why)
    return [recorded(events.CarerDisagreed, command)]


def decide_alert(command: commands.DecideAlert, _: Case, room: Room) -> Events:
    decision = choice(AlertDecision, command.decision, "decision")
    need_permission(room, command)
    need_rationale("why", command.why)
    return [recorded(events.AlertDecided, command, decision=decision)]
