"""The outbox in a Redis server, whose rows come by an append; with it what processes note, and rate limits."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from secrets import token_hex
from typing import TypeVar, cast
from uuid import uuid4

from redis import Redis

from bot.ports.damaged import Damaged, DamageKind
from bot.ports.destination import Destination
from bot.ports.outbox import EDITS, Outgoing
from bot.ports.places import CardKey, ListKey, Place, case_of, holds_places, lane_of
from bot.store.case_keys import CaseKeys
from bot.store.codec import decode_outgoing
from bot.store.connection import CopiedScript, load_script
from bot.store.house_keys import HouseKeys
from bot.store.keys import GAP, MINUTE, Keys, most_edits
from bot.store.old_records import Clear
from bot.store.redis_bell import RedisBell
from bot.store.redis_damaged import RedisDamaged, as_number, text
from bot.store.sealed import StoredRow, opened_house_row, opened_row
from bot.store.sealing import BOX, HOUSE_BOX
from bot.time import LONGEST_WAIT

Key = TypeVar("Key", CardKey, ListKey)


class RedisOutbox:
    def __init__(
        self,
        redis: Redis,
        keys: Keys,
        damaged: RedisDamaged,
        case_keys: CaseKeys,
        house: HouseKeys,
        sealed: Callable[[Outgoing], bytes],
    ) -> None:
        self._redis = redis
        self._keys = keys
        self._damaged = damaged
        self._case_keys = case_keys
        self._house = house
        self._sealed = sealed
        self._bell = RedisBell(redis, keys)
        self._row_again = load_script(redis, "row_again")
        self._row_amend = load_script(redis, "row_amend")
        self._row_ask = load_script(redis, "row_ask")
        self._row_drop = load_script(redis, "row_drop")
        self._claim = load_script(redis, "lane_claim")
        self._pending = load_script(redis, "lane_pending")
        self._sending = CopiedScript(redis, "lane_sending")
        self._put_back = load_script(redis, "lane_put_back")
        self._sent = load_script(redis, "lane_sent")
        self._move = load_script(redis, "lane_move")
        self._release = load_script(redis, "lane_release")

    def lanes(self) -> list[Destination]:
        found = cast(set[bytes], self._redis.smembers(self._keys.lanes))
        return sorted(Destination(text(name)) for name in found)

    def claim(self, lane: Destination, machine_now: float, lease: float) -> int | None:
        asked: list[str | bytes | float] = [machine_now, lease, token_hex(6), machine_now + LONGEST_WAIT]
        token: int | None = self._claim([self._keys.lane(lane)], asked)
        return token

    def pending(self, lane: Destination, limit: int) -> list[Outgoing]:
        key = self._keys.lane(lane)
        found = self._pending([f"{key}:order", f"{key}:rows"], [limit, EDITS, self._keys.records])
        rows = [self._read(lane, StoredRow(*each)) for each in found]
        return [row for row in rows if row is not None]

    def _read(self, lane: Destination, stored: StoredRow) -> Outgoing | None:
        try:
            if stored.row.startswith(HOUSE_BOX):
                return opened_house_row(stored, self._house.data())
            return opened_row(stored, lane, self._case_keys, self._house.is_closed)
        except ValueError:
            self._damaged.take_row(lane, stored.id, stored.row)
            return None

    def write_again(self, damaged: Damaged, row: Outgoing) -> bool:
        key = self._keys.lane(damaged.lane)
        keys = [f"{key}:order", f"{key}:rows", f"{key}:marks", self._keys.lanes, self._keys.damaged]
        is_written = self._row_again(keys, [damaged.lane, damaged.name, self._sealed(row), damaged.id])
        self._bell.ring()
        return bool(is_written)

    def in_clear(self) -> Iterator[Clear]:
        for lane in self.lanes():
            key = f"{self._keys.lane(lane)}:rows"
            for id, row in self._redis.hscan_iter(key):
                if not row.startswith((BOX, HOUSE_BOX)):
                    yield Clear(key, text(id), row, partial(self._sealed_from, row))

    def rows_of(self, ref: str) -> dict[Destination, list[str]]:
        """Ids of what waits of one case, whether its row can be read or not."""
        begins = (f"{ref}:".encode(), b"\1case:" + ref.encode() + b" ")
        found = {}
        for lane in self.lanes():
            rows = cast(dict[bytes, bytes], self._redis.hgetall(f"{self._keys.lane(lane)}:rows"))
            if ids := [
                text(id) for id, row in rows.items() if id.startswith(begins) or row.startswith(begins)
            ]:
                found[lane] = ids
        return found

    def drop(self, lane: Destination, ids: Iterable[str]) -> None:
        """Of an erased case, which nobody can send: whoever holds the lane."""
        key = self._keys.lane(lane)
        self._row_drop([f"{key}:order", f"{key}:rows", f"{key}:marks", self._keys.lanes], [lane, *ids])

    def stands_in(self, ref: str) -> list[Destination]:
        """The lanes in which something of this case stands in Slack, as far as that is kept."""
        kept = cast(dict[bytes, bytes], self._redis.hgetall(self._keys.cards))
        lanes = {lane_of(text(key), ref) for key, place in kept.items() if place}
        return sorted(lane for lane in lanes if lane)

    def _sealed_from(self, row: bytes) -> bytes:
        return self._sealed(decode_outgoing(row))

    def ask_again(self, lane: Destination, rows: Iterable[Outgoing]) -> None:
        self._ask(lane, "", rows)
        self._bell.ring()

    def drawing(self, lane: Destination, token: int, rows: Iterable[Outgoing]) -> bool:
        return self._ask(lane, token, rows)

    def _ask(self, lane: Destination, token: int | str, rows: Iterable[Outgoing]) -> bool:
        key = self._keys.lane(lane)
        keys = [key, f"{key}:order", f"{key}:rows", self._keys.lanes, self._keys.turns]
        asked = [part for row in rows for part in (row.id, row.rank, self._sealed(row))]
        return bool(self._row_ask(keys, [lane, token, *asked]))

    def amend(self, lane: Destination, token: int, rows: Iterable[Outgoing]) -> bool:
        key = self._keys.lane(lane)
        amended = [part for row in rows for part in (row.id, self._sealed(row))]
        return bool(self._row_amend([key, f"{key}:rows"], [token, *amended]))

    def held(self, ids: Iterable[str]) -> frozenset[str]:
        asked, lanes = list(ids), self.lanes()
        if not asked:
            return frozenset()
        all_lanes = self._redis.pipeline(transaction=False)
        for lane in lanes:
            all_lanes.hmget(f"{self._keys.lane(lane)}:rows", asked)
        answers = all_lanes.execute()
        return frozenset(id for found in answers for id, row in zip(asked, found, strict=True) if row)

    def sending(self, lane: Destination, token: int, ids: Iterable[str], machine_now: float) -> bool:
        """A server that takes over knows, too, what was on its way: it is looked for before it is posted again."""
        key = self._keys.lane(lane)
        keys = [key, f"{key}:rows", f"{key}:marks"]
        return bool(self._sending.at_least_here(keys, [token, machine_now, *ids]))

    def put_back(self, lane: Destination, token: int, ids: Iterable[str]) -> bool:
        key = self._keys.lane(lane)
        return bool(self._put_back([key, f"{key}:marks"], [token, *ids]))

    def doubtful(self, lane: Destination) -> Mapping[str, float]:
        """One whose time cannot be read stays in doubt, as of the beginning: the channel is asked as far as it goes."""
        key = f"{self._keys.lane(lane)}:marks"
        marks = cast(dict[bytes, bytes], self._redis.hgetall(key))
        return {text(row): self._damaged.number(key, row, at) or 0.0 for row, at in marks.items()}

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
        return self.cards([key]).get(key)

    def cards(self, keys: Sequence[CardKey]) -> dict[CardKey, Place]:
        return {
            key: Place(kept) for key, kept in self._kept(keys).items() if kept and self._is_whole(key, [kept])
        }

    def cases_shown(self) -> list[str]:
        keys = cast(list[bytes], self._redis.hkeys(self._keys.cards))
        return sorted(ref for key in keys if (ref := case_of(text(key))))

    def listed(self, key: ListKey) -> tuple[str, ...]:
        return self.lists([key]).get(key, ())

    def lists(self, keys: Sequence[ListKey]) -> dict[ListKey, tuple[str, ...]]:
        found = {key: tuple(kept.split()) for key, kept in self._kept(keys).items()}
        return {
            key: listed
            for key, listed in found.items()
            if listed and (not holds_places(key) or self._is_whole(key, listed))
        }

    def _kept(self, keys: Sequence[Key]) -> dict[Key, str]:
        """As it is kept; "" where it is not."""
        if not keys:
            return {}
        found = cast(list[bytes | None], self._redis.hmget(self._keys.cards, list(keys)))
        return {key: text(kept or b"") for key, kept in zip(keys, found, strict=True)}

    def _is_whole(self, key: str, places: Iterable[str]) -> bool:
        if all(Place(place).is_one for place in places):
            return True
        stored = cast(bytes, self._redis.hget(self._keys.cards, key) or b"")
        self._damaged.keep(DamageKind.PLACE, key, self._keys.cards, key, stored)
        return False


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
        self._count = load_script(redis, "count")

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
        return as_number(cast(bytes | None, self._redis.hget(self._gates, gate)) or b"0") or 0.0

    def hold(self, lane: Destination, until: float) -> None:
        self._redis.hset(self._holds, lane, repr(until))

    def holds(self) -> Mapping[str, float]:
        found = cast(dict[bytes, bytes], self._redis.hgetall(self._holds))
        return {text(lane): as_number(until) or 0.0 for lane, until in found.items()}

    def fell(self, lane: Destination) -> int:
        return int(self._count([self._falls], [lane, 1]))

    def falls(self, lane: Destination) -> int:
        return int(as_number(cast(bytes | None, self._redis.hget(self._falls, lane)) or b"0") or 0)

    def recovered(self, lane: Destination) -> None:
        both = self._redis.pipeline(transaction=False)
        both.hdel(self._falls, lane)
        both.hdel(self._refused, lane)
        both.execute()

    def refuse(self, lane: Destination, code: str) -> None:
        self._redis.hset(self._refused, lane, code)

    def refused(self) -> Mapping[str, str]:
        found = cast(dict[bytes, bytes], self._redis.hgetall(self._refused))
        return {text(lane): text(code) for lane, code in found.items()}
