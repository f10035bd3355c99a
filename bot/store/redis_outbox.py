"""The outbox in a Redis server, whose rows come by an append; with it what processes note, and rate limits."""

from collections.abc import Iterable, Mapping, Sequence
from secrets import token_hex
from typing import cast
from uuid import uuid4

from redis import Redis

from bot.ports.destination import Destination
from bot.ports.notes import Arrived, Metric
from bot.ports.outbox import EDITS, Outgoing
from bot.ports.places import CardKey, ListKey, Place
from bot.store.codec import decode_outgoing
from bot.store.connection import Pipeline, in_one_go, load_script
from bot.store.keys import GAP, MINUTE, Keys, most_edits
from bot.store.redis_drafts import RedisRosters
from bot.time import LONGEST_WAIT


class RedisOutbox:
    def __init__(self, redis: Redis, keys: Keys) -> None:
        self._redis = redis
        self._keys = keys
        self._claim = load_script(redis, "lane_claim")
        self._pending = load_script(redis, "lane_pending")
        self._sending = load_script(redis, "lane_sending")
        self._put_back = load_script(redis, "lane_put_back")
        self._sent = load_script(redis, "lane_sent")
        self._move = load_script(redis, "lane_move")
        self._release = load_script(redis, "lane_release")

    def lanes(self) -> list[Destination]:
        found = cast(set[bytes], self._redis.smembers(self._keys.lanes))
        return sorted(Destination(name.decode()) for name in found)

    def claim(self, lane: Destination, machine_now: float, lease: float) -> int | None:
        asked: list[str | bytes | float] = [machine_now, lease, token_hex(6), machine_now + LONGEST_WAIT]
        token: int | None = self._claim([self._keys.lane(lane)], asked)
        return token

    def pending(self, lane: Destination, limit: int) -> list[Outgoing]:
        key = self._keys.lane(lane)
        found = self._pending([f"{key}:order", f"{key}:rows"], [limit, EDITS])
        return [decode_outgoing(row) for row in found]

    def sending(self, lane: Destination, token: int, ids: Iterable[str], machine_now: float) -> bool:
        key = self._keys.lane(lane)
        return bool(self._sending([key, f"{key}:rows", f"{key}:marks"], [token, machine_now, *ids]))

    def put_back(self, lane: Destination, token: int, ids: Iterable[str]) -> bool:
        key = self._keys.lane(lane)
        return bool(self._put_back([key, f"{key}:marks"], [token, *ids]))

    def doubtful(self, lane: Destination) -> Mapping[str, float]:
        marks = cast(dict[bytes, bytes], self._redis.hgetall(f"{self._keys.lane(lane)}:marks"))
        return {row.decode(): float(at) for row, at in marks.items()}

    def sent(
        self, lane: Destination, token: int, ids: Iterable[str], cards: Mapping[CardKey | ListKey, str]
    ) -> bool:
        key = self._keys.lane(lane)
        keys = [key, f"{key}:order", f"{key}:rows", f"{key}:marks", self._keys.lanes, self._keys.cards]
        gone = list(ids)
        places = [text for card in cards.items() for text in card]
        return bool(self._sent(keys, [token, lane, len(gone), *gone, *places]))

    def move(self, lane: Destination, token: int, ids: Iterable[str], to: Destination) -> bool:
        here, there = self._keys.lane(lane), self._keys.lane(to)
        parts = [f"{key}:{part}" for key in (here, there) for part in ("order", "rows", "marks")]
        return bool(self._move([here, *parts, self._keys.lanes], [token, lane, to, *ids]))

    def release(self, lane: Destination, token: int) -> None:
        self._release([self._keys.lane(lane)], [token])

    def turn(self) -> int:
        return int(cast(bytes | None, self._redis.get(self._keys.turns)) or 0)

    def card(self, key: CardKey) -> Place | None:
        kept = self._kept(key)
        return Place(kept) if kept else None

    def listed(self, key: ListKey) -> tuple[str, ...]:
        return tuple(self._kept(key).split())

    def _kept(self, key: str) -> str:
        return cast(bytes, self._redis.hget(self._keys.cards, key) or b"").decode()


# What processes note about themselves, in a Redis server.


class RedisMetrics:
    def __init__(self, redis: Redis, keys: Keys) -> None:
        self._redis = redis
        self._key = keys.metrics

    def count(self, metric: Metric, by: int = 1) -> None:
        self._redis.hincrby(self._key, metric.value, by)

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

    def all_of(self, names: Sequence[str]) -> list[bytes | None]:
        return cast(list[bytes | None], self._redis.hmget(self._key, names)) if names else []

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

    def arrive(self, request: str, now_ms: int, *documents: str) -> Arrived:
        def queued(asked: Pipeline) -> None:
            self._requests.ask(asked, request, now_ms)
            asked.hmget(self._documents, documents)
            self._rosters.ask(asked)

        seen, found, snapshot, length = in_one_go(self._redis, queued, self._requests.script)
        return Arrived(
            seen_before=bool(seen), documents=tuple(found), roster=self._rosters.read(snapshot, length)
        )


# Rate limits in a Redis server: all processes keep them together.


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

    def hold(self, lane: Destination, until: float) -> None:
        self._redis.hset(self._holds, lane, repr(until))

    def holds(self) -> Mapping[str, float]:
        found = cast(dict[bytes, bytes], self._redis.hgetall(self._holds))
        return {lane.decode(): float(until) for lane, until in found.items()}

    def fell(self, lane: Destination) -> int:
        return self._redis.hincrby(self._falls, lane, 1)

    def recovered(self, lane: Destination) -> None:
        self._redis.hdel(self._falls, lane)
        self._redis.hdel(self._refused, lane)

    def refuse(self, lane: Destination, code: str) -> None:
        self._redis.hset(self._refused, lane, code)

    def refused(self) -> Mapping[str, str]:
        found = cast(dict[bytes, bytes], self._redis.hgetall(self._refused))
        return {lane.decode(): code.decode() for lane, code in found.items()}
