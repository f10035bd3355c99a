"""What was done to a record, from what lies there. Pure.

An entry's box opens at the number that it was written under, and at no other: so where links do not hold, it is told
apart whether something was edited, dropped, moved or forged. Where the key is gone, all of these are an edited entry.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from enum import Enum, auto
from typing import NamedTuple

from msgspec import Struct

from bot.ports.tampered import Tampered, TamperKind
from bot.store.tallies import Tally


class Soundness(Enum):
    """How the snapshot, the key or the tally of a record was found."""

    SOUND = auto()
    MISSING = auto()
    WRONG = auto()  # it is there, and not as it was written
    UNKNOWN = auto()  # its key was not given to this process: nothing can be said


class Torn(Struct, frozen=True, kw_only=True):
    """A tally that a step did not go on from: as it was then."""

    at: int  # entries that the record had when the step was written
    tally: Tally | None = None  # None: it was gone, or not as it was written


class RecordFacts(Struct, frozen=True, kw_only=True):
    """One record as it lay at one moment."""

    ref: str
    entries: int
    breaks: tuple[int, ...] = ()  # numbers of the entries that do not go on from the one before
    opens_as: Mapping[int, int | None] = {}  # of those and of the entry behind each: where its box belongs
    times: Sequence[
        datetime | None
    ] = ()  # of each entry, where it can be read; empty where nothing is broken
    last_at: datetime | None = None  # of the last entry
    is_counted: bool = False  # the last entry was written with a tally
    ends_as_counted: bool = True  # and is the one that the tally names
    tally: Tally | None = None  # proved
    counted: Tally | None = None  # the farthest that anything proved says: it may have been more than that
    tally_found: Soundness = Soundness.SOUND
    torn: Torn | None = None
    snapshot: Soundness = Soundness.SOUND
    snapshot_version: int = 0
    key: Soundness = Soundness.SOUND
    is_forgotten: bool = False  # its key was erased
    is_told_of: bool = False  # something names it: a set, a tally, what lies beside the entries
    in_open: bool = False
    due: int | None = None  # ms of case time; None: in neither set


def judged(facts: RecordFacts) -> tuple[Tampered, ...]:
    if not facts.entries:
        return tuple(_of_nothing(facts)) or tuple(_of_sets(facts))
    broken = _of_entries(facts)
    return (
        *broken.found,
        *_of_length(facts, broken.shift),
        *_of_what_was_torn(facts),
        *_of_what_is_kept(facts, broken.shift),
        *_of_sets(facts),
    )


def _of_nothing(facts: RecordFacts) -> Iterator[Tampered]:
    counted = facts.counted
    if counted is None:
        if facts.is_told_of:
            yield Tampered(kind=TamperKind.GONE, ref=facts.ref)
    elif counted.count:
        yield Tampered(
            kind=TamperKind.GONE, ref=facts.ref, first=1, last=counted.count, since=counted.written
        )


# Entries that do not go on from the one before.


class _Broken(NamedTuple):
    found: tuple[Tampered, ...]
    shift: int = 0  # entries that are gone from before the last of them, less those that were put in
    explains: frozenset[int] = frozenset()  # places of breaks that come of it


def _of_entries(facts: RecordFacts) -> _Broken:
    found, shift, explained = list[Tampered](), 0, set[int]()
    for place in facts.breaks:
        if place not in explained:
            broken = _broken_at(facts, place, place + shift)
            found += broken.found
            shift += broken.shift
            explained |= broken.explains
    return _Broken(tuple(found), shift)


def _broken_at(facts: RecordFacts, place: int, number: int) -> _Broken:
    """`place`: where it lies; `number`: which entry belongs there."""
    belongs, after = facts.opens_as.get(place), facts.opens_as.get(place + 1)
    if belongs is not None and belongs > number:
        other = place + belongs - number
        if facts.opens_as.get(other) == number:
            swapped = _found(facts, TamperKind.SWAPPED, place, number, belongs)
            return _Broken((swapped,), 0, frozenset((place + 1, other, other + 1)))
        return _Broken((_found(facts, TamperKind.DROPPED, place, number, belongs - 1),), belongs - number)
    is_put_behind = facts.counted is not None and number > facts.counted.count
    if after == number or is_put_behind:
        return _Broken((_found(facts, TamperKind.FORGED, place, number),), -1, frozenset((place + 1,)))
    if belongs == number:
        return _Broken((_found(facts, TamperKind.EDITED, place, number),), 0, frozenset((place + 1,)))
    kind = TamperKind.EDITED if belongs is None else TamperKind.FORGED
    is_whole_after = after == number + 1  # so its link is as it was, and went on from what was here
    explains = frozenset((place + 1,)) if is_whole_after else frozenset[int]()
    return _Broken((_found(facts, kind, place, number),), 0, explains)


def _found(facts: RecordFacts, kind: TamperKind, place: int, first: int, last: int | None = None) -> Tampered:
    return Tampered(kind=kind, ref=facts.ref, first=first, last=last, since=_before(facts, place))


def _before(facts: RecordFacts, place: int) -> datetime | None:
    """When the last entry before that place was written."""
    if place > facts.entries:
        return facts.last_at
    return next((at for at in reversed(facts.times[: place - 1]) if at), None)


# How many there are.


def _of_length(facts: RecordFacts, shift: int) -> Iterator[Tampered]:
    tally, came_to, behind = facts.counted, facts.entries + shift, facts.entries + 1
    if tally is None:
        if facts.snapshot is Soundness.SOUND and facts.snapshot_version > came_to:
            yield _found(facts, TamperKind.CUT, behind, came_to + 1, facts.snapshot_version)
    elif came_to < tally.count:
        kind = TamperKind.PUT_BACK if _looks_whole(facts) else TamperKind.CUT
        yield _found(facts, kind, behind, came_to + 1, tally.count)
    elif facts.breaks:
        return
    elif came_to > tally.count and facts.is_counted:
        yield Tampered(kind=TamperKind.TALLY, ref=facts.ref, since=tally.written)
    elif came_to == tally.count and not facts.ends_as_counted:
        yield _found(facts, TamperKind.PUT_BACK, facts.entries, facts.entries)


def _looks_whole(facts: RecordFacts) -> bool:
    """As the record did once."""
    return not facts.breaks and facts.snapshot is Soundness.SOUND and facts.snapshot_version == facts.entries


def _of_what_was_torn(facts: RecordFacts) -> Iterator[Tampered]:
    torn = facts.torn
    if torn is None or (torn.tally and facts.entries <= torn.at):
        return
    if torn.tally is None:
        yield Tampered(
            kind=TamperKind.TALLY, ref=facts.ref, first=torn.at + 1, since=_before(facts, torn.at + 1)
        )
        return
    yield Tampered(
        kind=TamperKind.GONE_ON,
        ref=facts.ref,
        first=torn.at + 1,
        last=torn.tally.count,
        since=torn.tally.written,
    )


# What lies beside the entries.


def _of_what_is_kept(facts: RecordFacts, shift: int) -> Iterator[Tampered]:
    if facts.tally_found is Soundness.WRONG or (facts.tally_found is Soundness.MISSING and facts.is_counted):
        yield _as_a_whole(facts, TamperKind.TALLY)
    if facts.key in (Soundness.MISSING, Soundness.WRONG) or _is_erased_by_nobody(facts):
        yield _as_a_whole(facts, TamperKind.KEY)
    elif facts.key is Soundness.SOUND and not facts.is_forgotten:
        is_older = facts.snapshot_version < facts.entries + shift
        if facts.snapshot is not Soundness.SOUND or is_older:
            yield _as_a_whole(facts, TamperKind.SNAPSHOT)


def _is_erased_by_nobody(facts: RecordFacts) -> bool:
    return facts.is_forgotten and facts.tally is not None and not facts.tally.is_forgotten


def _as_a_whole(facts: RecordFacts, kind: TamperKind) -> Tampered:
    return Tampered(kind=kind, ref=facts.ref, since=facts.last_at)


# The sets of open and of due cases.


def _of_sets(facts: RecordFacts) -> Iterator[Tampered]:
    tally = facts.tally
    if tally is None or facts.is_forgotten:
        return
    if tally.is_open != facts.in_open:
        yield _as_a_whole(facts, TamperKind.NOT_OPEN if tally.is_open else TamperKind.NOT_CLOSED)
    if tally.wake is not None and (facts.due is None or facts.due > tally.wake):
        yield _as_a_whole(facts, TamperKind.NOT_DUE)
