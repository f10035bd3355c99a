"""One record in a Redis server: a list of entries, chained, and the snapshot of their fold beside it."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from secrets import token_hex
from threading import Lock
from typing import Generic, TypeVar, cast

import structlog
from msgspec import Struct, json
from redis import Redis

from bot.domain.events import Entry
from bot.ports.errors import Conflict, DuplicateIncident, StoreUnavailable, Unreadable
from bot.ports.outbox import Outgoing
from bot.store.codec import Chain, EntryCodec, Snapshots, encode_outgoing, envelope_of, ms_after, version_of
from bot.store.connection import Pipeline, load_script
from bot.store.keys import Keys

Folded = TypeVar("Folded")

log = structlog.get_logger()

_ENDS_KNOWN = 1_000
_AT_ONCE = 1_000  # snapshots in one round trip


class Filing(Struct, frozen=True, kw_only=True):
    """What a case is found by."""

    incident: str = ""  # blind
    person: str = ""  # blind
    traces: tuple[str, ...] = ()  # blind; ways in which a likely earlier episode is found
    told: int = 0  # ms of case time; orders the episodes of a person
    open: bool = False


class StoredDraft(Struct, frozen=True, kw_only=True):
    """What is to lie in the place of a form's draft from now on."""

    key: str
    stored: bytes
    seconds: int


class RecordStep(Struct, Generic[Folded], frozen=True, kw_only=True):
    ref: str
    folded: Folded
    version: int
    entries: tuple[Entry, ...]
    expected: int
    wake_at: datetime | None
    outgoing: tuple[Outgoing, ...]
    filing: Filing = Filing()
    draft: StoredDraft | None = None


class _Row(Struct):
    lane: str
    key: str
    id: str
    rank: int


class _Step(Struct, kw_only=True):
    """What `append.lua` reads."""

    ref: str
    expected: int
    entries: int
    incident: str
    persons: str
    person: str
    trace: str  # what the blind traces are appended to
    traces: tuple[str, ...]
    told: int
    open: bool
    wake: str
    draft: str
    draft_for: int
    rows: list[_Row]


@contextmanager
def _reading(ref: str) -> Iterator[None]:
    """Whatever is wrong with the record, it is Unreadable: damage may first be noticed by an upgrade or the fold."""
    try:
        yield
    except (StoreUnavailable, Unreadable):
        raise
    except Exception as error:  # noqa: BLE001 - see above
        # Not chained: the reason may quote the record.
        raise Unreadable(ref, f"its entries make no record ({type(error).__name__})") from None


