"""A case's record → lanes of spans and marks in time, each with the same fact in words."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from bot.domain import events
from bot.domain.case import Case
from bot.domain.case_parts import TRANSFERRED, Ending, Enquiry
from bot.domain.events import Entry
from bot.domain.facts import Grade
from bot.domain.fold import advance
from bot.domain.people import BY_RANK
from bot.views.screen import Screen
from bot.views.wording import history, naming, standing, words

_ENQUIRIES = 6  # rows; the open case has them all
_TIMES = 8
_REVIEWS = (
    events.Graded,
    events.Reviewed,
    events.DowngradeAsked,
    events.DowngradeApproved,
    events.DowngradeRefused,
    events.AlertDecided,
)


class Kind(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    GOOD = "good"
    WAITING = "waiting"
    LATE = "late"
    PLAIN = "plain"


class Span(Struct, frozen=True, kw_only=True):
    start: datetime
    end: datetime
    says: str
    kind: Kind
    short: str = ""  # where there is no room for it all


class Mark(Struct, frozen=True, kw_only=True):
    at: datetime
    says: str = ""


class Lane(Struct, frozen=True, kw_only=True):
    title: str
    spans: tuple[Span, ...] = ()
    marks: tuple[Mark, ...] = ()
    fact: str  # the same in words


class Story(Struct, frozen=True, kw_only=True):
    title: str
    during: str
    start: datetime
    end: datetime
    lanes: tuple[Lane, ...]

    @property
    def facts(self) -> list[str]:
        """Whole, as sentences, without markup."""
        return [f"{self.title}: {self.during}.", *(lane.fact for lane in self.lanes)]


_GRADES = {Grade.HIGH: Kind.HIGH, Grade.MEDIUM: Kind.MEDIUM, Grade.LOW: Kind.LOW}


def story(case: Case, entries: Sequence[Entry], screen: Screen) -> Story:
    """From when police were told until now."""
    during = f"{_dated(case.told_at, screen)} to {_dated(screen.now, screen)}"
    title = f"Timeline of {case.ref}, {naming.age(case)}"
    stood = list(_stood(entries))
    lanes = [
        _spans("Case", [(at, standing.category(each), Kind.PLAIN) for at, each in stood], screen),
        _spans("Grade", [_grade(at, each) for at, each in stood], screen),
        _spans("Owner", [_owner(at, each, screen) for at, each in stood], screen),
        *_between_forces(stood, screen),
        *_pages(entries, screen),
        _reviews(entries, screen),
        *_enquiries(case, screen),
    ]
    return Story(title=title, during=during, start=case.told_at, end=screen.now, lanes=tuple(lanes))


def _dated(at: datetime, screen: Screen) -> str:
    """Always: a picture is looked at on other days too."""
    return f"{screen.date(at)} {at.astimezone(screen.zone):%H:%M}"


def _stood(entries: Iterable[Entry]) -> Iterator[tuple[datetime, Case]]:
    """The case after each entry; the report counts from when police were told."""
    case: Case | None = None
    for entry in entries:
        is_report = case is None
        case = advance(case, entry)
        yield (case.told_at if is_report else entry.at), case


def _grade(at: datetime, case: Case) -> tuple[datetime, str, Kind]:
    return at, words.grade(case.running_grade), _GRADES[case.running_grade]


def _owner(at: datetime, case: Case, screen: Screen) -> tuple[datetime, str, Kind]:
    if case.owner:
        return at, naming.plain_staff(case.owner, screen), Kind.GOOD
    return at, "no owner", Kind.WAITING


def _between_forces(stood: Sequence[tuple[datetime, Case]], screen: Screen) -> Iterator[Lane]:
    """Nothing where it was never passed on."""
    passed = [(at, *_transfer(case.ending)) for at, case in stood if case.ending.transfer_asked]
    if passed:
        yield _spans("Transfer", passed, screen)


def _transfer(ending: Ending) -> tuple[str, Kind]:
    """No name of a force: a picture is shown to whoever looks at the screen."""
    if ending.gone == TRANSFERRED:
        return "accepted there", Kind.GOOD
    if ending.refusal and ending.refusal.settled is None:
        return f"sent back, {words.TRANSFER_REFUSAL[ending.refusal.why]}", Kind.LATE
    if ending.awaits_force:
        return "passed on, not accepted there", Kind.WAITING
    return "kept here", Kind.PLAIN


def _spans(title: str, stood: Sequence[tuple[datetime, str, Kind]], screen: Screen) -> Lane:
    changes: list[tuple[datetime, str, Kind]] = []
    for each in stood:
        if not changes or changes[-1][1] != each[1]:
            changes.append(each)
    ends = [at for at, _, _ in changes[1:]] + [max(screen.now, changes[-1][0])]
    spans = [
        Span(start=at, end=end, says=says, kind=kind, short=_first_part(says))
        for (at, says, kind), end in zip(changes, ends, strict=True)
    ]
    said = words.listed([f"{span.says} from {screen.time(span.start)}" for span in spans])
    return Lane(title=title, spans=tuple(spans), fact=f"{title}: {said}.")


def _first_part(says: str) -> str:
    """ "Concern", of a concern for safety whose whereabouts are not known."""
    return says.partition(",")[0].partition(" for ")[0]


def _pages(entries: Sequence[Entry], screen: Screen) -> Iterator[Lane]:
    for role in BY_RANK:
        times = history.delivered_to(role, entries)
        if times:
            title, marks = f"{words.sentence(words.ROLES[role])} paged", tuple(Mark(at=at) for at in times)
            yield Lane(
                title=f"{title} ({len(times)})", marks=marks, fact=f"{title}: {_times(times, screen)}."
            )


def _times(times: Sequence[datetime], screen: Screen) -> str:
    """Each of a few; of many the first, how many, and the last."""
    if len(times) <= _TIMES:
        return ", ".join(screen.time(at) for at in times)
    return f"{len(times)} times, first {screen.time(times[0])}, last {screen.time(times[-1])}"


def _reviews(entries: Sequence[Entry], screen: Screen) -> Lane:
    done = [(entry, _reviewed(entry.event)) for entry in entries if isinstance(entry.event, _REVIEWS)]
    marks = tuple(Mark(at=entry.at, says=said) for entry, said in done)
    listed = words.listed([f"{mark.says} {screen.time(mark.at)}" for mark in marks])
    return Lane(title="Reviews", marks=marks, fact=f"Grades and reviews: {listed or 'none'}.")


def _reviewed(event: object) -> str:
    match event:
        case events.Graded():
            return words.grade(event.level)
        case events.DowngradeAsked():
            return f"asked {words.grade(event.level)}"
        case events.DowngradeApproved():
            return "approved"
        case events.DowngradeRefused():
            return "refused"
        case events.AlertDecided():
            return f"CRA {words.ALERT[event.decision]}"
    return "reviewed"


def _enquiries(case: Case, screen: Screen) -> Iterator[Lane]:
    known = list(case.enquiries.values())
    if not known:
        yield Lane(title="Enquiries", fact="Enquiries: none.")
    for number, item in enumerate(known[-_ENQUIRIES:], start=max(1, len(known) - _ENQUIRIES + 1)):
        yield _enquiry(number, item, screen)


def _enquiry(number: int, item: Enquiry, screen: Screen) -> Lane:
    who = naming.plain_staff(item.owner, screen)
    end = item.done.at if item.done else screen.now
    is_late = end > item.due_at if item.done else end >= item.due_at
    due = f"due {screen.time(item.due_at)}"
    done = f"{'DONE LATE' if is_late else 'done'} {screen.time(end)}"
    state = done if item.done else ("LATE" if is_late else "not done")
    kind = Kind.LATE if is_late else Kind.GOOD if item.done else Kind.WAITING
    return Lane(
        title=f"Enquiry {number}",
        spans=(Span(start=item.set.at, end=end, says=f"{who}, {due}, {state}", kind=kind, short=state),),
        fact=f"Enquiry {number}: {who}, set {screen.time(item.set.at)}, {due}, {state}.",
    )
