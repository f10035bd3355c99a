"""The due index in a Redis server. Losing the reply to a claim costs one lease, as losing its holder does."""

from datetime import datetime
from typing import cast

from redis import Redis

from bot.store.keys import Keys
from bot.store.millis import from_ms, ms_before
from bot.store.scripts import load_script
from bot.time import LONGEST_WAIT


class RedisDue:
    def __init__(self, redis: Redis, keys: Keys) -> None:
        self._redis = redis
        self._keys = keys
        self._claim = load_script(redis, "claim_due")
        self._wake = load_script(redis, "wake")

    def claim(self, now: datetime, machine_now: float, limit: int, lease: float) -> list[str]:
        keys = [self._keys.due, self._keys.claimed, self._keys.leases]
        found = self._claim(
            keys, [ms_before(now), machine_now, machine_now + lease, limit, machine_now + LONGEST_WAIT]
        )
        return [ref.decode() for ref in found]

    def next_at(self) -> datetime | None:
        first = cast(list[tuple[bytes, float]], self._redis.zrange(self._keys.due, 0, 0, withscores=True))
        return from_ms(first[0][1]) if first else None

    def overdue(self, now: datetime) -> int:
        asked = self._redis.pipeline(transaction=True)
        asked.zcount(self._keys.due, "-inf", ms_before(now))
        asked.zcount(self._keys.claimed, "-inf", ms_before(now))
        return sum(asked.execute())

    def wake(self, ref: str, at: datetime) -> None:
        self._wake([self._keys.due, self._keys.claimed], [ms_before(at), ref])

    def waiting(self, now: datetime, limit: int) -> dict[str, datetime]:
        asked = self._redis.pipeline(transaction=True)
        for key in (self._keys.due, self._keys.claimed):
            asked.zrangebyscore(key, "-inf", ms_before(now), start=0, num=limit, withscores=True)
        found = sorted((at, ref) for some in asked.execute() for ref, at in some)
        return {ref.decode(): from_ms(at) for at, ref in found[:limit]}
