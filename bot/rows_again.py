"""A row of the outbox, written again from the record: what it says is what its entry says, and its id names that. Pure.

For a row that was damaged where it lay, or that is gone though its page is still on the way.
"""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from bot.domain.case import Case
from bot.domain.events import Delivered, Entry, Paged, PageLine, SlackSilent, TextFailed, WentOut
from bot.domain.fold import fold
from bot.domain.people import Role
from bot.late_edits import LATE
from bot.outgoing import CASES, for_entry, page_lane, role_lane, row_id
from bot.ports.destination import Destination, LaneKind, OutboxKind
from bot.ports.outbox import Outgoing
from bot.ports.places import Place
from bot.ports.rosters import ROSTER

_OF_A_PAGE = (Delivered, SlackSilent, WentOut, TextFailed)
_OF_ONE_CARD = (OutboxKind.REFRESH, OutboxKind.SHRINK, OutboxKind.COPIES)


class RowName(Struct, frozen=True):
    """What an id says."""

    ref: str
    version: int
    kind: OutboxKind
    lane: Destination
    place: Place | None  # of the one card that it draws


def named(id: str) -> RowName | None:
    """None where it is no id of a row."""
    ref, _, rest = id.partition(":")
    version, _, rest = rest.partition(":")
    kind, _, rest = rest.partition(":")
    if not ref or not version.isdecimal() or OutboxKind(kind) is OutboxKind.UNKNOWN:
        return None
    rest = rest.partition(f":{LATE}")[0]
    place = _place(rest) if kind in _OF_ONE_CARD else None
    return RowName(ref, int(version), OutboxKind(kind), _lane(rest), place)


def _lane(rest: str) -> Destination:
    """After it an id may say which step wrote the row, or that it was written again."""
    kind, _, name = rest.partition(":")
    if LaneKind(kind) in (LaneKind.CASES, LaneKind.UNKNOWN):
        return CASES
    return Destination.of(LaneKind(kind), name.partition(":")[0])


def _place(rest: str) -> Place | None:
    found = Place(rest.removeprefix(f"{_lane(rest)}:"))
    return found if found != rest and found.is_one else None


def written_again(id: str, rank: int, entries: Sequence[Entry]) -> Outgoing | None:
    """`entries`: the whole record of what it is of. None where that does not say."""
    name = named(id)
    if name is None or not 0 < name.version <= len(entries):
        return None
    for row in () if name.ref == ROSTER else _of_its_entry(name.version, entries):
        if row.id == id:
            return replace(row, rank=rank)
    return Outgoing(
        id=id,
        lane=name.lane,
        kind=name.kind,
        ref=name.ref,
        version=name.version,
        at=entries[name.version - 1].at,
        role=_role(name, entries[: name.version]),
        lines=_lines(name, entries[name.version - 1]),
        rank=rank,
        place=name.place,
        again=name.place is not None or f":{LATE}" in id,
    )


def page_again(case: Case, role: Role) -> Outgoing | None:
    """The row of the newest page to that role, from the case alone: its history may be what cannot be read. None where
    nothing that it was about stands any more."""
    page = case.pages[role]
    lines = tuple(
        PageLine(clock=clock, started=stands.started, role=role, rung=stands.rung, skipped=stands.skipped)
        for clock, stands in case.paging.items()
        if stands.page == page.number and stands.role is role and stands.acknowledged is None
    )
    lane = page_lane(case, role)
    row = Outgoing(
        id=row_id(case.ref, page.number, OutboxKind.PAGE, lane),
        lane=lane,
        kind=OutboxKind.PAGE,
        ref=case.ref,
        version=page.number,
        at=page.at,
        role=role,
        lines=lines,
    )
    return row if lines else None


def _of_its_entry(version: int, entries: Sequence[Entry]) -> list[Outgoing]:
    return list(for_entry(fold(entries[:version]), version, entries[version - 1]))


def _role(name: RowName, entries: Sequence[Entry]) -> Role | None:
    """`entries`: up to the one that it is of. What is said of a hand-over bears the number of its offer."""
    if name.ref == ROSTER:
        return name.lane.role if name.kind == OutboxKind.PAGE else getattr(entries[-1].event, "role", None)
    if name.kind == OutboxKind.UNDELIVERED:
        told = (entry.event.role for entry in reversed(entries) if isinstance(entry.event, _OF_A_PAGE))
        return next((role for role in told if role), None)
    return None


def _lines(name: RowName, entry: Entry) -> tuple[PageLine, ...]:
    """Of a page about hand-overs; a case's rows come with theirs."""
    if name.kind != OutboxKind.PAGE or not isinstance(entry.event, Paged):
        return ()
    return tuple(line for line in entry.event.lines if role_lane(line.role) == name.lane)
