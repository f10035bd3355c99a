"""What the record says of a case's pages and of who ended a clock; the case itself keeps only how things stand."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from bot.domain import events
from bot.domain.case import Case
from bot.domain.clocks import Clock, clocks
from bot.domain.events import Entry
from bot.domain.fold import advance
from bot.domain.people import Role
from bot.domain.policy import Policy
from bot.ports.texts import BY_TEXT


def pages_to(role: Role, entries: Sequence[Entry]) -> list[Entry]:
    """Each moment at which something was paged to the role."""
    return [entry for entry in entries if any(line.role is role for line in _lines(entry))]


def delivered_to(role: Role, entries: Sequence[Entry]) -> list[datetime]:
    """For each page to the role that reached it: when Slack, or another way, first took it."""
    first: dict[int, datetime] = {}
    for number, entry in enumerate(entries, 1):
        if (page := _arrived(role, number, entry.event)) is not None:
            first.setdefault(page, entry.at)
    return list(first.values())


def _arrived(role: Role, number: int, event: events.AnyEvent) -> int | None:
    """The number of the page to that role that this says has arrived."""
    match event:
        case events.Paged(followed=False, lines=lines) if any(line.role is role for line in lines):
            return number
        case events.Delivered(role=to, page=page) | events.WentOut(role=to, page=page, reached=True):
            return page if to is role else None
    return None


def clocks_paged_to(role: Role, entries: Sequence[Entry]) -> list[str]:
    """Keys of every clock ever paged to the role, oldest first."""
    keys = [line.clock for entry in entries for line in _lines(entry) if line.role is role]
    return list(dict.fromkeys(keys))


def newest_line(clock: Clock, role: Role, entries: Sequence[Entry]) -> events.PageLine:
    """How this run of the clock was last paged to that role, whatever rung it has reached since."""
    lines = [line for entry in reversed(entries) for line in _lines(entry)]
    return next(
        line
        for line in lines
        if line.role is role and (line.clock, line.started) == (clock.key, clock.started)
    )


def _lines(entry: Entry) -> tuple[events.PageLine, ...]:
    return entry.event.lines if isinstance(entry.event, events.Paged) else ()


def newest_page(entries: Sequence[Entry], roles: Collection[Role]) -> tuple[events.PageLine, ...]:
    """Its lines to one of those roles; none where nothing was paged to them."""
    to = (line.role for entry in reversed(entries) for line in _lines(entry) if line.role in roles)
    role = next(to, None)
    return lines_to(role, pages_to(role, entries)[-1]) if role else ()


def lines_to(role: Role, page: Entry) -> tuple[events.PageLine, ...]:
    return tuple(line for line in _lines(page) if line.role is role)


def acknowledged_since(page: Collection[events.PageLine], entries: Sequence[Entry]) -> Entry | None:
    """The newest acknowledgement of what that page was about, since it went out."""
    clocks = {line.clock for line in page}
    for entry in reversed(entries):
        if isinstance(entry.event, events.Acknowledged) and clocks & {*entry.event.clocks}:
            return entry
        if any(line in page for line in _lines(entry)):
            return None
    return None


def is_step_of(role: Role, entry: Entry) -> bool:
    """Something that a person did who held that role then; what the engine wrote is nobody's."""
    return role in entry.roles and not isinstance(entry.event, events.FROM_THE_ENGINE)


def ended_by(clock: Clock, entries: Sequence[Entry], policy: Policy) -> Entry | None:
    """The step that ended it; the engine's own entries are nobody's. Steps of several people may stand at one moment,
    where time stands or was set back: then it is the first after which the case has the clock as ended."""
    steps = [
        entry for entry in entries if entry.at == clock.done and not isinstance(entry.event, events.OF_PAGES)
    ]
    return _first(steps, entries, lambda case: _has_ended(clock, case, policy))


def made_fim_aware(at: datetime | None, entries: Sequence[Entry]) -> Entry | None:
    """The FIM's step of that moment: not one that was taken in it before the child was high."""
    steps = [entry for entry in entries if entry.at == at and is_step_of(Role.FIM, entry)]
    return _first(steps, entries, lambda case: case.risk.fim_aware_at == at)


def _first(steps: Sequence[Entry], entries: Sequence[Entry], holds: Callable[[Case], bool]) -> Entry | None:
    """The first of these after which that holds; the only one is not asked."""
    if len(steps) < 2:
        return next(iter(steps), None)
    case: Case | None = None
    for entry in entries:
        case = advance(case, entry)
        if any(entry is step for step in steps) and holds(case):
            return entry
    return None


def _has_ended(clock: Clock, case: Case, policy: Policy) -> bool:
    return any((each.key, each.done) == (clock.key, clock.done) for each in clocks(case, policy))


def acknowledged_by(person: str, key: str, entries: Sequence[Entry]) -> Entry | None:
    """Their newest acknowledgement of that clock."""
    of_it = (
        entry
        for entry in reversed(entries)
        if isinstance(entry.event, events.Acknowledged) and key in entry.event.clocks
    )
    return next((entry for entry in of_it if entry.by == person), None)


def by_text(surface: str) -> str:
    """Before the time of what was done there: " by text at" where it was a reply from outside Slack."""
    return " by text at" if surface == BY_TEXT else ""


def cleared_at(key: str, entries: Sequence[Entry]) -> datetime | None:
    """When that clock last needed nobody any more."""
    cleared = [
        entry.at for entry in entries if isinstance(entry.event, events.Cleared) and key in entry.event.clocks
    ]
    return cleared[-1] if cleared else None
