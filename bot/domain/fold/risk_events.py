"""Category, markers, grades, downgrades and reviews."""

from datetime import datetime
from typing import Any

from msgspec.structs import replace

from bot.domain import events
from bot.domain.case import Case
from bot.domain.case_parts import Alert, Concern, Downgrade, Risk
from bot.domain.events import Entry
from bot.domain.facts import Attendance, Category, Grade
from bot.domain.fold.folding import answered, counts_from, left_without_leave, on, raise_episode, step_of
from bot.domain.people import SUPERVISING

# Missing, or a spell of "concern for safety".


def spell(said: events.Reported | events.Categorised, entry: Entry, since: datetime) -> Concern | None:
    if said.category is Category.MISSING:
        return None
    unknown_since = None if said.whereabouts_known else since
    begun = Concern(set_by=entry.by, unknown_since=unknown_since, rationale_since=since)
    return _attending(begun, said.attendance or Attendance.UNDECIDED, entry, since)


def _attending(spell: Concern, attendance: Attendance, entry: Entry, since: datetime) -> Concern:
    """Whether police attend, as decided now. `since`: when nobody attending began to matter, if it does now.

    What the quarter of an hour counts from stays where it was.
    """
    decided = attendance is not spell.attendance
    nobody_comes = attendance is Attendance.NO and spell.unknown_since is not None
    return replace(
        spell,
        attendance=attendance,
        attendance_by=step_of(entry) if decided else spell.attendance_by,
        refused_since=since if nobody_comes else spell.refused_since,
    )


@on(events.Categorised)
def _categorised(event: events.Categorised, case: Case, entry: Entry) -> Case:
    changed = replace(
        case,
        category=event.category,
        filed=case.filed if event.category is case.category else step_of(entry),
        whereabouts_known=event.whereabouts_known,
        rationale=event.rationale or case.rationale,
    )
    if event.category is Category.MISSING:
        return replace(changed, concern=_ended(case.concern, entry))
    if case.concern is None or case.concern.ended_at:
        return replace(changed, concern=spell(event, entry, entry.at))
    return replace(changed, concern=_filed_again(case.concern, event, entry))


def _ended(spell: Concern | None, entry: Entry) -> Concern | None:
    if spell is None or spell.ended_at:
        return spell
    overturned = spell.rationale_done_at
    if overturned is None and entry.roles & SUPERVISING:
        overturned = entry.at
    return replace(spell, ended_at=entry.at, rationale_done_at=overturned)


def _filed_again(spell: Concern, event: events.Categorised, entry: Entry) -> Concern:
    """The same spell goes on: filing it again buys no time, and what nobody says of attendance stays as it was."""
    unknown_since = None if event.whereabouts_known else spell.unknown_since or entry.at
    signed = spell.rationale_done_at is not None
    attendance = event.attendance or spell.attendance
    already = spell.unknown_since is not None and spell.attendance is Attendance.NO
    again = replace(
        spell,
        set_by=entry.by,
        unknown_since=unknown_since,
        rationale_since=entry.at if signed else spell.rationale_since,
        rationale_done_at=None,
    )
    if already and attendance is Attendance.NO:
        return again  # as it stood, and paged then
    return _attending(again, attendance, entry, entry.at)


@on(events.SignedOff)
def _signed_off(_: Any, case: Case, entry: Entry) -> Case:
    spell = case.concern
    assert spell is not None, "signed off without a concern for safety"
    done = spell.rationale_done_at or entry.at
    longer_since = spell.longer_since if case.back.located else entry.at  # what is over is not begun again
    signed = replace(
        spell,
        last_sign_off=step_of(entry),
        longer_since=longer_since,
        rationale_done_at=done,
        refused_since=spell.refused_since if case.back.located else None,
    )
    return replace(case, concern=signed)


@on(events.EpisodeLinked)
def _episode_linked(event: events.EpisodeLinked, case: Case, _: Entry) -> Case:
    case = replace(case, last_episode=event.episode)
    if event.episode is None:
        return case
    return replace(case, risk=raise_episode(case.risk, event.episode))


@on(events.SameChildSaid)
def _same_child(event: events.SameChildSaid, case: Case, entry: Entry) -> Case:
    known = replace(case.child, person_ref=event.person_ref)
    return replace(case, child=known, same_as={**case.same_as, event.earlier: step_of(entry)})


@on(events.EpisodesShown)
@on(events.EpisodesUnread)
def _only_recorded(_: Any, case: Case, __: Entry) -> Case:
    return case


