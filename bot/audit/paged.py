"""What a case's pages came to: how far up they climbed, which arrived, and which anybody answered."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from msgspec import Struct

from bot.audit.runs import Run
from bot.domain.events import Acknowledged, Delivered, Entry, Paged, PageLine, WentOut
from bot.domain.people import Role


class PageSent(Struct, frozen=True, kw_only=True):
    """One page to one role, of one moment; it may name several clocks."""

    at: datetime
    role: Role
    rung: int  # the highest of its clocks, from 1; 0: nobody at all was on duty
    clocks: tuple[str, ...]
    arrived_at: datetime | None  # in Slack or by another way; None: the record does not say that it did
    acknowledged_at: datetime | None  # one of its clocks, before it was paged again
    answered: bool  # acknowledged, or what it asked for was done, before it was paged again


def posts(entries: Sequence[Entry], found: Sequence[Run]) -> tuple[PageSent, ...]:
    """`found`: the runs of that case's clocks."""
    return tuple(
        _post(number, role, lines, entries, found)
        for number, entry in enumerate(entries, start=1)
        if isinstance(entry.event, Paged)
        for role, lines in _by_role(entry.event)
    )


def _by_role(paged: Paged) -> Iterator[tuple[Role, tuple[PageLine, ...]]]:
    for role in dict.fromkeys(line.role for line in paged.lines):
        yield role, tuple(line for line in paged.lines if line.role is role)


def _post(
    number: int, role: Role, lines: tuple[PageLine, ...], entries: Sequence[Entry], found: Sequence[Run]
) -> PageSent:
    """`number`: of the entry, from 1."""
    entry = entries[number - 1]
    after = entries[number:]
    keys = tuple(line.clock for line in lines)
    acknowledged = min((at for key in keys for at in _acknowledged(key, after)), default=None)
    done = any(_is_done(key, entry.at, after, found) for key in keys)
    return PageSent(
        at=entry.at,
        role=role,
        rung=max(line.rung for line in lines) + 1,
        clocks=keys,
        arrived_at=_arrived(number, role, entry, after),
        acknowledged_at=acknowledged,
        answered=acknowledged is not None or done,
    )


def _paged_again(key: str, after: Sequence[Entry]) -> int | None:
    """How many entries later."""
    for place, entry in enumerate(after):
        if isinstance(entry.event, Paged) and any(line.clock == key for line in entry.event.lines):
            return place
    return None


def _acknowledged(key: str, after: Sequence[Entry]) -> Iterator[datetime]:
    for entry in after[: _paged_again(key, after)]:
        if isinstance(entry.event, Acknowledged) and key in entry.event.clocks:
            yield entry.at


def _is_done(key: str, at: datetime, after: Sequence[Entry], found: Sequence[Run]) -> bool:
    again = _paged_again(key, after)
    until = after[again].at if again is not None else None
    return any(
        run.key == key and run.done and run.done >= at and (until is None or run.done <= until)
        for run in found
    )


def _arrived(number: int, role: Role, entry: Entry, after: Sequence[Entry]) -> datetime | None:
    """Old records, and a replay, take it for granted."""
    if isinstance(entry.event, Paged) and not entry.event.followed:
        return entry.at
    for later in after:
        said = later.event
        reached = isinstance(said, Delivered) or (isinstance(said, WentOut) and said.reached)
        if reached and (said.page, said.role) == (number, role):  # type: ignore[union-attr]
            return later.at
    return None
