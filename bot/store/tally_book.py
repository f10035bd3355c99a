"""Tallies beside the steps: begun for records from before there were any, kept right where a record is re-written."""

from collections.abc import Sequence
from typing import Any, cast

from msgspec import Struct
from msgspec.structs import replace
from redis import Redis

from bot.domain.case import Case, Status
from bot.store.codec import is_counted, ms_before
from bot.store.connection import load_script
from bot.store.keys import Keys
from bot.store.redis_record import RedisRecords
from bot.store.tallies import NOTHING_COUNTED, Tally, recounted


class ReadTally(Struct, frozen=True, kw_only=True):
    stored: bytes  # empty where there is none
    tally: Tally | None  # None, too, where it is not as it was written


class TallyBook:
    def __init__(self, redis: Redis, keys: Keys) -> None:
        self._redis = redis
        self._keys = keys
        self._begin = load_script(redis, "begin_tally")

    @property
    def place(self) -> str:
        """Under which key of the server they lie."""
        return self._keys.tallies

    def read(self, ref: str, records: RedisRecords[Any]) -> ReadTally:
        name = records.seal.name(ref)
        stored = cast(bytes | None, self._redis.hget(self._keys.tallies, name)) or b""
        return ReadTally(stored=stored, tally=records.tallies.opened(name, stored))

    def begin(self, ref: str, records: RedisRecords[Any]) -> bool:
        """For a record that was never counted, from what lies there. False where nothing is to be done, or can be:
        what cannot be proved is left for who verifies it. Raises Unreadable."""
        stored = records.stored(ref)
        if not stored or is_counted(stored[-1]) or self.read(ref, records).stored:
            return False
        if records.chain.broken_at(ref, stored) is not None:
            return False
        name = records.seal.name(ref)
        tally = records.tallies.closed(name, self.fresh(ref, records, stored))
        places = [self._keys.tallies, records.entries_of(ref)]
        return bool(self._begin(places, [name, len(stored), stored[-1], tally]))

    def again(
        self, ref: str, records: RedisRecords[Any], before: ReadTally, entries: Sequence[bytes]
    ) -> bytes:
        """As it is to be stored with these entries. What it says of the sets stays. Raises Unreadable."""
        tally = recounted(before.tally or self.fresh(ref, records, entries), entries)
        return records.tallies.closed(records.seal.name(ref), tally)

    def fresh(self, ref: str, records: RedisRecords[Any], entries: Sequence[bytes]) -> Tally:
        """From the record, and the time at which it is to be looked at as the sets have it. Raises Unreadable."""
        folded = records.load(ref)
        is_open = isinstance(folded, Case) and folded.status is not Status.CLOSED
        at = ms_before(folded.changed_at) if folded is not None and folded.changed_at else 0
        tally = replace(NOTHING_COUNTED, wake=self._wake(ref), at=at, is_open=is_open)
        return recounted(tally, entries)

    def forgotten(self, ref: str, records: RedisRecords[Any], before: ReadTally) -> bytes:
        """Of a case whose key is erased: nobody looks at it any more."""
        stored = records.stored(ref)
        was = before.tally or recounted(NOTHING_COUNTED, stored)
        tally = replace(was, wake=None, is_open=False, is_forgotten=True)
        return records.tallies.closed(records.seal.name(ref), tally)

    def _wake(self, ref: str) -> int | None:
        asked = self._redis.pipeline(transaction=True)
        for index in (self._keys.due, self._keys.claimed):
            asked.zscore(index, ref)
        return min((int(at) for at in asked.execute() if at is not None), default=None)
