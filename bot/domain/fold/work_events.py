"""Who was told, enquiries, notes, information, notices."""

from typing import Any

from msgspec.structs import replace

from bot.domain import corrections, events
from bot.domain.case import Case
from bot.domain.case_parts import (
    TRANSFERRED,
    Ending,
    Enquiry,
    Information,
    Notice,
    Ownership,
    Return,
    Said,
    SentBack,
)
from bot.domain.events import Entry
from bot.domain.facts import CALLER, Answer, EnquiryKind, InterviewKind
from bot.domain.fold.folding import answered, left_without_leave, on, step_of
from bot.domain.people import SUPERVISING, Role


@on(events.Told)
def _told(event: events.Told, case: Case, entry: Entry) -> Case:
    told = Notice(
        who=event.who, how=event.how, step=step_of(entry), took=event.took, when=event.when, said=event.said
    )
    inspector, caller = case.inspector_told_at, case.caller_told_at
    if event.who == Role.DUTY_INSPECTOR and inspector is None:
        inspector = entry.at
    if event.who == CALLER and caller is None and _since_wanted(told, case):
        caller = entry.at
    return replace(case, told=(*case.told, told), inspector_told_at=inspector, caller_told_at=caller)


def _since_wanted(told: Notice, case: Case) -> bool:
    """What the caller was told before the grade rose says nothing of what follows from it. To the minute, as typed."""
    since = case.caller_since or case.told_at
    return told.at >= since.replace(second=0, microsecond=0)


@on(events.Attended)
def _attended(event: events.Attended, case: Case, entry: Entry) -> Case:
    """The first of several counts."""
    if case.attended:
        return case
    return replace(case, attended=step_of(entry), attended_where=event.where)


@on(events.EnquirySet)
def _enquiry_set(event: events.EnquirySet, case: Case, entry: Entry) -> Case:
    by_supervisor = bool(entry.roles & SUPERVISING)
    enquiry = Enquiry(
        id=event.id,
        text=event.text,
        owner=event.owner,
        kind=event.kind,
        set=step_of(entry),
        by_supervisor=by_supervisor,
        due_at=event.due_at,
        ethnicity_asked=event.ethnicity_asked,
        nationality_asked=event.nationality_asked,
    )
    lines_set_at = case.lines_set_at
    if lines_set_at is None and by_supervisor and event.kind is EnquiryKind.ENQUIRY:
        lines_set_at = entry.at
    return replace(case, enquiries={**case.enquiries, event.id: enquiry}, lines_set_at=lines_set_at)


@on(events.EnquiryDone)
def _enquiry_done(event: events.EnquiryDone, case: Case, entry: Entry) -> Case:
    done = replace(case.enquiries[event.id], done=step_of(entry), result=event.result)
    return replace(case, enquiries={**case.enquiries, event.id: done})


@on(events.Noted)
def _noted(event: events.Noted, case: Case, entry: Entry) -> Case:
    return replace(case, notes=(*case.notes, Said(text=event.text, step=step_of(entry))))


@on(events.InformationReceived)
def _information(event: events.InformationReceived, case: Case, entry: Entry) -> Case:
    item = Information(
        id=event.id, kind=event.kind, text=event.text, received=step_of(entry), source=event.source
    )
    answers = {
        code: answered(entry, answer, event.id)
        for code, answer in event.markers.items()
        # What one caller said yes to is not undone by another's no: that is a correction, with a reason.
        if answer is Answer.YES or code not in case.live_markers
    }
    case = replace(
        case,
        information={**case.information, event.id: item},
        markers={**case.markers, **answers},
    )
    return left_without_leave(case, event.adverse_event, entry)


@on(events.Considered)
def _considered(event: events.Considered, case: Case, entry: Entry) -> Case:
    item = replace(case.information[event.id], considered=step_of(entry), outcome=event.outcome)
    return replace(case, information={**case.information, event.id: item})


@on(events.PpnRecorded)
def _ppn(event: events.PpnRecorded, case: Case, entry: Entry) -> Case:
    complete_at = case.ppn_complete_at or (entry.at if event.is_complete else None)
    return replace(case, ppn=step_of(entry), ppn_complete_at=complete_at)


# Found, spoken to, closed, passed on, and mended.


@on(events.Located)
def _located(event: events.Located, case: Case, entry: Entry) -> Case:
    back = _found(case.back, entry)
    back = replace(back, where=event.where, found_at=event.when)
    if event.seen_in_person and back.seen is None:
        back = replace(back, seen=step_of(entry), seen_by=event.seen_by)
    return replace(case, back=_counted(back, event))


def _counted(back: Return, event: events.Located | events.Closed) -> Return:
    """Who found the child, the harm and the cause: what was said last stands."""
    return replace(
        back,
        found_by=event.found_by or back.found_by,
        harm=event.harm or back.harm,
        cause=event.cause or back.cause,
    )


