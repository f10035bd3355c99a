"""Events → Case, one at a time. Each event has one small function; nothing here decides anything."""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import singledispatch
from typing import Any

from msgspec.structs import replace

from bot.domain import corrections, events
from bot.domain.case import (
    Case,
    Concern,
    Downgrade,
    Ending,
    Enquiry,
    Information,
    Notice,
    Ownership,
    Paging,
    Return,
    Risk,
    Step,
    reckon_running,
)
from bot.domain.events import Entry
from bot.domain.facts import Category, EnquiryKind, Episode, InterviewKind, MarkerAnswer
from bot.domain.grades import Grade, highest
from bot.domain.grading import LAST_EPISODE, reasons_for
from bot.domain.markers import Answer
from bot.domain.paging import after_clearing, after_pages
from bot.domain.people import SUPERVISING, Role

# What the engine and the screens write themselves; no person did anything to trace the child.
_NOT_ACTIVITY = (
    events.Acknowledged,
    events.Paged,
    events.Cleared,
    events.WentOut,
    events.EpisodesShown,
    events.EpisodeLinked,
)
_FROM_THE_ENGINE = (events.Paged, events.Cleared, events.WentOut, events.EpisodesShown, events.EpisodeLinked)


def fold(entries: Iterable[Entry]) -> Case:
    """The case that these entries make. Raises ValueError where they do not begin with a report."""
    case: Case | None = None
    for entry in entries:
        case = advance(case, entry)
    if case is None:
        raise ValueError("A case begins with a report; there was no entry.")
    return case


def advance(case: Case | None, entry: Entry) -> Case:
    """The case one entry later."""
    changed = _begin(entry) if case is None else _apply(entry.event, case, entry)
    counted = replace(changed, version=case.version + 1 if case else 1, changed_at=entry.at)
    return _note_fim(_reckon(_note_activity(counted, entry), entry), entry)


def _begin(entry: Entry) -> Case:
    said = entry.event
    if not isinstance(said, events.Reported):
        raise ValueError(f"A case begins with a report, not with {type(said).__name__}.")
    return Case(
        ref=said.ref,
        version=1,
        incident=said.incident,
        child=said.child,
        reporter=said.reporter,
        reported_by=entry.by,
        told_at=said.told_at,
        typed_at=entry.at,
        last_seen_at=said.last_seen_at,
        last_seen_where=said.last_seen_where,
        why_worried=said.why_worried,
        adverse_event=said.adverse_event,
        markers={code: _answered(entry, answer, "report") for code, answer in said.markers.items()},
        category=said.category,
        whereabouts_known=said.whereabouts_known,
        rationale=said.rationale,
        concern=_spell(said, entry.by, said.told_at),
        ownership=Ownership(wanted_since=said.told_at),
        last_episode=said.last_episode,
        risk=_raise_episode(Risk(), said.last_episode) if said.last_episode else Risk(),
        last_activity_at=entry.at,
        changed_at=entry.at,
    )


def _answered(entry: Entry, answer: Answer, source: str) -> MarkerAnswer:
    return MarkerAnswer(answer=answer, by=entry.by, at=entry.at, source=source)


def _spell(said: events.Reported | events.Categorised, by: str, since: datetime) -> Concern | None:
    if said.category is Category.MISSING:
        return None
    unknown_since = None if said.whereabouts_known else since
    return Concern(set_by=by, unknown_since=unknown_since, rationale_since=since)


def _step(entry: Entry) -> Step:
    return Step(at=entry.at, by=entry.by)


def _note_activity(case: Case, entry: Entry) -> Case:
    if isinstance(entry.event, _NOT_ACTIVITY):
        return case
    return replace(case, last_activity_at=entry.at)


def _note_fim(case: Case, entry: Entry) -> Case:
    """Any step by a FIM since the grade rose to high makes the FIM aware."""
    risk = case.risk
    if risk.high_since is None or risk.fim_aware_at is not None:
        return case
    if Role.FIM not in entry.roles or isinstance(entry.event, _FROM_THE_ENGINE):
        return case
    return replace(case, risk=replace(risk, fim_aware_at=entry.at))


