"""What processes note about themselves, in a Redis server."""

from secrets import token_hex
from typing import TypeVar, cast

from redis import Redis

from bot.ports.metrics import Counts, Metrics
from bot.ports.notes import Arrived
from bot.ports.places import CardKey, ListKey
from bot.store.connection import CopiedScript, Pipeline, in_one_go, load_script
from bot.store.keys import Keys
from bot.store.one_reading import read_once
from bot.store.redis_damaged import RedisDamaged, text
from bot.store.redis_documents import RedisDocuments
from bot.store.redis_drafts import RedisRosters

Key = TypeVar("Key", CardKey, ListKey)


class RedisMetrics(Metrics):
    """One that is no number any more begins anew."""

    def __init__(self, redis: Redis, keys: Keys) -> None:
        self._redis = redis
        self._key = keys.metrics
        self._add_up = load_script(redis, "add_up")

    def add(self, counts: Counts) -> None:
        self._add_up([self._key], [each for count in counts.items() for each in count])

    def read(self) -> dict[str, int]:
        return read_once(self, self._key, self._read)

    def _read(self) -> dict[str, int]:
        counters = cast(dict[bytes, bytes], self._redis.hgetall(self._key))
        return {text(name): int(value) for name, value in counters.items() if value.isdigit()}


class RedisHeartbeats:
    def __init__(self, redis: Redis, keys: Keys, damaged: RedisDamaged) -> None:
        self._redis = redis
        self._key = keys.heartbeats
        self._tried = keys.beats_tried
        self._damaged = damaged
        self._saves = CopiedScript(redis, "beat")

    def beat(self, process: str, machine_now: float) -> None:
        self._redis.hset(self._key, process, repr(machine_now))

    def beat_as_saved(self, process: str, machine_now: float) -> None:
        """Elsewhere first: what no copy holds in time is there all the same, and must be nobody's sign of life."""
        if self._saves.replicas:
            self._saves([self._tried], [process, repr(machine_now)])
        self.beat(process, machine_now)

    def beats(self) -> dict[str, float]:
        beats = cast(dict[bytes, bytes], self._redis.hgetall(self._key))
        read = {text(process): self._damaged.number(self._key, process, at) for process, at in beats.items()}
        return {process: at for process, at in read.items() if at is not None}


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

    def __init__(
        self, redis: Redis, documents: RedisDocuments, requests: RedisRequests, rosters: RedisRosters
    ) -> None:
        self._redis = redis
        self._documents = documents
        self._requests = requests
        self._rosters = rosters

    def arrive(self, request: str, now_ms: int, *documents: str) -> Arrived:
        def queued(asked: Pipeline) -> None:
            self._requests.ask(asked, request, now_ms)
            self._documents.ask(asked, documents)
            self._rosters.ask(asked)

        seen, found, kept, length = in_one_go(self._redis, queued, self._requests.script)
        return Arrived(
            seen_before=bool(seen),
            documents=tuple(self._documents.opened(documents, found)),
            roster=self._rosters.read(kept, length),
        )