def _found(back: Return, entry: Entry) -> Return:
    return replace(
        back,
        located=back.located or step_of(entry),
        offer_owed_since=back.offer_owed_since or entry.at,
    )


@on(events.Interviewed)
def _interviewed(event: events.Interviewed, case: Case, entry: Entry) -> Case:
    back, step = case.back, step_of(entry)
    if event.kind is InterviewKind.RETURN:
        by = back.offered_by if back.offered else event.by_whom
        return replace(case, back=replace(back, offered=back.offered or step, offered_by=by))
    if not event.in_person:
        return case  # a telephone call meets nothing
    # Face to face is seeing the child.
    met = replace(_found(back, entry), seen=back.seen or step, prevention=back.prevention or step)
    by = back.prevention_by if back.prevention else event.by_whom
    saw = back.seen_by if back.seen else event.by_whom
    return replace(case, back=replace(met, prevention_by=by, seen_by=saw))


@on(events.Transferred)
def _transferred(event: events.Transferred, case: Case, entry: Entry) -> Case:
    """A refusal before it is settled by passing the case on again."""
    ending = replace(
        _settled(case.ending, entry),
        transfer_to=event.force,
        transfer_why=event.why,
        transfer_asked=step_of(entry),
        transfer_answered_at=None,
        transfer_accepted_by="",
        transfers=case.ending.transfers + 1,
    )
    return replace(case, ending=ending)


def _settled(ending: Ending, entry: Entry, why: str = "") -> Ending:
    refusal = ending.refusal
    if refusal is None or refusal.settled:
        return ending
    return replace(ending, refusal=replace(refusal, settled=step_of(entry), kept_why=why))


@on(events.TransferRefused)
def _transfer_refused(event: events.TransferRefused, case: Case, entry: Entry) -> Case:
    """The sender keeps the case, and its owner."""
    force = case.ending.transfer_to
    refusal = SentBack(force=force, name=event.name, why=event.why, step=step_of(entry))
    return replace(case, ending=replace(case.ending, transfer_answered_at=entry.at, refusal=refusal))


@on(events.TransferKept)
def _kept(event: events.TransferKept, case: Case, entry: Entry) -> Case:
    return replace(case, ending=_settled(case.ending, entry, event.why))


@on(events.TransferAccepted)
def _transfer_accepted(event: events.TransferAccepted, case: Case, entry: Entry) -> Case:
    ending = replace(case.ending, transfer_accepted_by=event.name, transfer_answered_at=entry.at)
    return _gone(replace(case, ending=ending), entry, TRANSFERRED)


@on(events.VoidAsked)
def _void_asked(event: events.VoidAsked, case: Case, entry: Entry) -> Case:
    ending = replace(case.ending, void_asked=step_of(entry), duplicate_of="", reason=event.why)
    return replace(case, ending=ending)


@on(events.DuplicateAsked)
def _duplicate_asked(event: events.DuplicateAsked, case: Case, entry: Entry) -> Case:
    ending = replace(case.ending, void_asked=step_of(entry), duplicate_of=event.of, reason=event.why)
    return replace(case, ending=ending)


@on(events.Confirmed)
def _confirmed(_: Any, case: Case, entry: Entry) -> Case:
    return _gone(case, entry, "duplicate" if case.ending.duplicate_of else "void")


def _gone(case: Case, entry: Entry, how: str) -> Case:
    """No owner, every clock off, status closed. That somebody had accepted it in time, an audit must see."""
    held = case.ownership
    return replace(
        case,
        ownership=Ownership(wanted_since=held.wanted_since, accepted_at=held.accepted_at),
        ending=replace(case.ending, closed=step_of(entry), gone=how),
    )


@on(events.Closed)
def _closed(event: events.Closed, case: Case, entry: Entry) -> Case:
    ending = replace(case.ending, closed=step_of(entry), reason=event.reason)
    return replace(case, ending=ending, back=_counted(case.back, event))


@on(events.Reopened)
def _reopened(_: Any, case: Case, entry: Entry) -> Case:
    """The child may be missing again: being found last time is no longer being found.

    A return interview that nobody has offered yet is still owed for it.
    """
    held, back = case.ownership, case.back
    if held.owner is None:
        held = replace(held, wanted_since=entry.at, accepted_at=None)
    owed = None if back.offered else back.offer_owed_since
    off_until = entry.at if case.ending.gone else case.ending.off_until
    return replace(
        case,
        ending=Ending(reopened=step_of(entry), off_until=off_until, transfers=case.ending.transfers),
        back=Return(offer_owed_since=owed),
        ownership=held,
    )


@on(events.Corrected)
def _corrected(event: events.Corrected, case: Case, entry: Entry) -> Case:
    mended = corrections.apply(case, event.field, event.to, step_of(entry))
    return replace(mended, corrected={**case.corrected, event.field: step_of(entry)})