def _reckon(case: Case, entry: Entry) -> Case:
    """Raise what newly holds, and note the running grade where it changed."""
    risk = case.risk
    new = {
        code: level
        for code, level in reasons_for(case).items()
        if code not in risk.answered and risk.raised.get(code) is not level
    }
    if new:
        risk = replace(risk, raised={**risk.raised, **new})
    grade = reckon_running(risk)
    before = risk.running[-1][1] if risk.running else None
    if grade is not before:
        earlier = risk.running if not risk.running or risk.running[-1][0] < entry.at else risk.running[:-1]
        risk = replace(risk, running=(*earlier, (entry.at, grade)))
        case = _grade_changed(replace(case, risk=risk), entry, grade)
    elif new:
        case = replace(case, risk=risk)
    return case


def _grade_changed(case: Case, entry: Entry, grade: Grade) -> Case:
    if grade is not Grade.HIGH:
        return replace(case, risk=replace(case.risk, high_since=None, fim_aware_at=None))
    # What the report itself says starts its clocks at the time police were told.
    since = case.told_at if isinstance(entry.event, events.Reported) else _since(entry)
    louder = {key: _end_quiet(paging, entry.at) for key, paging in case.paging.items()}
    return replace(case, risk=replace(case.risk, high_since=since, fim_aware_at=None), paging=louder)


def _since(entry: Entry) -> datetime:
    """A grade given in the report itself counts from when police were told."""
    return getattr(entry.event, "since", None) or entry.at


def _end_quiet(paging: Paging, at: datetime) -> Paging:
    if paging.quiet_until is None or paging.quiet_until <= at:
        return paging
    return replace(paging, quiet_until=at)


@singledispatch
def _apply(event: Any, _case: Case, _entry: Entry) -> Case:
    raise ValueError(f"A case cannot fold {type(event).__name__}.")


def _on(kind: type[Any]) -> Callable[[Callable[[Any, Case, Entry], Case]], Any]:
    return _apply.register(kind)


# --- risk ---------------------------------------------------------------------------------------------------


@_on(events.EpisodeLinked)
def _episode_linked(event: events.EpisodeLinked, case: Case, _: Entry) -> Case:
    case = replace(case, last_episode=event.episode)
    if event.episode is None:
        return case
    return replace(case, risk=_raise_episode(case.risk, event.episode))


def _raise_episode(risk: Risk, episode: Episode) -> Risk:
    """Only ever upwards: a corrected reference must not lower a child's grade by one person alone."""
    level = highest([episode.grade, risk.raised.get(LAST_EPISODE)])
    assert level is not None
    return replace(risk, raised={**risk.raised, LAST_EPISODE: level}, answered=risk.answered - {LAST_EPISODE})


@_on(events.EpisodesShown)
@_on(events.WentOut)
def _only_recorded(_: Any, case: Case, __: Entry) -> Case:
    return case


@_on(events.MarkersAnswered)
def _markers_answered(event: events.MarkersAnswered, case: Case, entry: Entry) -> Case:
    answers = {code: _answered(entry, answer, "report") for code, answer in event.markers.items()}
    return replace(case, markers={**case.markers, **answers})


@_on(events.Graded)
def _graded(event: events.Graded, case: Case, entry: Entry) -> Case:
    return _record_grade(case, entry, event.level, event.rationale)


def _record_grade(case: Case, entry: Entry, level: Grade, rationale: str) -> Case:
    """A newer grade replaces a downgrade that waits; one that was answered stays answered."""
    is_waiting = case.risk.downgrade is not None
    risk = replace(
        case.risk,
        recorded=level,
        recorded_step=_step(entry),
        rationale=rationale,
        downgrade=None,
        approval_asked_at=None if is_waiting else case.risk.approval_asked_at,
    )
    return replace(case, risk=_begin_review(risk, entry))


def _begin_review(risk: Risk, entry: Entry) -> Risk:
    """A grade, or asking for a lower one, starts the next review and tells the duty inspector's clock."""
    since = _since(entry)
    return replace(
        risk,
        first_graded_at=risk.first_graded_at or since,
        last_graded_at=since,
        next_review_at=None,
        graded_in_report=risk.graded_in_report or getattr(entry.event, "since", None) is not None,
    )


