"""The case's thread: one line for each event, when, who and what. No mention, so no sound."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from bot.domain import events
from bot.domain.case import Case
from bot.domain.events import Entry, OutReason
from bot.domain.facts import MARKERS, Answer, Attendance, Category, InterviewKind, ToldCaller
from bot.domain.people import BY_RANK, TIMER, Role
from bot.views import limits
from bot.views.blocks import marking, section
from bot.views.message import Message
from bot.views.screen import Screen
from bot.views.wording import clock_words, debts, delivery, fact_words, history, naming, standing, words

# Written by the engine for itself; the card says what follows from them.
_NOT_SHOWN = (events.Cleared, events.CalledBeside, events.EpisodesShown, events.EpisodeLinked)
# Several lines may go in one post, and a post holds thirteen thousand characters; the record has every word.
_QUOTED = 800
_REFS = 20  # named in a line


def thread_line(case: Case, entry: Entry, screen: Screen) -> Message | None:
    """`text` has only what may stand on a locked screen; the block adds people's own words where they may be shown."""
    if _is_hidden(entry.event):
        return None
    did, quoted = says(entry, screen)
    line = f"{screen.time(entry.at)} {_who(entry, screen)}{did}"
    own_words = f": {quoted}" if quoted else ""
    left = _left_undone(entry)
    said = naming.label(case) + words.stop(f"{line}{own_words}")
    return Message(text=f"{case.ref} {line}.{left}", blocks=[section(f"{said}{left}"), marking()])


def _left_undone(entry: Entry) -> str:
    left = debts.when_closed(entry.event) if isinstance(entry.event, events.Closed) else ""
    return f" {left}." if left else ""


def in_timeline(entry: Entry, screen: Screen) -> str | None:
    """The same line, for the timeline of a modal."""
    said = untimed(entry, screen)
    return f"{screen.time(entry.at)} {said}" if said else None


def untimed(entry: Entry, screen: Screen) -> str | None:
    if _is_hidden(entry.event):
        return None
    did, quoted = says(entry, screen)
    said = f"{_who(entry, screen)}{did}" + (f": {quoted}" if quoted else "")
    left = _left_undone(entry).removesuffix(".")
    return f"{words.stop(said)}{left}" if left else said


def _is_hidden(event: Any) -> bool:
    """A page whose arrival is followed is told of once it arrived, or did not."""
    return isinstance(event, _NOT_SHOWN) or (isinstance(event, events.Paged) and event.followed)


def _who(entry: Entry, screen: Screen) -> str:
    if entry.by == TIMER.id:
        return ""
    role = next((role for role in BY_RANK if role in entry.roles), None)
    named = naming.staff(entry.by, screen)
    return f"{named} ({words.ROLES[role]}) " if role else f"{named} "


def says(entry: Entry, screen: Screen) -> tuple[str, str]:
    """What was done, and in whose words; those are empty where they may not be shown."""
    event = entry.event
    if isinstance(event, events.Acknowledged):
        return _acknowledged(event, entry, screen), ""
    for part in (_of_risk, _of_owner, _of_work, _of_end, _of_pages):
        if said := part(event, screen):
            return said, limits.clip_markup(_in_words(event, screen), _QUOTED)
    return type(event).__name__, ""


def _in_words(event: events.Event, screen: Screen) -> str:
    """What the event declares as quoted. Each by itself: a coded reason is one only where it stands alone."""
    quoted = [str(getattr(event, name)) for name in events.quoted_fields(type(event))]
    if isinstance(event, events.Told) and not naming.is_listed(event.who):
        quoted.insert(0, event.who)
    return ", ".join(said for each in quoted if (said := naming.said(each, screen)))


Said = str | None


