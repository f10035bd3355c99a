"""Who was told, enquiries, notes, information, notices."""

from msgspec.structs import replace

from bot.domain import events
from bot.domain.case import (
    Case,
    Enquiry,
    Information,
    Notice,
    Said,
)
from bot.domain.events import Entry
from bot.domain.facts import CALLER, Answer, EnquiryKind
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
    """A notice that does not know the child's ethnicity or school is recorded, and is not complete."""
    complete = all(value and value != Answer.NOT_KNOWN for value in (event.ethnicity, event.school))
    complete_at = case.ppn_complete_at or (entry.at if complete else None)
    return replace(case, ppn=step_of(entry), ppn_complete_at=complete_at)