@on(events.MarkersAnswered)
def _markers_answered(event: events.MarkersAnswered, case: Case, entry: Entry) -> Case:
    answers = {code: answered(entry, answer, "report") for code, answer in event.markers.items()}
    case = replace(case, markers={**case.markers, **answers})
    return left_without_leave(case, event.adverse_event, entry)


@on(events.Described)
def _described(event: events.Described, case: Case, entry: Entry) -> Case:
    """What was not said stays as it was."""
    step, before = step_of(entry), case.child
    care = before.looked_after if event.looked_after is None else event.looked_after
    return replace(
        case,
        child=replace(before, looked_after=care, ethnicity=event.ethnicity or before.ethnicity),
        missing_from=event.missing_from or case.missing_from,
        sex=event.sex or case.sex,
        described={**case.described, **dict.fromkeys(event.said(), step)},
    )


@on(events.Graded)
def _graded(event: events.Graded, case: Case, entry: Entry) -> Case:
    return _record_grade(case, entry, event.level, event.rationale)


def _record_grade(case: Case, entry: Entry, level: Grade, rationale: str) -> Case:
    """A newer grade replaces a downgrade that waits; one that was answered stays answered."""
    is_waiting = case.risk.downgrade is not None
    risk = replace(
        case.risk,
        recorded=level,
        recorded_step=step_of(entry),
        rationale=rationale,
        refused=None,
        approved_for=None,
        downgrade=None,
        approval_asked_at=None if is_waiting else case.risk.approval_asked_at,
    )
    return replace(case, risk=_begin_review(risk, entry))


def _begin_review(risk: Risk, entry: Entry) -> Risk:
    """A grade, or asking for a lower one, starts the next review and tells the duty inspector's clock."""
    since = counts_from(entry)
    return replace(
        risk,
        first_graded_at=risk.first_graded_at or since,
        last_graded_at=since,
        next_review_at=None,
        graded_in_report=risk.graded_in_report or getattr(entry.event, "since", None) is not None,
        disagreed_at=None if entry.roles & SUPERVISING else risk.disagreed_at,
    )


@on(events.DowngradeAsked)
def _downgrade_asked(event: events.DowngradeAsked, case: Case, entry: Entry) -> Case:
    asked = Downgrade(
        level=event.level,
        rationale=event.rationale,
        considered=event.considered,
        reasons=event.reasons,
        changed=event.changed,
        asked=step_of(entry),
    )
    risk = replace(
        case.risk,
        downgrade=asked,
        approval_asked_at=counts_from(entry),
        approval_done_at=None,
        approval_done=None,
    )
    return replace(case, risk=_begin_review(risk, entry))


@on(events.DowngradeApproved)
def _downgrade_approved(_: Any, case: Case, entry: Entry) -> Case:
    asked = case.risk.downgrade
    assert asked is not None, "approved without having been asked"
    raised = {code: level for code, level in case.risk.raised.items() if code not in asked.reasons}
    risk = replace(case.risk, raised=raised, answered=case.risk.answered | set(asked.reasons))
    approved = _answered_by_second(replace(case, risk=risk), entry, asked.level, asked.rationale)
    return replace(approved, risk=replace(approved.risk, approved_for=asked.asked))


@on(events.DowngradeRefused)
def _downgrade_refused(event: events.DowngradeRefused, case: Case, entry: Entry) -> Case:
    """The running grade is recorded in its place."""
    asked = case.risk.downgrade
    kept = _answered_by_second(case, entry, case.running_grade, event.why)
    return replace(kept, risk=replace(kept.risk, refused=asked.level if asked else None))


def _answered_by_second(case: Case, entry: Entry, level: Grade, rationale: str) -> Case:
    asked_at = case.risk.approval_asked_at
    recorded = _record_grade(case, entry, level, rationale)
    risk = replace(
        recorded.risk, approval_asked_at=asked_at, approval_done_at=entry.at, approval_done=step_of(entry)
    )
    return replace(recorded, risk=risk)


@on(events.Reviewed)
def _reviewed(event: events.Reviewed, case: Case, entry: Entry) -> Case:
    risk = replace(case.risk, last_reviewed=step_of(entry), next_review_at=event.next_at, disagreed_at=None)
    return replace(case, risk=risk)


@on(events.CarerDisagreed)
def _carer_disagreed(_: Any, case: Case, entry: Entry) -> Case:
    """The first of several stands until a supervisor decides again."""
    return replace(case, risk=replace(case.risk, disagreed_at=case.risk.disagreed_at or entry.at))


@on(events.AlertDecided)
def _alert_decided(event: events.AlertDecided, case: Case, entry: Entry) -> Case:
    alert = Alert(decision=event.decision, why=event.why, step=step_of(entry))
    return replace(case, alert=alert)
