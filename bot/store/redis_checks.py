"""Looks at records as they lie in a Redis server, for what nobody but the bot may have written (`tamper_judge`)."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, cast

from redis import Redis

from bot.ports.errors import Unreadable
from bot.ports.tampered import Tampered
from bot.store.all_records import AllRecords
from bot.store.connection import load_script
from bot.store.keys import Keys
from bot.store.record_facts import StoredRecord, facts_of, timed
from bot.store.record_reader import KEPT, StoredFields
from bot.store.redis_damaged import text
from bot.store.redis_record import RedisRecords
from bot.store.tallies import Tally, as_told
from bot.store.tally_book import TallyBook
from bot.store.tamper_judge import RecordFacts, judged

_PAGE = 500  # names in one round trip


class RedisChecks:
    def __init__(
        self,
        redis: Redis,
        keys: Keys,
        records: AllRecords,
        beside: Sequence[Callable[[], Iterable[Tampered]]] = (),
    ) -> None:
        """`beside`: what else is looked at, that belongs to no record. Each raises StoreUnavailable."""
        self._redis = redis
        self._keys = keys
        self._records = records
        self._beside = beside
        self._tally_book = TallyBook(redis, keys)
        self._seen: dict[str, Tally] = {}  # the farthest that each has come, as this process has seen it
        self._put_right = load_script(redis, "put_right")
        self._put_snapshot = load_script(redis, "put_snapshot")

    def refs(self) -> Iterator[str]:
        seen: set[str] = set()
        for ref in self._told_of():
            if ref not in seen:
                seen.add(ref)
                yield ref

    def _told_of(self) -> Iterator[str]:
        yield from self._records.refs()
        for name, _ in self._tallies():
            yield name.partition(":")[2]
        yield from map(text, cast(set[bytes], self._redis.smembers(self._keys.open)))
        for index in (self._keys.due, self._keys.claimed):
            yield from map(text, cast(list[bytes], self._redis.zrange(index, 0, -1)))

    def _tallies(self) -> Iterator[tuple[str, bytes]]:
        for name, stored in self._redis.hscan_iter(self._keys.tallies, count=_PAGE):
            yield text(name), stored

    # One record.

    def check(self, ref: str) -> tuple[Tampered, ...]:
        records = self._records.of(ref)
        stored = self._stored(ref, records)
        facts = facts_of(ref, records, stored, self._seen.get(ref))
        if facts.counted is not None:
            self._remember(ref, records, facts, facts.counted)
        if not judged(facts):
            return ()
        return judged(timed(facts, records, stored))

    def _remember(self, ref: str, records: RedisRecords[Any], facts: RecordFacts, counted: Tally) -> None:
        """What the server itself does not say any more is kept there, too: others have not seen it."""
        self._seen[ref] = counted
        if facts.torn is None and (facts.tally is None or facts.tally.count < counted.count):
            name = records.seal.name(ref)
            evidence = facts.entries.to_bytes(4) + records.tallies.closed(name, counted)
            self._redis.hsetnx(self._keys.torn, name, evidence)

    def _stored(self, ref: str, records: RedisRecords[Any]) -> StoredRecord:
        keys, name = self._keys, records.seal.name(ref)
        asked = self._redis.pipeline(transaction=True)
        asked.lrange(records.entries_of(ref), 0, -1)
        asked.hmget(records.place_of(ref), *KEPT)
        asked.hget(keys.tallies, name)
        asked.hget(keys.torn, name)
        asked.sismember(keys.open, ref)
        for index in (keys.due, keys.claimed, keys.leases):
            asked.zscore(index, ref)
        entries, kept, tally, torn, in_open, *times = asked.execute()
        return StoredRecord(entries, StoredFields(*kept), tally, torn, bool(in_open), _due(*times))

    def beside(self) -> tuple[Tampered, ...]:
        return tuple(found for look in self._beside for found in look())

    def begin(self, ref: str) -> None:
        with suppress(Unreadable):
            if not self._tally_book.begin(ref, self._records.of(ref)):
                return
            tally = self._tally_book.read(ref, self._records.of(ref)).tally
            if tally is not None and tally.is_open and tally.wake is None:
                self._redis.zadd(self._keys.due, {ref: tally.at}, nx=True)

    def mend(self, ref: str) -> None:
        """Nothing, where somebody took a step meanwhile, or where it is not known what follows."""
        records, keys = self._records.of(ref), self._keys
        name = records.seal.name(ref)
        stored = cast(bytes | None, self._redis.hget(keys.tallies, name))
        tally = records.tallies.opened(name, stored) if stored else None
        if stored is None or tally is None or tally.is_forgotten:
            return
        places = [keys.tallies, keys.open, keys.due, keys.claimed, keys.leases]
        wake = "" if tally.wake is None else tally.wake
        self._put_right(places, [name, stored, ref, int(tally.is_open), wake])

    def fold_anew(self, ref: str) -> None:
        """Nothing, where the entries are not as they were written, or cannot be read."""
        records = self._records.of(ref)
        stored, wrapped = records.stored_with_key(ref)
        if not stored or records.chain.broken_at(ref, stored) is not None:
            return
        with suppress(Unreadable):
            entries = records.opened(ref, stored, wrapped)
            snapshot = records.snapshot_of(ref, records.seal.key(ref, wrapped), entries)
            places = [records.entries_of(ref), records.place_of(ref)]
            self._put_snapshot(places, [len(stored), stored[-1], snapshot])

    # All of them, quickly.

    def suspects(self) -> list[str]:
        """Read one after another, so that a step may come in between: whoever looks closer looks at one moment."""
        keys = self._keys
        is_open = {text(ref) for ref in cast(set[bytes], self._redis.smembers(keys.open))}
        due = {**self._scores(keys.due), **self._claimed()}
        found: list[str] = []
        page: dict[str, bytes] = {}
        for name, stored in self._tallies():
            page[name] = stored
            if len(page) == _PAGE:
                found += self._odd(page, is_open, due)
                page = {}
        return [*found, *self._odd(page, is_open, due)]

    def _odd(self, page: Mapping[str, bytes], is_open: set[str], due: Mapping[str, int]) -> Iterator[str]:
        asked = self._redis.pipeline(transaction=False)
        refs = [name.partition(":")[2] for name in page]
        for ref in refs:
            asked.llen(self._records.of(ref).entries_of(ref))
        for ref, stored, length in zip(refs, page.values(), asked.execute(), strict=True):
            tally = as_told(stored)
            if tally is None or length != tally.count or _is_misfiled(tally, ref in is_open, due.get(ref)):
                yield ref

    def _scores(self, index: str) -> dict[str, int]:
        found = self._redis.zrange(index, 0, -1, withscores=True)
        return {text(ref): int(at) for ref, at in cast(list[tuple[bytes, float]], found)}

    def _claimed(self) -> dict[str, int]:
        """By somebody whose lease can end."""
        leases = self._scores(self._keys.leases)
        return {ref: at for ref, at in self._scores(self._keys.claimed).items() if ref in leases}


def _due(due: float | None, claimed: float | None, lease: float | None) -> int | None:
    """A claim whose lease cannot end is none."""
    times = (due, claimed if lease is not None else None)
    return min((int(at) for at in times if at is not None), default=None)


def _is_misfiled(tally: Tally, is_open: bool, due: int | None) -> bool:
    if tally.is_forgotten:
        return False
    return tally.is_open != is_open or (tally.wake is not None and (due is None or due > tally.wake))
