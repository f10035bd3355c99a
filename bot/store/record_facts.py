"""One record as it lies on the server at one moment → what is asked of it, to judge what was done to it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from msgspec.structs import replace

from bot.ports.errors import Unreadable
from bot.store.case_keys import FORGOTTEN
from bot.store.codec import is_counted, is_sealed
from bot.store.record_reader import StoredFields
from bot.store.redis_record import RedisRecords
from bot.store.sealed import version_of
from bot.store.tallies import Tally, short_link
from bot.store.tamper_judge import RecordFacts, Soundness, Torn


class StoredRecord(NamedTuple):
    entries: list[bytes]
    kept: StoredFields
    tally: bytes | None
    torn: bytes | None
    in_open: bool
    due: int | None

    @property
    def last(self) -> bytes:
        return self.entries[-1] if self.entries else b""

    @property
    def is_told_of(self) -> bool:
        return any((self.tally, self.torn, self.in_open, self.due is not None, *self.kept))


def facts_of(ref: str, records: RedisRecords[Any], stored: StoredRecord, seen: Tally | None) -> RecordFacts:
    name, entries = records.seal.name(ref), stored.entries
    tally = records.tallies.opened(name, stored.tally) if stored.tally else None
    breaks = tuple(records.chain.breaks(ref, entries))
    torn = _torn(name, records, stored)
    counted = _farthest(tally, seen, torn, len(entries))
    key = _key(name, records, stored)
    snapshot, version = _snapshot(ref, records, stored, key)
    return RecordFacts(
        ref=ref,
        entries=len(entries),
        breaks=breaks,
        opens_as=_belonging(ref, records, stored, breaks, counted.count if counted else 0),
        is_counted=is_counted(stored.last),
        ends_as_counted=tally is None or tally.link == short_link(stored.last),
        tally=tally,
        counted=counted,
        tally_found=Soundness.SOUND if tally else Soundness.WRONG if stored.tally else Soundness.MISSING,
        torn=torn,
        snapshot=snapshot,
        snapshot_version=version,
        key=key,
        is_forgotten=stored.kept.key == FORGOTTEN,
        is_told_of=stored.is_told_of,
        in_open=stored.in_open,
        due=stored.due,
    )


def _farthest(tally: Tally | None, seen: Tally | None, torn: Torn | None, entries: int) -> Tally | None:
    """An older tally may have been put back with an older record: what was seen before is not forgotten, until somebody
    goes on from the older one."""
    if torn is not None and entries > torn.at:
        return tally
    kept = torn.tally if torn else None
    return max((each for each in (tally, seen, kept) if each), key=lambda each: each.count, default=None)


def _key(name: str, records: RedisRecords[Any], stored: StoredRecord) -> Soundness:
    wrapped = stored.kept.key
    if wrapped is None:
        return Soundness.MISSING if is_sealed(stored.last) else Soundness.SOUND
    if wrapped == FORGOTTEN:
        return Soundness.SOUND
    try:
        records.seal.keys.of(name, wrapped)
    except Unreadable:
        return Soundness.WRONG if records.seal.keys.is_given(wrapped) else Soundness.UNKNOWN
    return Soundness.SOUND


def _snapshot(
    ref: str, records: RedisRecords[Any], stored: StoredRecord, key: Soundness
) -> tuple[Soundness, int]:
    """And how many entries it speaks of."""
    snapshot, wrapped = stored.kept.snapshot, stored.kept.key
    if not snapshot:
        return Soundness.MISSING, 0
    if key is not Soundness.SOUND or wrapped == FORGOTTEN:
        return Soundness.UNKNOWN, version_of(snapshot)
    if not is_sealed(snapshot):
        return _in_clear(ref, records, stored), version_of(snapshot)
    try:
        records.seal.opened_snapshot(ref, snapshot, wrapped)
    except ValueError:
        return Soundness.WRONG, 0
    return Soundness.SOUND, version_of(snapshot)


def _in_clear(ref: str, records: RedisRecords[Any], stored: StoredRecord) -> Soundness:
    try:
        return Soundness.SOUND if records.is_believed(ref, stored.kept, stored.entries) else Soundness.WRONG
    except Unreadable:
        return Soundness.UNKNOWN


def _belonging(
    ref: str, records: RedisRecords[Any], stored: StoredRecord, breaks: Iterable[int], counted: int
) -> dict[int, int | None]:
    """Under which number the box of each of them opens, and of the one behind it."""
    places = {place for broken in breaks for place in (broken, broken + 1) if place <= len(stored.entries)}
    numbers = range(1, max(len(stored.entries), counted) + 1)
    return {place: _belongs(ref, records, stored, place, numbers) for place in places}


def _belongs(
    ref: str, records: RedisRecords[Any], stored: StoredRecord, place: int, numbers: Iterable[int]
) -> int | None:
    entry, wrapped = stored.entries[place - 1], stored.kept.key
    if not is_sealed(entry):
        return None
    return next((each for each in (place, *numbers) if _opens(ref, records, entry, each, wrapped)), None)


def _opens(ref: str, records: RedisRecords[Any], entry: bytes, number: int, wrapped: bytes | None) -> bool:
    try:
        records.seal.opened_entry(ref, number, entry, wrapped)
    except (ValueError, Unreadable):
        return False
    return True


def _torn(name: str, records: RedisRecords[Any], stored: StoredRecord) -> Torn | None:
    if not stored.torn:
        return None
    at, was = int.from_bytes(stored.torn[:4]), stored.torn[4:]
    tally = records.tallies.opened(name, was)
    counted = stored.entries[: tally.count] if tally else []
    if tally is not None and len(counted) == tally.count and short_link(counted[-1]) == tally.link:
        return None  # what it counted lies there again
    return Torn(at=at, tally=tally)


def timed(facts: RecordFacts, records: RedisRecords[Any], stored: StoredRecord) -> RecordFacts:
    """For who is told since when: each entry is opened for it."""
    times = _times(facts.ref, records, stored)
    return replace(facts, times=times, last_at=next((at for at in reversed(times) if at), None))


def _times(ref: str, records: RedisRecords[Any], stored: StoredRecord) -> Sequence[datetime | None]:
    read = records.read_each(ref, stored.entries, stored.kept.key)
    return [entry.at if entry else None for entry in read]