def _of_risk(event: Any, screen: Screen) -> Said:
    match event:
        case events.Reported():
            return f"reported {event.ref}, {_category(event)}"
        case events.MarkersAnswered():
            return f"answered {_how_many(event)} more{_answers(event)}"
        case events.Described():
            return f"recorded {fact_words.described(event)}"
        case events.Graded():
            return f"graded {words.grade(event.level)}"
        case events.DowngradeAsked():
            asked = f"asked to lower the grade to {words.grade(event.level)}; a second person decides"
            return f"{asked}{_changed(event)}"
        case events.DowngradeApproved():
            return "approved the lower grade"
        case events.DowngradeRefused():
            return "refused the lower grade"
        case events.Categorised():
            return f"recorded it as {_category(event)}"
        case events.SignedOff():
            return "signed off the concern-for-safety rationale"
        case events.CarerDisagreed():
            return "recorded that the carer disagrees"
        case events.AlertDecided():
            return f"recorded the Child Rescue Alert as {words.ALERT[event.decision]}"
        case events.Reviewed():
            until = f", next by {screen.time(event.next_at)}" if event.next_at else ""
            return f"reviewed the grade{until}{_changed(event)}"
    return None


def _changed(event: events.DowngradeAsked | events.Reviewed) -> str:
    """The markers themselves are shown in both modes."""
    said = [words.lower_first(MARKERS[code]) for code in event.changed]
    return f". Said to have changed: {words.listed(said)}" if said else ""


def _category(event: events.Reported | events.Categorised) -> str:
    if event.category is Category.MISSING:
        return "missing"
    known = "known" if event.whereabouts_known else "NOT known"
    return f"concern for safety, whereabouts {known}{_attendance(event.attendance)}"


def _attendance(decided: Attendance | None) -> str:
    """Nothing where nobody decided it."""
    return f", {words.ATTENDANCE[decided]}" if decided and decided is not Attendance.UNDECIDED else ""


def _of_owner(event: Any, screen: Screen) -> Said:
    match event:
        case events.Assigned():
            return f"assigned it to {naming.staff(event.to, screen)}; awaiting acceptance"
        case events.Accepted():
            return "accepted ownership"
        case events.Taken():
            return "took ownership"
        case events.Declined():
            return "declined ownership"
        case events.Released():
            return "released it; no owner"
        case events.Escalated():
            what = f"the {words.ROLES[event.wanted]}" if event.wanted else "the next rung"
            return f"asked for {what} now: {words.ESCALATION[event.why]}"
    return None


def _acknowledged(event: events.Acknowledged, entry: Entry, screen: Screen) -> str:
    """It ends what its role only has to know, and makes every other clock quiet."""
    known = _titles(event.clocks)
    quiet = _titles(key for key in event.clocks if clock_words.of(key).known_by not in entry.roles)
    by_text = history.by_text(entry.surface)
    how = f"{by_text} {screen.time(entry.at)}" if by_text else ""
    said = f"acknowledged{how}: {words.listed(known) or 'the case'}"
    if not quiet:
        return said
    which = "Quiet" if quiet == known else f"{words.listed(quiet)} quiet"
    return f"{said}. {which} until {screen.time(event.until)}"


def _titles(keys: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(clock_words.of(key).title for key in keys))


def _of_work(event: Any, screen: Screen) -> Said:
    match event:
        case events.Told():
            return _told(event, screen)
        case events.EnquirySet():
            due = screen.time(event.due_at)
            kind = fact_words.kind_of(event.kind)
            what = f"set a {kind} for {naming.staff(event.owner, screen)}, due {due}"
            return f"{what}{_asked(event)}"
        case events.EnquiryDone():
            return "finished an enquiry"
        case events.Noted():
            return "added a note"
        case events.Attended():
            return "recorded officers as there"
        case events.InformationReceived():
            heard = f"recorded new information ({event.kind.value}){_answers(event)}"
            return heard
        case events.Considered():
            return "considered new information"
        case events.PpnRecorded():
            owed = "" if event.is_complete else ", not complete: still owed with ethnicity and school"
            return f"recorded the public protection notice{owed}"
        case events.EpisodesUnread():
            many = len(event.refs) > 1
            said = (
                "earlier cases of this child: they cannot"
                if many
                else "an earlier case of this child: it cannot"
            )
            rest = "their grades do not count here" if many else "its grade does not count here"
            named = words.listed(list(event.refs[:_REFS]))
            return f"could not be shown {named}, {said} be read, and {rest}. Call the technician"
        case events.SameChildSaid():
            return f"recognised the child of {event.earlier}"
        case events.Corrected():
            return f"corrected {event.field}"
    return None


