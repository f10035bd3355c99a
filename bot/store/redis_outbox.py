"""The outbox in a Redis server. Rows come into it by an append."""

from collections.abc import Iterable, Mapping
from secrets import token_hex
from typing import cast

from redis import Redis

from bot.ports.outbox import EDITS, Outgoing
from bot.ports.places import CardKey
from bot.store.codec import decode_outgoing
from bot.store.keys import Keys
from bot.store.scripts import load_script
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

    def lanes(self) -> list[str]:
        return sorted(name.decode() for name in cast(set[bytes], self._redis.smembers(self._keys.lanes)))

    def claim(self, lane: str, machine_now: float, lease: float) -> int | None:
        asked: list[str | bytes | float] = [machine_now, lease, token_hex(6), machine_now + LONGEST_WAIT]
        token: int | None = self._claim([self._keys.lane(lane)], asked)
        return token

    def pending(self, lane: str, limit: int) -> list[Outgoing]:
        key = self._keys.lane(lane)
        found = self._pending([f"{key}:order", f"{key}:rows"], [limit, EDITS])
        return [decode_outgoing(row) for row in found]

    def sending(self, lane: str, token: int, ids: Iterable[str], machine_now: float) -> bool:
        key = self._keys.lane(lane)
        return bool(self._sending([key, f"{key}:rows", f"{key}:marks"], [token, machine_now, *ids]))

    def put_back(self, lane: str, token: int, ids: Iterable[str]) -> bool:
        key = self._keys.lane(lane)
        return bool(self._put_back([key, f"{key}:marks"], [token, *ids]))

    def doubtful(self, lane: str) -> Mapping[str, float]:
        marks = cast(dict[bytes, bytes], self._redis.hgetall(f"{self._keys.lane(lane)}:marks"))
        return {row.decode(): float(at) for row, at in marks.items()}

    def sent(self, lane: str, token: int, ids: Iterable[str], cards: Mapping[CardKey, str]) -> bool:
        key = self._keys.lane(lane)
        keys = [key, f"{key}:order", f"{key}:rows", f"{key}:marks", self._keys.lanes, self._keys.cards]
        gone = list(ids)
        places = [text for card in cards.items() for text in card]
        return bool(self._sent(keys, [token, lane, len(gone), *gone, *places]))

    def move(self, lane: str, token: int, ids: Iterable[str], to: str) -> bool:
        here, there = self._keys.lane(lane), self._keys.lane(to)
        parts = [f"{key}:{part}" for key in (here, there) for part in ("order", "rows", "marks")]
        return bool(self._move([here, *parts, self._keys.lanes], [token, lane, to, *ids]))

    def release(self, lane: str, token: int) -> None:
        self._release([self._keys.lane(lane)], [token])

    def turn(self) -> int:
        return int(cast(bytes | None, self._redis.get(self._keys.turns)) or 0)

    def card(self, key: CardKey) -> str | None:
        place = self._redis.hget(self._keys.cards, key)
        return cast(bytes, place).decode() if place else None
