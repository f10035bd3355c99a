"""What processes note about themselves, in a Redis server."""

from secrets import token_hex
from typing import cast

from redis import Redis

from bot.ports.notes import Arrived
from bot.store.keys import Keys
from bot.store.redis_rosters import RedisRosters
from bot.store.scripts import Pipeline, in_one_go, load_script


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
        self.script = load_script(redis, "seen")

    def seen_before(self, request: str, now_ms: int) -> bool:
        return bool(self.script(self._keys, [request, now_ms, token_hex(6), self._keep]))

    def ask(self, asked: Pipeline, request: str, now_ms: int) -> None:
        self.script.queue(asked, self._keys, [request, now_ms, token_hex(6), self._keep])

    def forget(self, request: str) -> None:
        requests, asks = self._keys
        both = self._redis.pipeline(transaction=True)
        both.zrem(requests, request)
        both.hdel(asks, request)
        both.execute()


class RedisArrivals:
    """One round trip for what each request asks before anything else."""

    def __init__(self, redis: Redis, keys: Keys, requests: RedisRequests, rosters: RedisRosters) -> None:
        self._redis = redis
        self._documents = keys.documents
        self._requests = requests
        self._rosters = rosters

    def arrive(self, request: str, now_ms: int, directory: str) -> Arrived:
        def queued(asked: Pipeline) -> None:
            self._requests.ask(asked, request, now_ms)
            asked.hget(self._documents, directory)
            self._rosters.ask(asked)

        seen, document, snapshot, length = in_one_go(self._redis, queued, self._requests.script)
        return Arrived(
            seen_before=bool(seen), directory=document, roster=self._rosters.read(snapshot, length)
        )
