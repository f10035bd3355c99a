"""One record in a Redis server, as it is read: a list of entries, chained, and the snapshot of their fold beside it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Generic, NamedTuple, TypeVar, cast

import structlog
from redis import Redis

from bot.domain.events import Entry
from bot.ports.damaged import Damaged, DamageKind
from bot.ports.errors import StoreUnavailable, Unreadable
from bot.ports.outbox import Outgoing
from bot.store.case_keys import FORGOTTEN
from bot.store.codec import Chain, EntryCodec, Snapshots, encode_outgoing, is_sealed, step_of
from bot.store.connection import Pipeline
from bot.store.house_keys import HouseKeys
from bot.store.keys import Keys
from bot.store.record_ends import RecordEnd, RecordEnds
from bot.store.redis_damaged import text
from bot.store.sealed import Seal, version_of
from bot.store.sealing import DataKey, NotOpened

Folded = TypeVar("Folded")

log = structlog.get_logger()

_AT_ONCE = 1_000  # snapshots in one round trip


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


class StoredFields(NamedTuple):
    """What lies beside the entries, as it is stored."""

    snapshot: bytes | None
    key: bytes | None  # wrapped


KEPT = ("snapshot", "key")


class RecordReader(Generic[Folded]):
    def __init__(
        self,
        redis: Redis,
        keys: Keys,
        house: HouseKeys,
        seal: Seal,
        snapshots: Snapshots[Folded],
        fold: Callable[[Sequence[Entry]], Folded],
    ) -> None:
        self.seal = seal
        self.chain = Chain(house.chain)
        self._redis = redis
        self._keys = keys
        self._house = house
        self._codec = EntryCodec()
        self._snapshots = snapshots
        self._fold = fold
        self._ends = RecordEnds()

    def load(self, ref: str) -> Folded | None:
        """And notes the entry that the next one is chained to: whoever loads is about to append."""
        asked = self._redis.pipeline(transaction=True)
        self._ask_whole(asked, ref)
        return self._noted(ref, *asked.execute())

    def load_each(self, refs: Sequence[str]) -> list[Folded]:
        """The same of many in one round trip; what cannot be read is left out."""
        found: list[Folded] = []
        asked = self._redis.pipeline(transaction=True)
        for ref in refs:
            self._ask_whole(asked, ref)
        for ref, *answers in zip(refs, *[iter(asked.execute())] * 3, strict=True):
            with suppress(Unreadable):
                folded = self._noted(ref, *answers)
                found += [folded] if folded is not None else []
        return found

    def _ask_whole(self, asked: Pipeline, ref: str) -> None:
        asked.hmget(self._keys.record(ref), *KEPT)
        asked.lindex(self._keys.entries(ref), -1)
        asked.llen(self._keys.entries(ref))

    def _noted(
        self, ref: str, kept: Sequence[bytes | None], last: bytes | None, length: int
    ) -> Folded | None:
        if last is not None:
            self._ends.note(ref, length, RecordEnd(last, StoredFields(*kept).key))
        return self.read_asked(ref, kept, length)

    def ask(self, asked: Pipeline, ref: str) -> None:
        """For `read_asked`, among other questions: what is kept, and how many entries there are."""
        asked.hmget(self._keys.record(ref), *KEPT)
        asked.llen(self._keys.entries(ref))

    def read_asked(self, ref: str, kept: Sequence[bytes | None], length: int) -> Folded | None:
        """A snapshot from before the newest entry is not believed."""
        found = StoredFields(*kept)
        if found.snapshot and version_of(found.snapshot) < length:
            found = found._replace(snapshot=None)
        return self._read(ref, found) if found.snapshot or length else None

    def kept(self, ref: str) -> StoredFields:
        return StoredFields(*cast(list[bytes | None], self._redis.hmget(self._keys.record(ref), KEPT)))

    def key_of(self, ref: str) -> DataKey | None:
        """None where it has none. Raises Unreadable and Erased."""
        wrapped = self._ends.key(ref) or self.kept(ref).key
        return None if wrapped is None else self.seal.key(ref, wrapped)

    def sealed_row(self, row: Outgoing) -> bytes:
        """Raises Unreadable and Erased."""
        key = self.key_of(row.ref)
        return self.seal.row(key, row) if key else encode_outgoing(row)

    def drop(self, ref: str) -> None:
        """What is in memory of it: its key was forgotten."""
        wrapped = self._ends.key(ref)
        self._ends.drop(ref)
        if wrapped is not None:
            self.seal.keys.drop(self.seal.name(ref), wrapped)

    def load_what_can_be(self, refs: Sequence[str]) -> list[Folded | None]:
        """As many as were asked for; None where there is no record, or none that this program can read."""
        found: list[Folded | None] = []
        for start in range(0, len(refs), _AT_ONCE):
            some = refs[start : start + _AT_ONCE]
            found += [self.read_if_possible(*one) for one in zip(some, self._stored(some), strict=True)]
        return found

    def read_if_possible(self, ref: str, kept: Sequence[bytes | None]) -> Folded | None:
        """None where this program cannot read it, which is said in the log."""
        try:
            return self._read(ref, StoredFields(*kept))
        except Unreadable as why:
            log.error("a record cannot be read", ref=ref, why=str(why))
            return None

    def _stored(self, refs: Sequence[str]) -> list[list[bytes | None]]:
        asked = self._redis.pipeline(transaction=False)
        for ref in refs:
            asked.hmget(self._keys.record(ref), *KEPT)
        return asked.execute()

    def _read(self, ref: str, kept: StoredFields) -> Folded | None:
        """Without a snapshot that this version can read, the entries are folded: they are the record."""
        with _reading(ref):
            folded = self._folded(ref, kept)
            if folded is not None:
                return folded
            entries = self.entries(ref)
            return self._fold(entries) if entries else None

    def _folded(self, ref: str, kept: StoredFields) -> Folded | None:
        """None, too, of one in clear where none can be any more: whoever has no key could have written it."""
        if not is_sealed(kept.snapshot or b"") and (kept.key is not None or self._house.is_closed()):
            return None
        try:
            return self._snapshots.decode(self.seal.opened_snapshot(ref, kept.snapshot or b"", kept.key))
        except NotOpened:
            return None

    def entries(self, ref: str) -> list[Entry]:
        return self.opened(ref, *self.stored_with_key(ref))

    def stored_with_key(self, ref: str) -> tuple[list[bytes], bytes | None]:
        """The entries as they lie there, and the wrapped key."""
        asked = self._redis.pipeline(transaction=True)
        asked.lrange(self._keys.entries(ref), 0, -1)
        asked.hget(self._keys.record(ref), "key")
        stored, wrapped = asked.execute()
        return stored, wrapped

    def opened(self, ref: str, stored: Sequence[bytes], wrapped: bytes | None) -> list[Entry]:
        with _reading(ref):
            return [self._codec.decode(ref, each) for each in self.envelopes(ref, stored, wrapped)]

    def envelopes(self, ref: str, stored: Sequence[bytes], wrapped: bytes | None) -> list[bytes]:
        self._prove_what_is_in_clear(ref, stored)
        numbered = enumerate(stored, start=1)
        return [self.seal.opened_entry(ref, number, each, wrapped) for number, each in numbered]

    def _prove_what_is_in_clear(self, ref: str, stored: Sequence[bytes]) -> None:
        """A box proves itself. Raises NotOpened: what is in clear comes before all boxes."""
        in_clear = [each for each in stored if not is_sealed(each)]
        if in_clear != list(stored[: len(in_clear)]) or self._unproved(ref, stored):
            raise NotOpened("what is in clear does not go on from what was before it")

    def _unproved(self, ref: str, stored: Sequence[bytes]) -> set[int]:
        """The number of each entry in clear that could be anybody's."""
        in_clear = {number for number, each in enumerate(stored, start=1) if not is_sealed(each)}
        if not in_clear or self._house.is_closed():
            return in_clear
        return in_clear & set(self.chain.breaks(ref, stored))

    def is_believed(self, ref: str, kept: StoredFields, stored: Sequence[bytes]) -> bool:
        """Whether a snapshot in clear says what the entries say, where those lie in clear, too."""
        if kept.key is not None or any(map(is_sealed, stored)) or self._house.is_closed():
            return False
        snapshot = kept.snapshot or b""
        folded = self._snapshots.decode(snapshot)
        if folded is None:
            return self._snapshots.is_whole(snapshot)
        with _reading(ref):
            return folded == self._fold(self.opened(ref, stored, None))

    def snapshot_of(self, ref: str, key: DataKey, entries: Sequence[Entry]) -> bytes:
        """Folded anew, as it is to be stored."""
        plain = self._snapshots.encode(len(entries), self._fold(entries))
        return self.seal.snapshot(key, ref, len(entries), plain)

    def place_of(self, ref: str) -> str:
        """Under which key of the server its snapshot and its key lie."""
        return self._keys.record(ref)

    def refs(self) -> Iterator[str]:
        """Of every record of this kind that has entries; the server may name one twice."""
        before, after = self.entries_of("*").split("*")
        for key in self._redis.scan_iter(match=f"{before}*{after}", count=1000):
            yield text(key).removeprefix(before).removesuffix(after)

    def erased(self, refs: Sequence[str]) -> set[str]:
        """Those of them whose key was forgotten."""
        asked = self._redis.pipeline(transaction=False)
        for ref in refs:
            asked.hget(self._keys.record(ref), "key")
        return {ref for ref, key in zip(refs, asked.execute(), strict=True) if key == FORGOTTEN}

    def entries_of(self, ref: str) -> str:
        """And under which its entries do."""
        return self._keys.entries(ref)

    def steps(self, ref: str) -> list[str]:
        """Of each entry, the append that wrote it."""
        with _reading(ref):
            return [step_of(each) for each in self.envelopes(ref, *self.stored_with_key(ref))]

    def what_can_be_read(self, ref: str) -> list[Entry | None]:
        """Each entry; None for one that cannot be read."""
        return self.read_each(ref, *self.stored_with_key(ref))

    def read_each(self, ref: str, stored: Sequence[bytes], wrapped: bytes | None) -> list[Entry | None]:
        unproved = self._unproved(ref, stored)
        return [
            None if number in unproved else self._entry(ref, number, each, wrapped)
            for number, each in enumerate(stored, start=1)
        ]

    def _entry(self, ref: str, number: int, stored: bytes, wrapped: bytes | None) -> Entry | None:
        try:
            with _reading(ref):
                return self._codec.decode(ref, self.seal.opened_entry(ref, number, stored, wrapped))
        except Unreadable:
            return None

    def damaged(self, ref: str) -> list[Damaged]:
        """Its entries that cannot be read, as they lie there."""
        key, (stored, wrapped) = self._keys.entries(ref), self.stored_with_key(ref)
        return [
            Damaged(
                kind=DamageKind.ENTRY, name=f"{ref}:{number}", key=key, field=str(number - 1), stored=each
            )
            for number, (each, read) in enumerate(
                zip(stored, self.read_each(ref, stored, wrapped), strict=True), 1
            )
            if read is None
        ]

    def stored(self, ref: str) -> list[bytes]:
        """The record as it lies there, for the chain, an anchor or an export."""
        return cast(list[bytes], self._redis.lrange(self._keys.entries(ref), 0, -1))

    def broken_at(self, ref: str) -> int | None:
        """The number, from 1, of the first entry that is not as it was written, or that is gone from the end."""
        stored = self.stored(ref)
        broken = self.chain.broken_at(ref, stored)
        if broken is None and version_of(self.kept(ref).snapshot or b"") > len(stored):
            return len(stored) + 1
        return broken