@_on(events.DowngradeAsked)
def _downgrade_asked(event: events.DowngradeAsked, case: Case, entry: Entry) -> Case:
    asked = Downgrade(
        level=event.level,
        rationale=event.rationale,
        considered=event.considered,
        reasons=event.reasons,
        asked=_step(entry),
    )
    risk = replace(
        case.risk,
        downgrade=asked,
        approval_asked_at=_since(entry),
        approval_done_at=None,
    )
    return replace(case, risk=_begin_review(risk, entry))


@_on(events.DowngradeApproved)
def _downgrade_approved(_: Any, case: Case, entry: Entry) -> Case:
    asked = case.risk.downgrade
    assert asked is not None, "approved without having been asked"
    raised = {code: level for code, level in case.risk.raised.items() if code not in asked.reasons}
    risk = replace(case.risk, raised=raised, answered=case.risk.answered | set(asked.reasons))
    return _answered_by_second(replace(case, risk=risk), entry, asked.level, asked.rationale)


@_on(events.DowngradeRefused)
def _downgrade_refused(event: events.DowngradeRefused, case: Case, entry: Entry) -> Case:
    """The running grade is recorded in its place."""
    return _answered_by_second(case, entry, case.running_grade, event.why)


def _answered_by_second(case: Case, entry: Entry, level: Grade, rationale: str) -> Case:
    asked_at = case.risk.approval_asked_at
    recorded = _record_grade(case, entry, level, rationale)
    risk = replace(recorded.risk, approval_asked_at=asked_at, approval_done_at=entry.at)
    return replace(recorded, risk=risk)


@_on(events.Reviewed)
def _reviewed(event: events.Reviewed, case: Case, entry: Entry) -> Case:
    risk = replace(case.risk, last_reviewed=_step(entry), next_review_at=event.next_at)
    return replace(case, risk=risk)


# --- category -----------------------------------------------------------------------------------------------


@_on(events.Categorised)
def _categorised(event: events.Categorised, case: Case, entry: Entry) -> Case:
    changed = replace(
        case,
        category=event.category,
        whereabouts_known=event.whereabouts_known,
        rationale=event.rationale or case.rationale,
    )
    if event.category is Category.MISSING:
        return replace(changed, concern=_ended(case.concern, entry))
    if case.concern is None or case.concern.ended_at:
        return replace(changed, concern=_spell(event, entry.by, entry.at))
    return replace(changed, concern=_filed_again(case.concern, event, entry))


def _ended(spell: Concern | None, entry: Entry) -> Concern | None:
    if spell is None or spell.ended_at:
        return spell
    overturned = spell.rationale_done_at
    if overturned is None and entry.roles & SUPERVISING:
        overturned = entry.at
    return replace(spell, ended_at=entry.at, rationale_done_at=overturned)


def _filed_again(spell: Concern, event: events.Categorised, entry: Entry) -> Concern:
    """The same spell goes on: filing it again buys no time."""
    unknown_since = None if event.whereabouts_known else spell.unknown_since or entry.at
    signed = spell.rationale_done_at is not None
    return replace(
        spell,
        set_by=entry.by,
        unknown_since=unknown_since,
        rationale_since=entry.at if signed else spell.rationale_since,
        rationale_done_at=None,
    )


@_on(events.SignedOff)
def _signed_off(_: Any, case: Case, entry: Entry) -> Case:
    spell = case.concern
    assert spell is not None, "signed off without a concern for safety"
    done = spell.rationale_done_at or entry.at
    longer_since = spell.longer_since if case.back.located else entry.at  # what is over is not begun again
    signed = replace(spell, last_sign_off=_step(entry), longer_since=longer_since, rationale_done_at=done)
    return replace(case, concern=signed)


# --- ownership ----------------------------------------------------------------------------------------------


@_on(events.Assigned)
def _assigned(event: events.Assigned, case: Case, entry: Entry) -> Case:
    """The old owner stays until the new one accepts."""
    return replace(case, ownership=replace(case.ownership, assigned_to=event.to, assigned=_step(entry)))


