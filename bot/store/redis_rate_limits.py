"""Rate limits in a Redis server: all processes keep them together."""

from collections.abc import Mapping
from typing import cast
from uuid import uuid4

from redis import Redis

from bot.store.scripts import load_script
from bot.store.store_limits import GAP, MINUTE, most_edits
from bot.time import LONGEST_WAIT


class RedisRateLimits:
    def __init__(self, redis: Redis, prefix: str = "missing", *, edits_a_minute: int) -> None:
        self._redis = redis
        self._edits_a_minute = edits_a_minute
        names = ("gates", "holds", "falls", "refused")
        self._gates, self._holds, self._falls, self._refused = (f"{prefix}:{name}" for name in names)
        self._edits = f"{prefix}:edits"
        self._enter = load_script(redis, "rate_enter")
        self._enter_edit = load_script(redis, "rate_enter_edit")
        self._shut = load_script(redis, "rate_shut")

    def enter(self, channel: str, machine_now: float) -> float:
        times = (repr(machine_now), repr(machine_now + GAP), repr(machine_now + LONGEST_WAIT))
        return float(cast(bytes, self._enter([self._gates], [channel, *times])))

    def enter_edit(self, machine_now: float, *, is_patient: bool) -> float:
        asked = (
            repr(machine_now),
            MINUTE,
            most_edits(self._edits_a_minute, is_patient=is_patient),
            uuid4().hex,
        )
        return float(cast(bytes, self._enter_edit([self._edits], asked)))

    def shut(self, gate: str, until: float) -> None:
        self._shut([self._gates], [gate, repr(until), repr(until + LONGEST_WAIT)])

    def opens(self, gate: str) -> float:
        return float(cast(bytes | None, self._redis.hget(self._gates, gate)) or 0)

    def hold(self, lane: str, until: float) -> None:
        self._redis.hset(self._holds, lane, repr(until))

    def holds(self) -> Mapping[str, float]:
        found = cast(dict[bytes, bytes], self._redis.hgetall(self._holds))
        return {lane.decode(): float(until) for lane, until in found.items()}

    def fell(self, lane: str) -> int:
        return self._redis.hincrby(self._falls, lane, 1)

    def recovered(self, lane: str) -> None:
        self._redis.hdel(self._falls, lane)
        self._redis.hdel(self._refused, lane)

    def refuse(self, lane: str, code: str) -> None:
        self._redis.hset(self._refused, lane, code)

    def refused(self) -> Mapping[str, str]:
        found = cast(dict[bytes, bytes], self._redis.hgetall(self._refused))
        return {lane.decode(): code.decode() for lane, code in found.items()}
