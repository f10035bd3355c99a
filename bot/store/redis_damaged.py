"""What cannot be read back, kept in a Redis server: one hash, id → a line that says what it is, and the bytes."""

from collections.abc import Callable
from math import isfinite
from typing import cast

import msgspec
import structlog
from msgspec.structs import replace
from redis import Redis

from bot.ports.damaged import Damaged, DamageKind
from bot.ports.destination import Destination
from bot.ports.metrics import Metric, Metrics
from bot.store.connection import load_script
from bot.store.keys import Keys

log = structlog.get_logger()

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Damaged).decode


class RedisDamaged:
    def __init__(self, redis: Redis, keys: Keys, metrics: Metrics) -> None:
        self._redis = redis
        self._keys = keys
        self._metrics = metrics
        self._row = load_script(redis, "damage_row")
        self._put_back_document: Callable[[str, bytes], None] | None = None

    def puts_documents_back_by(self, put_back: Callable[[str, bytes], None]) -> None:
        """Name, and what is to be stored."""
        self._put_back_document = put_back

    def all(self) -> list[Damaged]:
        kept = cast(dict[bytes, bytes], self._redis.hgetall(self._keys.damaged))
        return sorted((_opened(name, value) for name, value in kept.items()), key=lambda each: each.id)

    def keep(self, kind: DamageKind, name: str, key: str, field: str, stored: bytes) -> None:
        """A copy; once, however often it is read."""
        self.keep_found(Damaged(kind=kind, name=name, key=key, field=field, stored=stored))

    def keep_found(self, found: Damaged) -> None:
        kept = cast(bytes | None, self._redis.hget(self._keys.damaged, found.id))
        if kept is None or replace(_opened(found.id.encode(), kept), at=found.at) != found:
            self._redis.hset(self._keys.damaged, found.id, closed(found))
            self._tell(found)

    def take(self, kind: DamageKind, name: str, key: str, field: str, stored: bytes) -> None:
        """The same, and it lies there no longer."""
        self.keep(kind, name, key, field, stored)
        if self._redis.hget(key, field) == stored:
            self._redis.hdel(key, field)

    def take_row(self, lane: Destination, id: bytes, stored: bytes) -> None:
        """Out of its lane, whoever holds that: nobody can send it."""
        key, name = self._keys.lane(lane), text(id)
        found = Damaged(kind=DamageKind.ROW, name=name, key=f"{key}:rows", field=name, lane=str(lane))
        keys = [f"{key}:order", f"{key}:rows", f"{key}:marks", self._keys.lanes, self._keys.damaged]
        if self._row(keys, [lane, id, stored, found.id, _encode(found)]):
            self._tell(found)

    def number(self, key: str, field: bytes, stored: bytes) -> float | None:
        """A time or a count, which somebody writes anew before long; None, and a copy is kept, where it is none."""
        read = as_number(stored)
        if read is None:
            name = f"{key}:{text(field)}"
            self.keep(DamageKind.PACE, name, key, text(field), stored)
        return read

    def restore(self, damaged: Damaged, stored: bytes) -> None:
        if damaged.kind is DamageKind.DOCUMENT and self._put_back_document is not None:
            self._put_back_document(damaged.name, stored)
            return self.dismiss(damaged)
        return self._put_back(damaged, stored)

    def _put_back(self, damaged: Damaged, stored: bytes) -> None:
        both = self._redis.pipeline(transaction=True)
        if damaged.kind is DamageKind.ENTRY:
            both.lset(damaged.key, int(damaged.field), cast(str, stored))  # as bytes
        elif damaged.field:
            both.hset(damaged.key, damaged.field, stored)
        else:
            both.set(damaged.key, stored, ex=_STRINGS_KEPT)
        if damaged.kind is DamageKind.ROW:
            lane = self._keys.lane(damaged.lane)
            both.zadd(f"{lane}:order", {damaged.name: damaged.turn})
            both.sadd(self._keys.lanes, damaged.lane)
            if damaged.mark:
                both.hset(f"{lane}:marks", damaged.name, damaged.mark)
        both.hdel(self._keys.damaged, damaged.id)
        both.execute()

    def dismiss(self, damaged: Damaged) -> None:
        self._redis.hdel(self._keys.damaged, damaged.id)

    def forget(self, ref: str) -> None:
        """What was kept of one case: it cannot be mended any more."""
        for each in self.all():
            if each.name.startswith(f"{ref}:") or each.stored.startswith(b"\1case:" + ref.encode() + b" "):
                self.dismiss(each)

    def _tell(self, found: Damaged) -> None:
        self._metrics.count(Metric.DAMAGED)
        log.error(
            "cannot be read, kept for the technician", what=found.id, lane=found.lane, doubt=str(found.doubt)
        )


_STRINGS_KEPT = 86_400  # seconds: what lies under a key of its own is kept for a shift or some days


def text(stored: bytes) -> str:
    """Whatever it is: what is no text is shown as what it is."""
    return stored.decode("utf-8", "backslashreplace")


def as_number(stored: bytes) -> float | None:
    try:
        read = float(stored)
    except ValueError:
        return None
    return read if isfinite(read) else None


def closed(damaged: Damaged) -> bytes:
    """As it is kept."""
    return _encode(replace(damaged, stored=b"")) + b"\n" + damaged.stored


def _opened(name: bytes, value: bytes) -> Damaged:
    """What is kept may be damaged itself: then it is what it is called, and all of it is shown."""
    line, _, stored = value.partition(b"\n")
    try:
        return replace(_decode(line), stored=stored)
    except ValueError:
        kind, _, said = text(name).partition(":")
        return Damaged(kind=DamageKind(kind), name=said, key="", stored=value)
