"""Cases in a Redis server: a list of entries and a snapshot each, written in one script."""

from collections.abc import Iterable, Sequence
from secrets import token_hex
from typing import cast

from msgspec import Struct, json
from redis import Redis

from bot.domain.case import Case, Status
from bot.domain.events import Entry
from bot.domain.fold import fold
from bot.ports import Append, Conflict, DuplicateIncident, Outgoing
from bot.store.chain import Chain, envelope_of
from bot.store.codec import Codec, encode_outgoing
from bot.store.keys import Keys
from bot.store.millis import ms_after, ms_before
from bot.store.refs import spoken_ref
from bot.store.scripts import load_script

_AT_ONCE = 1_000  # snapshots in one round trip


class _Row(Struct):
    lane: str
    key: str
    id: str


class _Step(Struct, kw_only=True):
    """What `append.lua` reads."""

    ref: str
    expected: int
    entries: int
    incident: str
    persons: str
    person: str
    told: int
    open: bool
    wake: str
    rows: list[_Row]


class RedisCases:
    def __init__(self, redis: Redis, keys: Keys, codec: Codec, chain: Chain) -> None:
        self._redis = redis
        self._keys = keys
        self._codec = codec
        self._chain = chain
        self._append = load_script(redis, "append")

    def new_ref(self, year: int) -> str:
        return spoken_ref(year, self._redis.hincrby(self._keys.refs, str(year), 1))

    def append(self, step: Append) -> None:
        snapshot = self._codec.encode_case(step.case) if step.entries else b""
        rows = [encode_outgoing(row) for row in step.outgoing]
        args = [json.encode(self._described(step)), snapshot, *self._chained(step), *rows]
        match self._append(self._written(step.case.ref), args):
            case [b"conflict"]:
                raise Conflict
            case [b"taken", bytes(holder)]:
                raise DuplicateIncident(holder.decode())

    def _written(self, ref: str) -> list[str]:
        keys = self._keys
        case = [keys.entries(ref), keys.case(ref), keys.incidents, keys.open]
        return [*case, keys.due, keys.claimed, keys.leases, keys.lanes, keys.turns]

    def _described(self, step: Append) -> _Step:
        case, keys = step.case, self._keys
        return _Step(
            ref=case.ref,
            expected=step.expected,
            entries=len(step.entries),
            incident=keys.blind("incident", case.incident),
            persons=keys.persons,
            person=keys.blind("person", case.child.person_ref),
            told=ms_before(case.told_at),
            open=case.status is not Status.CLOSED,
            wake=str(ms_after(step.wake_at)) if step.wake_at else "",
            rows=[self._placed(row) for row in step.outgoing],
        )

    def _placed(self, row: Outgoing) -> _Row:
        return _Row(row.lane, self._keys.lane(row.lane), row.id)

    def _chained(self, step: Append) -> Iterable[bytes]:
        """The entries as stored. What comes before never changes, so it can be read outside the script."""
        ref, name = step.case.ref, token_hex(6)
        before = self._before(step) if step.entries else None
        for entry in step.entries:
            before = self._chain.link(ref, before, self._codec.encode_entry(ref, entry, name))
            yield before

    def _before(self, step: Append) -> bytes | None:
        if step.expected == 0:
            return None
        before = self._redis.lindex(self._keys.entries(step.case.ref), step.expected - 1)
        if before is None:
            raise Conflict
        return cast(bytes, before)

    def load(self, ref: str) -> Case | None:
        return self._read(ref, cast(bytes | None, self._redis.hget(self._keys.case(ref), "snapshot")))

    def load_many(self, refs: Sequence[str]) -> list[Case]:
        cases: list[Case] = []
        for start in range(0, len(refs), _AT_ONCE):
            cases += self._load_some(refs[start : start + _AT_ONCE])
        return cases

    def _load_some(self, refs: Sequence[str]) -> list[Case]:
        asked = self._redis.pipeline(transaction=False)
        for ref in refs:
            asked.hget(self._keys.case(ref), "snapshot")
        read = (self._read(ref, stored) for ref, stored in zip(refs, asked.execute(), strict=True))
        return [case for case in read if case is not None]

    def _read(self, ref: str, snapshot: bytes | None) -> Case | None:
        """Without a snapshot that this version can read, the entries are folded: they are the record."""
        case = self._codec.decode_case(ref, snapshot) if snapshot else None
        if case is not None:
            return case
        entries = self.entries(ref)
        return fold(entries) if entries else None

    def entries(self, ref: str) -> list[Entry]:
        return [self._codec.decode_entry(ref, envelope_of(stored)) for stored in self.stored(ref)]

    def stored(self, ref: str) -> list[bytes]:
        """The record as it lies there, for the chain, an anchor or an export."""
        return cast(list[bytes], self._redis.lrange(self._keys.entries(ref), 0, -1))

    def broken_at(self, ref: str) -> int | None:
        """The number, from 1, of the first entry that is not as it was written."""
        return self._chain.broken_at(ref, self.stored(ref))

    def find_incident(self, incident: str) -> str | None:
        found = self._redis.hget(self._keys.incidents, self._keys.blind("incident", incident))
        return cast(bytes, found).decode() if found else None

    def episodes(self, person_ref: str) -> list[str]:
        return _texts(cast(list[bytes], self._redis.zrange(self._keys.person(person_ref), 0, -1)))

    def open_refs(self) -> list[str]:
        return sorted(_texts(cast(set[bytes], self._redis.smembers(self._keys.open))))


def _texts(found: Iterable[bytes]) -> list[str]:
    return [text.decode() for text in found]