@_on(events.Accepted)
@_on(events.Taken)
def _accepted(_: Any, case: Case, entry: Entry) -> Case:
    held = case.ownership
    accepted_at = held.accepted_at if held.owner else entry.at
    return replace(
        case,
        ownership=Ownership(owner=entry.by, accepted_at=accepted_at, wanted_since=held.wanted_since),
    )


@_on(events.Declined)
def _declined(_: Any, case: Case, __: Entry) -> Case:
    return replace(case, ownership=replace(case.ownership, assigned_to=None, assigned=None))


@_on(events.Released)
def _released(_: Any, case: Case, entry: Entry) -> Case:
    held = case.ownership
    return replace(
        case,
        ownership=Ownership(wanted_since=entry.at, assigned_to=held.assigned_to, assigned=held.assigned),
    )


# --- what was done ------------------------------------------------------------------------------------------


@_on(events.Told)
def _told(event: events.Told, case: Case, entry: Entry) -> Case:
    told = Notice(who=event.who, how=event.how, step=_step(entry))
    inspector = case.inspector_told_at
    if event.who == Role.DUTY_INSPECTOR and inspector is None:
        inspector = entry.at
    return replace(case, told=(*case.told, told), inspector_told_at=inspector)


@_on(events.EnquirySet)
def _enquiry_set(event: events.EnquirySet, case: Case, entry: Entry) -> Case:
    by_supervisor = bool(entry.roles & SUPERVISING)
    enquiry = Enquiry(
        id=event.id,
        text=event.text,
        owner=event.owner,
        kind=event.kind,
        set=_step(entry),
        by_supervisor=by_supervisor,
        due_at=event.due_at,
    )
    lines_set_at = case.lines_set_at
    if lines_set_at is None and by_supervisor and event.kind is EnquiryKind.ENQUIRY:
        lines_set_at = entry.at
    return replace(case, enquiries={**case.enquiries, event.id: enquiry}, lines_set_at=lines_set_at)


@_on(events.EnquiryDone)
def _enquiry_done(event: events.EnquiryDone, case: Case, entry: Entry) -> Case:
    done = replace(case.enquiries[event.id], done=_step(entry), result=event.result)
    return replace(case, enquiries={**case.enquiries, event.id: done})


@_on(events.Noted)
def _noted(_: Any, case: Case, __: Entry) -> Case:
    return case  # the entry itself is the note; it counts as activity


@_on(events.InformationReceived)
def _information(event: events.InformationReceived, case: Case, entry: Entry) -> Case:
    item = Information(id=event.id, kind=event.kind, text=event.text, received=_step(entry))
    answers = {
        code: _answered(entry, answer, event.id)
        for code, answer in event.markers.items()
        # What one caller said yes to is not undone by another's no: that is a correction, with a reason.
        if answer is Answer.YES or code not in case.live_markers
    }
    return replace(
        case,
        information={**case.information, event.id: item},
        markers={**case.markers, **answers},
    )


@_on(events.Considered)
def _considered(event: events.Considered, case: Case, entry: Entry) -> Case:
    item = replace(case.information[event.id], considered=_step(entry), outcome=event.outcome)
    return replace(case, information={**case.information, event.id: item})


@_on(events.PpnRecorded)
def _ppn(event: events.PpnRecorded, case: Case, entry: Entry) -> Case:
    """A notice that does not know the child's ethnicity or school is recorded, and is not complete."""
    complete = all(value and value != Answer.NOT_KNOWN for value in (event.ethnicity, event.school))
    complete_at = case.ppn_complete_at or (entry.at if complete else None)
    return replace(case, ppn=_step(entry), ppn_complete_at=complete_at)


# --- afterwards ---------------------------------------------------------------------------------------------


@_on(events.Located)
def _located(event: events.Located, case: Case, entry: Entry) -> Case:
    back = _found(case.back, entry)
    back = replace(back, where=event.where)
    if event.seen_in_person and back.seen is None:
        back = replace(back, seen=_step(entry))
    return replace(case, back=back)


