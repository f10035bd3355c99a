"""A past incident → the entries that its record would have had. What happened is not asked of the door: it happened.

Roles are given by what a step is: only a supervisor's review is one, and whoever told the FIM is taken for the FIM.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

from bot.backtest.incident import Incident, PastGrade
from bot.domain import events
from bot.domain.events import AnyEvent, Entry
from bot.domain.facts import (
    CALLER,
    SOCIAL_CARE,
    Answer,
    Attendance,
    Category,
    Child,
    Episode,
    InformationKind,
    InterviewKind,
    Reporter,
)
from bot.domain.people import Role

NEVER = datetime.max.replace(tzinfo=UTC)
"""When an enquiry is due whose time the log does not hold: so its clock asks for nothing."""

_SURFACE = "log"
_AS = {role: frozenset({role}) for role in Role}


def entries_of(past: Incident, last_episode: Episode | None = None) -> list[Entry]:
    """In the order in which they happened; at one instant in the order of the columns."""
    told = [_entry(past.told_at, _reported(past, last_episode)), *_steps(past)]
    return sorted(told, key=lambda entry: entry.at)


def _entry(at: datetime, event: AnyEvent, role: Role = Role.CONTROL_ROOM) -> Entry:
    return Entry(at=at, by=role.value, roles=_AS[role], surface=_SURFACE, event=event)


def _reported(past: Incident, last_episode: Episode | None) -> events.Reported:
    return events.Reported(
        ref=past.incident,
        incident=past.incident,
        child=Child(
            age=past.age,
            ethnicity=past.ethnicity,
            looked_after=past.looked_after,
            person_ref=past.person_ref,
        ),
        category=past.category,
        whereabouts_known=past.whereabouts_known and past.category is not Category.MISSING,
        rationale="",
        told_at=past.told_at,
        last_seen_at=None,
        last_seen_where="",
        why_worried="",
        reporter=Reporter(),
        adverse_event=bool(past.adverse_event),
        not_adverse=past.adverse_event is False,
        markers=dict.fromkeys(past.markers, Answer.YES),
        last_episode=last_episode,
        attendance=past.attendance or Attendance.UNDECIDED,
        missing_from=past.missing_from,
        sex=past.sex,
    )


def _steps(past: Incident) -> Iterator[Entry]:
    for graded in past.grades:
        yield from _graded(graded, past)
    yield from _of_category(past)
    if past.accepted_at:
        yield _entry(past.accepted_at, events.Taken(), Role.OFFICER)
    yield from _told(past)
    yield from _work(past)
    yield from _ending(past)


def _graded(graded: PastGrade, past: Incident) -> Iterator[Entry]:
    """One that a second person approved answers what was shown then, which is known once it is played."""
    since = graded.at if graded.at == past.told_at else None
    if not graded.approved:
        yield _entry(graded.at, events.Graded(level=graded.level, rationale="", since=since))
        return
    asked = events.DowngradeAsked(level=graded.level, rationale="", considered=(), reasons=())
    yield _entry(graded.at, asked)
    yield _entry(graded.at, events.DowngradeApproved(why=""), Role.SUPERVISOR)


def _of_category(past: Incident) -> Iterator[Entry]:
    for refiled in past.categories:
        known = past.whereabouts_known and refiled.category is not Category.MISSING
        said = events.Categorised(category=refiled.category, whereabouts_known=known, rationale="")
        yield _entry(refiled.at, said)
    for at in past.signed_off_at:
        yield _entry(at, events.SignedOff(why=""), Role.SUPERVISOR)


def _told(past: Incident) -> Iterator[Entry]:
    for at in past.fim_told_at:
        yield _entry(at, events.Noted(text=""), Role.FIM)
    for at in past.caller_told_at:
        yield _entry(at, _said_to(CALLER))
    told_at = {
        Role.DUTY_INSPECTOR.value: past.duty_inspector_told_at,
        SOCIAL_CARE: past.social_care_told_at,
        "pnc": past.pnc_at,
        "ukmpu": past.ukmpu_at,
    }
    for who, when in told_at.items():
        if when:
            yield _entry(when, _said_to(who))


def _said_to(who: str) -> events.Told:
    return events.Told(who=who, how="")


def _work(past: Incident) -> Iterator[Entry]:
    if past.attended_at:
        yield _entry(past.attended_at, events.Attended(where=""), Role.OFFICER)
    for number, enquiry in enumerate(past.enquiries, start=1):
        id, due = f"e{number}", enquiry.due_at or NEVER
        asked = events.EnquirySet(id=id, text="", owner="", due_at=due)
        yield _entry(enquiry.set_at, asked, Role.SUPERVISOR)
        if enquiry.result_at:
            yield _entry(enquiry.result_at, events.EnquiryDone(id=id, result=""), Role.OFFICER)
    for number, item in enumerate(past.information, start=1):
        id = f"i{number}"
        heard = events.InformationReceived(id=id, kind=InformationKind.OTHER, text="")
        yield _entry(item.received_at, heard)
        if item.considered_at:
            yield _entry(item.considered_at, events.Considered(id=id, outcome=""), Role.SUPERVISOR)
    for at in past.reviews:
        yield _entry(at, events.Reviewed(rationale="", considered=()), Role.SUPERVISOR)
    for at in past.other_entries:
        yield _entry(at, events.Noted(text=""))


def _ending(past: Incident) -> Iterator[Entry]:
    located = past.located_at or past.seen_at
    if located:
        seen_then = past.seen_at == located
        yield _entry(located, _located(past, seen=seen_then), Role.OFFICER)
        if past.seen_at and not seen_then:
            yield _entry(past.seen_at, _located(past, seen=True), Role.OFFICER)
    if past.prevention_interview_at:
        yield _entry(past.prevention_interview_at, _interviewed(InterviewKind.PREVENTION), Role.OFFICER)
    if past.return_interview_at:
        yield _entry(past.return_interview_at, _interviewed(InterviewKind.RETURN))
    if past.ppn_at:
        yield _entry(past.ppn_at, events.PpnRecorded(ethnicity=past.ethnicity or "held", school="held"))
    if past.closed_at:
        yield _entry(past.closed_at, events.Closed(reason=""), Role.SUPERVISOR)


def _located(past: Incident, *, seen: bool) -> events.Located:
    return events.Located(where="", seen_in_person=seen, found_by=past.found_by, harm=past.harm)


def _interviewed(kind: InterviewKind) -> events.Interviewed:
    return events.Interviewed(kind=kind, in_person=True)
