"""Bit rot: what becomes of one case when its bytes on the server go bad, and when a technician has put them back."""

from typing import Any

from bot.ports.stores import Stores
from bot.store.memory import MemoryStores
from bot.store.redis_stores import RedisStores


class Damage:
    """In memory nothing can go bad: there the case is gone."""

    def __init__(self, stores: Stores, ref: str) -> None:
        self._stores = stores
        self._ref = ref
        self._whole: Any = None

    def strike(self, *, snapshot: bool = True, entries: bool = True) -> None:
        """Everything of it, but for what a test says is spared."""
        if isinstance(self._stores, MemoryStores):
            cases = self._stores.cases
            self._whole = cases._cases.pop(self._ref), cases._entries.pop(self._ref)
            return
        redis, record, list_of_entries = self._places()
        self._whole = redis.hget(record, "snapshot"), redis.lrange(list_of_entries, 0, -1)
        for index, entry in enumerate(self._whole[1] if entries else ()):
            redis.lset(list_of_entries, index, _spoilt(entry))
        if snapshot:
            redis.hset(record, "snapshot", _spoilt(self._whole[0]))

    def mend(self) -> None:
        if isinstance(self._stores, MemoryStores):
            cases = self._stores.cases
            cases._cases[self._ref], cases._entries[self._ref] = self._whole
            return
        redis, record, entries = self._places()
        redis.hset(record, "snapshot", self._whole[0])
        for index, entry in enumerate(self._whole[1]):
            redis.lset(entries, index, entry)

    def _places(self) -> tuple[Any, str, str]:
        assert isinstance(self._stores, RedisStores)
        cases = self._stores.cases
        return cases._redis, cases._keys.record(self._ref), cases._keys.entries(self._ref)


def _spoilt(stored: bytes) -> bytes:
    """The second half of it is noise."""
    kept = len(stored) // 2
    return stored[:kept] + b"\xff" * (len(stored) - kept)


class DamagedRow:
    """One row of the outbox, in a Redis server."""

    def __init__(self, stores: RedisStores, lane: str, id: str) -> None:
        self._redis: Any = stores.outbox._redis
        self._key = stores.outbox._keys.lane(lane)
        self._id = id

    def strike(self) -> bytes:
        """Its new bytes."""
        noise = _spoilt(self._redis.hget(f"{self._key}:rows", self._id))
        self._redis.hset(f"{self._key}:rows", self._id, noise)
        return noise

    def lose(self) -> None:
        """Its place in the lane is left."""
        self._redis.hdel(f"{self._key}:rows", self._id)

    def rename(self, id: bytes) -> None:
        """So that nobody can tell what it was."""
        self._redis.zadd(f"{self._key}:order", {id: self._redis.zscore(f"{self._key}:order", self._id)})
        self._redis.zrem(f"{self._key}:order", self._id)
        self._redis.hset(f"{self._key}:rows", id, self.strike())
        self._redis.hdel(f"{self._key}:rows", self._id)