def _found(back: Return, entry: Entry) -> Return:
    return replace(
        back,
        located=back.located or _step(entry),
        offer_owed_since=back.offer_owed_since or entry.at,
    )


@_on(events.Interviewed)
def _interviewed(event: events.Interviewed, case: Case, entry: Entry) -> Case:
    back, step = case.back, _step(entry)
    if event.kind is InterviewKind.RETURN:
        return replace(case, back=replace(back, offered=back.offered or step))
    if not event.in_person:
        return case  # a telephone call meets nothing
    # Face to face is seeing the child.
    met = replace(_found(back, entry), seen=back.seen or step, prevention=back.prevention or step)
    return replace(case, back=met)


@_on(events.Transferred)
def _transferred(event: events.Transferred, case: Case, entry: Entry) -> Case:
    ending = replace(
        case.ending, transfer_to=event.force, transfer_asked=_step(entry), transfer_accepted_by=""
    )
    return replace(case, ending=ending)


@_on(events.TransferAccepted)
def _transfer_accepted(event: events.TransferAccepted, case: Case, entry: Entry) -> Case:
    ending = replace(case.ending, transfer_accepted_by=event.name, transfer_accepted_at=entry.at)
    return _gone(replace(case, ending=ending), entry, "transferred")


@_on(events.VoidAsked)
def _void_asked(event: events.VoidAsked, case: Case, entry: Entry) -> Case:
    ending = replace(case.ending, void_asked=_step(entry), duplicate_of="", reason=event.why)
    return replace(case, ending=ending)


@_on(events.DuplicateAsked)
def _duplicate_asked(event: events.DuplicateAsked, case: Case, entry: Entry) -> Case:
    ending = replace(case.ending, void_asked=_step(entry), duplicate_of=event.of, reason=event.why)
    return replace(case, ending=ending)


@_on(events.Confirmed)
def _confirmed(_: Any, case: Case, entry: Entry) -> Case:
    return _gone(case, entry, "duplicate" if case.ending.duplicate_of else "void")


def _gone(case: Case, entry: Entry, how: str) -> Case:
    """No owner, every clock off, status closed."""
    return replace(
        case,
        ownership=Ownership(wanted_since=entry.at),
        ending=replace(case.ending, closed=_step(entry), gone=how),
    )


@_on(events.Closed)
def _closed(event: events.Closed, case: Case, entry: Entry) -> Case:
    return replace(case, ending=replace(case.ending, closed=_step(entry), reason=event.reason))


@_on(events.Reopened)
def _reopened(_: Any, case: Case, entry: Entry) -> Case:
    """The child may be missing again: being found last time is no longer being found.

    A return interview that nobody has offered yet is still owed for it.
    """
    held, back = case.ownership, case.back
    wanted = entry.at if held.owner is None else held.wanted_since
    owed = None if back.offered else back.offer_owed_since
    return replace(
        case,
        ending=Ending(reopened_at=entry.at),
        back=Return(offer_owed_since=owed),
        ownership=replace(held, wanted_since=wanted),
    )


@_on(events.Corrected)
def _corrected(event: events.Corrected, case: Case, entry: Entry) -> Case:
    mended = corrections.apply(case, event.field, event.to, _step(entry))
    return replace(mended, corrected={**case.corrected, event.field: _step(entry)})


# --- paging -------------------------------------------------------------------------------------------------


@_on(events.Paged)
def _paged(event: events.Paged, case: Case, entry: Entry) -> Case:
    return replace(case, paging=after_pages(case.paging, event, entry.at))


@_on(events.Acknowledged)
def _acknowledged(event: events.Acknowledged, case: Case, entry: Entry) -> Case:
    paging = dict(case.paging)
    for key in event.clocks:
        paging[key] = replace(paging[key], quiet_until=event.until, acknowledged=_step(entry))
    inspector = case.inspector_told_at
    if inspector is None and Role.DUTY_INSPECTOR in entry.roles:
        inspector = entry.at
    return replace(case, paging=paging, inspector_told_at=inspector)


@_on(events.Cleared)
def _cleared(event: events.Cleared, case: Case, _: Entry) -> Case:
    return replace(case, paging=after_clearing(case.paging, event))
