"""Signs of life and small counts, so that silence can be told from calm. No names, no references: roles of processes."""

from collections import Counter
from collections.abc import Mapping
from typing import Protocol, cast

from redis import Redis

_BEATS = "missing:beats"
_COUNTS = "missing:counts"

TIMER = "timer"
RECHECK = "recheck"
DELIVER = "deliver"


class Pulse(Protocol):
    def beat(self, process: str, machine_now: float) -> None:
        """`process` went once through all of its work, just now."""

    def beats(self) -> Mapping[str, float]:
        """When each kind of process last did, in machine seconds."""

    def count(self, what: str, by: int = 1) -> None: ...

    def counts(self) -> Mapping[str, int]: ...


class RedisPulse:
    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    def beat(self, process: str, machine_now: float) -> None:
        self._redis.hset(_BEATS, process, repr(machine_now))

    def beats(self) -> Mapping[str, float]:
        return {name.decode(): float(at) for name, at in self._all(_BEATS).items()}

    def count(self, what: str, by: int = 1) -> None:
        self._redis.hincrby(_COUNTS, what, by)

    def counts(self) -> Mapping[str, int]:
        return {name.decode(): int(number) for name, number in self._all(_COUNTS).items()}

    def _all(self, key: str) -> dict[bytes, bytes]:
        return cast(dict[bytes, bytes], self._redis.hgetall(key))


class MemoryPulse:
    def __init__(self) -> None:
        self._beats: dict[str, float] = {}
        self._counts: Counter[str] = Counter()

    def beat(self, process: str, machine_now: float) -> None:
        self._beats[process] = machine_now

    def beats(self) -> Mapping[str, float]:
        return dict(self._beats)

    def count(self, what: str, by: int = 1) -> None:
        self._counts[what] += by

    def counts(self) -> Mapping[str, int]:
        return dict(self._counts)
