"""One record in a Redis server, as it is written: step by step, each sealed and chained to the one before."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from secrets import token_hex
from typing import NamedTuple, TypeVar, cast

import structlog
from msgspec import json
from redis import Redis

from bot.domain.events import Entry
from bot.domain.processing import of_step
from bot.ports.errors import AlreadySaved, Conflict, DuplicateIncident, StoreUnavailable, Unreadable
from bot.store.codec import Snapshots, link_of
from bot.store.connection import CopiedScript
from bot.store.errors import WrongKey
from bot.store.house_keys import HouseKeys
from bot.store.keys import Keys
from bot.store.log_boxes import LogBoxes
from bot.store.record_ends import RecordEnd
from bot.store.record_reader import RecordReader
from bot.store.record_step import RecordStep, described
from bot.store.sealed import Seal
from bot.store.sealing import DataKey
from bot.store.tallies import NOTHING_COUNTED, Tallies, recounted, tally_after

Folded = TypeVar("Folded")

log = structlog.get_logger()


class _Sealed(NamedTuple):
    """What a step writes, as it is stored."""

    before: bytes  # the link that the first entry goes on from
    snapshot: bytes
    tally: bytes
    content: tuple[bytes, ...]  # entries, then rows of the outbox


class RedisRecords(RecordReader[Folded]):
    def __init__(
        self,
        redis: Redis,
        keys: Keys,
        house: HouseKeys,
        seal: Seal,
        snapshots: Snapshots[Folded],
        fold: Callable[[Sequence[Entry]], Folded],
        log_boxes: LogBoxes,
    ) -> None:
        """`log_boxes`: of the processing log, in which each step stands with what it writes."""
        super().__init__(redis, keys, house, seal, snapshots, fold)
        self.tallies = Tallies(house.tally)
        self._log_boxes = log_boxes
        self._append = CopiedScript(redis, "append")

    def append(self, step: RecordStep[Folded]) -> None:
        """Raises Conflict, DuplicateIncident or AlreadySaved; then nothing was written."""
        match self._written(step, *self._made(step)):
            case [b"conflict" | b"rewrap"]:
                self._ends.drop(step.ref)
                raise Conflict
            case [b"taken", bytes(holder)]:
                raise DuplicateIncident(holder.decode())
            case [b"saved"]:
                raise AlreadySaved

    def append_each(self, steps: Sequence[RecordStep[Folded]]) -> list[bool]:
        """In one round trip, each by itself: whether it was written."""
        asked: dict[str, tuple[list[str], list[str | bytes]]] = {}
        for step in steps:
            with suppress(Conflict, Unreadable):
                asked[step.ref] = self._touched(step.ref), self._arguments(step, *self._made(step))
        answers = self._append.each(list(asked.values()))
        done = {ref for ref, answer in zip(asked, answers, strict=True) if answer == [b"done"]}
        for ref in asked.keys() - done:
            self._ends.drop(ref)
        return [step.ref in done for step in steps]

    def _made(self, step: RecordStep[Folded]) -> tuple[bytes, _Sealed]:
        if step.entries or step.outgoing:
            return self._sealed(step)
        return b"", self._moved(step)

    def _sealed(self, step: RecordStep[Folded]) -> tuple[bytes, _Sealed]:
        """The case's key, wrapped, and what is written under it."""
        end = self._end(step)
        wrapped = end.key or self.seal.keys.new(self.seal.name(step.ref), self._house.master())
        key = self.seal.key(step.ref, wrapped)
        snapshot = self._sealed_snapshot(key, step) if step.entries else b""
        rows = (self.seal.row(key, row) for row in step.outgoing)
        entries = tuple(self._chained(step, key, end.last))
        tally = self._tally(step, entries[-1] if entries else end.last)
        before = link_of(end.last) if step.entries else b""
        return wrapped, _Sealed(before, snapshot, tally, (*entries, *rows))

    def _moved(self, step: RecordStep[Folded]) -> _Sealed:
        """Nothing but the next wake-up."""
        return _Sealed(b"", b"", self._tally(step, self._end(step).last), ())

    def _tally(self, step: RecordStep[Folded], last: bytes) -> bytes:
        return self.tallies.closed(self.seal.name(step.ref), tally_after(step, last))

    def _written(self, step: RecordStep[Folded], wrapped: bytes, sealed: _Sealed) -> list[bytes]:
        """Where the record came under another master key meanwhile, a new case's key is wrapped under that one."""
        answer = self._asked_to_write(step, wrapped, sealed)
        if answer != [b"rewrap"]:
            return answer
        self._read_house_again()
        name = self.seal.name(step.ref)
        anew = self._house.masters.wrap_anew(name, wrapped, self._house.master().id)
        return self._asked_to_write(step, anew, sealed)

    def _asked_to_write(self, step: RecordStep[Folded], wrapped: bytes, sealed: _Sealed) -> list[bytes]:
        args = self._arguments(step, wrapped, sealed)
        return cast(list[bytes], self._append(self._touched(step.ref), args))

    def _arguments(self, step: RecordStep[Folded], wrapped: bytes, sealed: _Sealed) -> list[str | bytes]:
        keys = [wrapped, self._house.wrapped() if wrapped else b""]
        log_lines = [self._log_boxes.sealed(line).box for line in of_step(step.ref, step.entries)]
        return [
            json.encode(described(step, self.seal.name(step.ref), self._keys, len(log_lines))),
            *keys,
            sealed.before,
            sealed.snapshot,
            sealed.tally,
            *sealed.content,
            *log_lines,
        ]

    def _read_house_again(self) -> None:
        try:
            self._house.read_again()
        except WrongKey as wrong:
            log.error(str(wrong))
            raise StoreUnavailable(type(wrong).__name__) from None

    def _touched(self, ref: str) -> list[str]:
        keys = self._keys
        record = [keys.entries(ref), keys.record(ref), self._house.root_key, keys.incidents, keys.open]
        known = [*record, keys.due, keys.claimed, keys.leases, keys.lanes, keys.turns]
        return [*known, keys.tallies, keys.torn, keys.log, keys.metrics]

    def _sealed_snapshot(self, key: DataKey, step: RecordStep[Folded]) -> bytes:
        return self.seal.snapshot(
            key, step.ref, step.version, self._snapshots.encode(step.version, step.folded)
        )

    def _chained(self, step: RecordStep[Folded], key: DataKey, before: bytes) -> Iterable[bytes]:
        """The entries as stored."""
        return self.chained(step.ref, key, self._encoded(step.entries), after=step.expected, before=before)

    def _encoded(self, entries: Iterable[Entry]) -> Iterator[bytes]:
        """By one append, which each of them names."""
        name = token_hex(6)
        return (self._codec.encode(entry, name) for entry in entries)

    def chained(
        self, ref: str, key: DataKey, envelopes: Iterable[bytes], *, after: int = 0, before: bytes = b""
    ) -> Iterator[bytes]:
        """Sealed, each linked to the one before. `after`: how many entries there are already; `before`: the last."""
        for number, envelope in enumerate(envelopes, start=after + 1):
            before = self.chain.link(ref, before or None, self.seal.entry(key, ref, number, envelope))
            yield before

    def _end(self, step: RecordStep[Folded]) -> RecordEnd:
        """What comes before changes by being sealed alone, which the script notices: it can be read outside of it."""
        if step.expected == 0:
            return RecordEnd(b"", None)
        return self._ends.of(step.ref, step.expected) or self._asked_end(step)

    def _asked_end(self, step: RecordStep[Folded]) -> RecordEnd:
        asked = self._redis.pipeline(transaction=False)
        asked.lindex(self._keys.entries(step.ref), step.expected - 1)
        asked.hget(self._keys.record(step.ref), "key")
        last, key = asked.execute()
        if last is None:
            raise Conflict
        return RecordEnd(last, key)

    def begin_anew(self, ref: str, entries: Sequence[Entry], kept_as: str) -> None:
        """With these entries alone; what lay there is kept under another key."""
        wrapped = self._usable_key(ref)
        key = self.seal.key(ref, wrapped)
        chained = list(self.chained(ref, key, self._encoded(entries)))
        snapshot = self.snapshot_of(ref, key, entries)
        anew = self._redis.pipeline(transaction=True)
        anew.rename(self._keys.entries(ref), kept_as)
        if chained:
            anew.rpush(self._keys.entries(ref), *chained)
        anew.hset(self._keys.record(ref), mapping={"snapshot": snapshot, "key": wrapped})
        anew.hset(self._keys.tallies, self.seal.name(ref), self._counted_anew(ref, chained))
        anew.hdel(self._keys.torn, self.seal.name(ref))
        anew.execute()
        self._ends.drop(ref)

    def _counted_anew(self, ref: str, entries: Sequence[bytes]) -> bytes:
        """What the tally says of the sets stays."""
        name = self.seal.name(ref)
        stored = cast(bytes | None, self._redis.hget(self._keys.tallies, name)) or b""
        before = self.tallies.opened(name, stored) or NOTHING_COUNTED
        return self.tallies.closed(name, recounted(before, entries))

    def _usable_key(self, ref: str) -> bytes:
        """The one that it has, or where that cannot be opened, another; wrapped."""
        wrapped = self.kept(ref).key
        try:
            self.seal.key(ref, wrapped)
        except Unreadable:
            return self.seal.keys.new(self.seal.name(ref), self._house.master())
        assert wrapped is not None, "it was opened"
        return wrapped