class _Ends:
    """The newest entry of the records that were loaded last, as it is stored."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: OrderedDict[str, tuple[int, bytes]] = OrderedDict()

    def note(self, ref: str, length: int, last: bytes) -> None:
        with self._lock:
            self._known[ref] = (length, last)
            self._known.move_to_end(ref)
            while len(self._known) > _ENDS_KNOWN:
                self._known.popitem(last=False)

    def of(self, ref: str, length: int) -> bytes | None:
        """None where it is another length that is known."""
        with self._lock:
            known, last = self._known.get(ref, (0, b""))
        return last if known == length else None


class RedisRecords(Generic[Folded]):
    def __init__(
        self,
        redis: Redis,
        keys: Keys,
        codec: EntryCodec,
        chain: Chain,
        snapshots: Snapshots[Folded],
        fold: Callable[[Sequence[Entry]], Folded],
    ) -> None:
        self._redis = redis
        self._keys = keys
        self._codec = codec
        self._chain = chain
        self._snapshots = snapshots
        self._fold = fold
        self._append = load_script(redis, "append")
        self._ends = _Ends()

    def append(self, step: RecordStep[Folded]) -> None:
        """Raises Conflict or DuplicateIncident; then nothing was written."""
        snapshot = self._snapshots.encode(step.ref, step.version, step.folded) if step.entries else b""
        rows = [encode_outgoing(row) for row in step.outgoing]
        entries = list(self._chained(step))
        draft = [step.draft.stored] if step.draft else []
        args = [json.encode(self._described(step)), snapshot, *entries, *rows, *draft]
        match self._append(self._written(step.ref), args):
            case [b"conflict"]:
                raise Conflict
            case [b"taken", bytes(holder)]:
                raise DuplicateIncident(holder.decode())

    def _written(self, ref: str) -> list[str]:
        keys = self._keys
        record = [keys.entries(ref), keys.record(ref), keys.incidents, keys.open]
        return [*record, keys.due, keys.claimed, keys.leases, keys.lanes, keys.turns]

    def _described(self, step: RecordStep[Folded]) -> _Step:
        return _Step(
            ref=step.ref,
            expected=step.expected,
            entries=len(step.entries),
            incident=step.filing.incident,
            persons=self._keys.persons,
            person=step.filing.person,
            trace=self._keys.traces,
            traces=step.filing.traces,
            told=step.filing.told,
            open=step.filing.open,
            wake=str(ms_after(step.wake_at)) if step.wake_at else "",
            draft=step.draft.key if step.draft else "",
            draft_for=step.draft.seconds if step.draft else 0,
            rows=[_Row(str(row.lane), self._keys.lane(row.lane), row.id, row.rank) for row in step.outgoing],
        )

    def _chained(self, step: RecordStep[Folded]) -> Iterable[bytes]:
        """The entries as stored. What comes before never changes, so it can be read outside the script."""
        name = token_hex(6)
        before = self._before(step) if step.entries else None
        for entry in step.entries:
            before = self._chain.link(step.ref, before, self._codec.encode(step.ref, entry, name))
            yield before

    def _before(self, step: RecordStep[Folded]) -> bytes | None:
        if step.expected == 0:
            return None
        known = self._ends.of(step.ref, step.expected)
        before = known or self._redis.lindex(self._keys.entries(step.ref), step.expected - 1)
        if before is None:
            raise Conflict
        return cast(bytes, before)

    def load(self, ref: str) -> Folded | None:
        """And notes the entry that the next one is chained to: whoever loads is about to append."""
        asked = self._redis.pipeline(transaction=True)
        asked.hget(self._keys.record(ref), "snapshot")
        asked.lindex(self._keys.entries(ref), -1)
        asked.llen(self._keys.entries(ref))
        snapshot, last, length = asked.execute()
        if last is not None:
            self._ends.note(ref, length, last)
        return self.read_asked(ref, snapshot, length)

    def ask(self, asked: Pipeline, ref: str) -> None:
        """For `read_asked`, among other questions: the snapshot, and how many entries there are."""
        asked.hget(self._keys.record(ref), "snapshot")
        asked.llen(self._keys.entries(ref))

    def read_asked(self, ref: str, snapshot: bytes | None, length: int) -> Folded | None:
        return self._read(ref, snapshot) if snapshot or length else None

    def _snapshot(self, ref: str) -> bytes | None:
        return cast(bytes | None, self._redis.hget(self._keys.record(ref), "snapshot"))

    def load_what_can_be(self, refs: Sequence[str]) -> list[Folded | None]:
        """As many as were asked for; None where there is no record, or none that this program can read."""
        found: list[Folded | None] = []
        for start in range(0, len(refs), _AT_ONCE):
            some = refs[start : start + _AT_ONCE]
            found += [self.read_if_possible(*one) for one in zip(some, self._stored(some), strict=True)]
        return found

    def read_if_possible(self, ref: str, snapshot: bytes | None) -> Folded | None:
        """None where this program cannot read it, which is said in the log."""
        try:
            return self._read(ref, snapshot)
        except Unreadable as why:
            log.error("a record cannot be read", ref=ref, why=str(why))
            return None

    def _stored(self, refs: Sequence[str]) -> list[bytes | None]:
        asked = self._redis.pipeline(transaction=False)
        for ref in refs:
            asked.hget(self._keys.record(ref), "snapshot")
        return asked.execute()

    def _read(self, ref: str, snapshot: bytes | None) -> Folded | None:
        """Without a snapshot that this version can read, the entries are folded: they are the record."""
        with _reading(ref):
            folded = self._snapshots.decode(ref, snapshot) if snapshot else None
            if folded is not None:
                return folded
            entries = self.entries(ref)
            return self._fold(entries) if entries else None

    def entries(self, ref: str) -> list[Entry]:
        with _reading(ref):
            return [self._codec.decode(ref, envelope_of(stored)) for stored in self.stored(ref)]

    def stored(self, ref: str) -> list[bytes]:
        """The record as it lies there, for the chain, an anchor or an export."""
        return cast(list[bytes], self._redis.lrange(self._keys.entries(ref), 0, -1))

    def broken_at(self, ref: str) -> int | None:
        """The number, from 1, of the first entry that is not as it was written, or that is gone from the end."""
        stored = self.stored(ref)
        broken = self._chain.broken_at(ref, stored)
        if broken is None and version_of(self._snapshot(ref) or b"") > len(stored):
            return len(stored) + 1
        return broken
