"""What a step makes visible: rows for the outbox, written in the same append as the events. Pure."""

from collections.abc import Iterable, Iterator

from bot.domain import events
from bot.domain.case import Case
from bot.domain.events import Entry, PageLine
from bot.domain.handover import Roster
from bot.domain.ladder import NOBODY
from bot.domain.people import Role
from bot.ports import ROSTER, Outgoing

CASES = "cases"
OUT = "out:"

# Written by the engine for itself; a card says what follows from them, the thread need not.
_NO_LINE = (events.Cleared, events.SlackSilent, events.EpisodesShown, events.EpisodeLinked)


def role_lane(role: Role) -> str:
    """The lane that a page to this role leaves by; an owner's pages go to the person."""
    return f"role:{role.value}"


def person_lane(person: str) -> str:
    return f"person:{person}"


def out_lane(role: Role) -> str:
    """What leaves for this role by other ways than Slack."""
    return f"{OUT}{role.value}"


def to_show(before: Case | None, case: Case, entries: tuple[Entry, ...]) -> tuple[Outgoing, ...]:
    """The rows for these entries, in the order in which they should be seen."""
    if not entries:
        return ()
    rows = [_row(case, "card", CASES, case.version, entries[-1])]
    first = case.version - len(entries) + 1
    for version, entry in enumerate(entries, first):
        rows += _for_entry(case, version, entry)
    rows += _refreshed(before, case, entries)
    return tuple(rows)


def handover_pages(roster: Roster, entries: tuple[Entry, ...]) -> tuple[Outgoing, ...]:
    """The pages of hand-overs that nobody accepted: one post for each role told."""
    rows: list[Outgoing] = []
    for entry in entries:
        if isinstance(entry.event, events.Paged):
            by_role = {line.role: line for line in entry.event.lines}
            rows += [
                Outgoing(
                    id=f"{ROSTER}:{roster.version}:page:{role.value}",
                    lane=role_lane(role),
                    kind="page",
                    ref=ROSTER,
                    version=roster.version,
                    at=entry.at,
                    role=role,
                    lines=tuple(line for line in entry.event.lines if line.role is role),
                )
                for role in by_role
            ]
    return tuple(rows)


def _for_entry(case: Case, version: int, entry: Entry) -> Iterator[Outgoing]:
    said = entry.event
    if not isinstance(said, _NO_LINE):
        yield _row(case, "line", CASES, version, entry)
    if isinstance(said, events.Assigned):
        yield _row(case, "offer", person_lane(said.to), version, entry)
    if isinstance(said, events.Paged):
        yield from _pages(case, version, entry, said.lines)
        yield from _out(case, version, entry, [line for line in said.lines if _is_unheard(case, line)])
    if isinstance(said, events.SlackSilent):
        yield _row(case, "out", out_lane(said.role), version, entry, role=said.role)


def _is_unheard(case: Case, line: PageLine) -> bool:
    """To nobody, since no rung is manned; or again to the last rung, which stayed silent for its whole step."""
    paging = case.paging.get(line.clock)
    return line.rung == NOBODY or (paging is not None and paging.repeats > 0)


def _out(case: Case, version: int, entry: Entry, lines: Iterable[PageLine]) -> Iterator[Outgoing]:
    """The same page by other ways: one row for each role."""
    by_role: dict[Role, list[PageLine]] = {}
    for line in lines:
        by_role.setdefault(line.role, []).append(line)
    for role, together in by_role.items():
        yield _row(case, "out", out_lane(role), version, entry, role=role, lines=together)


def _pages(case: Case, version: int, entry: Entry, lines: tuple[PageLine, ...]) -> Iterator[Outgoing]:
    """One page per place, with all its clocks."""
    lanes: dict[str, list[PageLine]] = {}
    for line in lines:
        lanes.setdefault(_lane(case, line.role), []).append(line)
    for lane, together in lanes.items():
        yield _row(case, "page", lane, version, entry, role=together[0].role, lines=tuple(together))


def _refreshed(before: Case | None, case: Case, entries: tuple[Entry, ...]) -> Iterator[Outgoing]:
    """Live page cards elsewhere that no longer tell the truth: a silent edit, not a page."""
    if before is None or all(isinstance(entry.event, events.Paged) for entry in entries):
        return
    paged = {_lane(before, role) for paging in before.paging.values() for role in paging.told}
    for lane in sorted(paged):
        yield _row(case, "refresh", lane, case.version, entries[-1])


def _lane(case: Case, role: Role) -> str:
    if role is Role.OWNER and case.owner:
        return person_lane(case.owner)
    return role_lane(role)


def _row(
    case: Case,
    kind: str,
    lane: str,
    version: int,
    entry: Entry,
    *,
    role: Role | None = None,
    lines: Iterable[PageLine] = (),
) -> Outgoing:
    return Outgoing(
        id=f"{case.ref}:{version}:{kind}:{lane}",
        lane=lane,
        kind=kind,
        ref=case.ref,
        version=version,
        at=entry.at,
        role=role,
        lines=tuple(lines),
    )