def _told(event: events.Told, screen: Screen) -> str:
    """Nobody was told who did not answer."""
    when = _when(event.when, screen)
    if event.said is ToldCaller.NO_ANSWER:
        return f"rang {naming.told(event.who)}{when}, no answer"
    what = f", {words.TOLD_CALLER[event.said]}" if event.said else ""
    return f"told {naming.told(event.who)}{when}{what}"


def _asked(event: events.EnquirySet) -> str:
    asked = fact_words.asked_of_suspect(event)
    return f". {asked}" if asked else ""


def _found(event: events.Located | events.Closed) -> str:
    said = fact_words.found(event)
    return f". {said}" if said else ""


def _when(at: datetime | None, screen: Screen) -> str:
    """Where it was said; the line begins with when it was recorded."""
    return f" at {screen.time(at)}" if at else ""


def _answers(event: events.InformationReceived | events.MarkersAnswered) -> str:
    yes = [words.lower_first(MARKERS[code]) for code, answer in event.markers.items() if answer is Answer.YES]
    if event.adverse_event:
        yes.append(standing.ADVERSE_EVENT)
    return f", YES: {words.listed(yes)}" if yes else ""


def _how_many(event: events.MarkersAnswered) -> int:
    return len(event.markers) + (event.adverse_event is not None)


def _of_end(event: Any, screen: Screen) -> Said:
    match event:
        case events.Located():
            seen = "seen in person" if event.seen_in_person else "NOT yet seen in person"
            return f"recorded the child as located{_when(event.when, screen)}, {seen}{_found(event)}"
        case events.Interviewed():
            return _interviewed(event)
        case events.Closed():
            return f"closed the case{_found(event)}"
        case events.Reopened():
            return "reopened the case"
        case events.Transferred():
            why = f" ({words.TRANSFER_WHY[event.why]})" if event.why else ""
            return f"passed it to another force, ours until they accept{why}"
        case events.TransferAccepted():
            return "recorded that the other force accepted"
        case events.TransferRefused():
            why = words.TRANSFER_REFUSAL[event.why]
            return f"recorded that the other force refused, still ours ({why})"
        case events.TransferKept():
            return "kept the case here"
        case events.VoidAsked():
            return "asked to void the case; a second person confirms"
        case events.DuplicateAsked():
            return f"asked to mark it a duplicate of {event.of}; a second person confirms"
        case events.Confirmed():
            return "confirmed"
    return None


def _interviewed(event: events.Interviewed) -> str:
    """Of the return home interview it is recorded that it was offered: whether it is held, nobody here knows."""
    if event.kind is InterviewKind.RETURN:
        return "recorded the return home interview as offered"
    how = "face to face" if event.in_person else "not face to face"
    return f"recorded the prevention interview, {how}"


def _of_pages(event: Any, _: Screen) -> Said:
    match event:
        case events.Paged():
            pages: dict[Role, list[str]] = {}
            for line in event.lines:
                pages.setdefault(line.role, []).append(line.clock)
            return ". ".join(clock_words.paged(role, keys) for role, keys in pages.items())
        case events.Delivered():
            return clock_words.paged(event.role, event.clocks)
        case events.SlackSilent():
            return delivery.refused(event.role, event.why)
        case events.WentOut():
            return _left(event)
        case events.TextFailed():
            return delivery.lost(event)
    return None


def _left(event: events.WentOut) -> str:
    why = delivery.because(event.why)
    to = f" to {words.ROLES[event.role]}" if event.role else ""
    if event.reached:
        return f"Page sent by {words.escape(event.way)}{to}" + (f": {why}" if why else "")
    failed = f"{words.escape(event.way)} did not work" if event.way else "no other way is set up"
    what = "left no other way" if event.why in _BESIDE else "reached nobody"
    return f"Page{to} {what}: {why}, and {failed}. Ring them"


# Slack may well have such a page, be it silently.
_BESIDE = frozenset({OutReason.QUIET, OutReason.UNREACHABLE, OutReason.UNANSWERED, OutReason.SILENT})
