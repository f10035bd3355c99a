"""Whether a page still has to leave by another way, and why. Pure."""

from collections.abc import Sequence

from msgspec import Struct

from bot.desk import is_remarked
from bot.domain.case import Case
from bot.domain.clocks import name_of
from bot.domain.events import AnyEvent, Delivered, Entry, Paged, PageLine, SlackSilent, WentOut
from bot.domain.ladder import NOBODY
from bot.domain.people import Role
from bot.domain.policy import Policy
from bot.ports.outbox import Outgoing


class Leaving(Struct, frozen=True, kw_only=True):
    """One page of one case, for one role."""

    row: Outgoing
    case: Case
    entries: Sequence[Entry]
    role: Role
    page: int  # number of the entry that paged
    why: str
    lines: tuple[PageLine, ...]

    def went(self, ways: str, *, reached: bool) -> WentOut:
        return WentOut(way=ways, why=self.why, role=self.role, page=self.page, reached=reached)


def leaving(row: Outgoing, case: Case, entries: Sequence[Entry], policy: Policy) -> Leaving | None:
    """None where nobody needs it: answered, no longer due, or told already."""
    role, said = row.role, entries[row.version - 1].event
    assert role is not None, "a page is to a role"
    page = said.page if isinstance(said, SlackSilent) else row.version
    paged = row.lines or _lines(entries[page - 1].event, role)
    why = _why(said, paged)
    found = Leaving(
        row=row,
        case=case,
        entries=entries,
        role=role,
        page=page,
        why=why,
        lines=tuple(line for line in paged if _stands(case, line) and not _is_slow(line, why, policy)),
    )
    if not found.lines or is_remarked(found.went("", reached=True), entries):
        return None
    return None if why == "slack" and _has_arrived(page, role, entries) else found


def _has_arrived(page: int, role: Role, entries: Sequence[Entry]) -> bool:
    """Slack took it after all."""
    return is_remarked(Delivered(page=page, role=role), entries)


def _lines(event: AnyEvent, role: Role) -> tuple[PageLine, ...]:
    return tuple(line for line in event.lines if line.role is role) if isinstance(event, Paged) else ()


def _why(said: AnyEvent, lines: Sequence[PageLine]) -> str:
    if isinstance(said, SlackSilent):
        return "slack"
    return "nobody" if any(line.rung == NOBODY for line in lines) else "silent"


def _stands(case: Case, line: PageLine) -> bool:
    """Paged, and neither acknowledged nor ended since."""
    paging = case.paging.get(line.clock)
    return paging is not None and paging.started == line.started and paging.acknowledged is None


def _is_slow(line: PageLine, why: str, policy: Policy) -> bool:
    """A clock of days, reminded of every few hours: its silent last step wakes nobody at night."""
    return why == "silent" and policy.clocks[name_of(line.clock)].repeat is not None
