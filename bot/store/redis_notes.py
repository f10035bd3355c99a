"""What processes note about themselves, in a Redis server."""

from secrets import token_hex
from typing import cast

from redis import Redis

from bot.store.keys import Keys
from bot.store.scripts import load_script


class RedisMetrics:
    def __init__(self, redis: Redis, keys: Keys) -> None:
        self._redis = redis
        self._key = keys.metrics

    def count(self, name: str, by: int = 1) -> None:
        self._redis.hincrby(self._key, name, by)

    def read(self) -> dict[str, int]:
        counters = cast(dict[bytes, bytes], self._redis.hgetall(self._key))
        return {name.decode(): int(value) for name, value in counters.items()}


class RedisHeartbeats:
    def __init__(self, redis: Redis, keys: Keys) -> None:
        self._redis = redis
        self._key = keys.heartbeats

    def beat(self, process: str, machine_now: float) -> None:
        self._redis.hset(self._key, process, repr(machine_now))

    def beats(self) -> dict[str, float]:
        beats = cast(dict[bytes, bytes], self._redis.hgetall(self._key))
        return {process.decode(): float(at) for process, at in beats.items()}


class RedisDocuments:
    def __init__(self, redis: Redis, keys: Keys) -> None:
        self._redis = redis
        self._key = keys.documents

    def get(self, name: str) -> bytes | None:
        return cast(bytes | None, self._redis.hget(self._key, name))

    def put(self, name: str, document: bytes) -> None:
        self._redis.hset(self._key, name, document)


class RedisRequests:
    def __init__(self, redis: Redis, keys: Keys, keep: int) -> None:
        self._redis = redis
        self._keep = keep
        self._keys = [keys.requests, keys.request_asks]
        self._seen = load_script(redis, "seen")

    def seen_before(self, request: str, now_ms: int) -> bool:
        return bool(self._seen(self._keys, [request, now_ms, token_hex(6), self._keep]))

    def forget(self, request: str) -> None:
        requests, asks = self._keys
        both = self._redis.pipeline(transaction=True)
        both.zrem(requests, request)
        both.hdel(asks, request)
        both.execute()
