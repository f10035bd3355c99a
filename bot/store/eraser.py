"""Erasing a case: its key in one step, for ever; then what lies beside it, which is done again until it is done.

A crash after the first step leaves nothing that pages: the case is in no index, and none of its rows can be read.
"""

from collections.abc import Callable
from contextlib import suppress

from msgspec.structs import replace
from redis import Redis

from bot.domain.erasing import Ends, Erasure
from bot.domain.processing import Processing
from bot.ports.destination import HELD, Destination
from bot.ports.errors import StoreUnavailable
from bot.ports.outbox import Outgoing
from bot.store.log_boxes import LogBoxes
from bot.store.redis_cases import RedisCases
from bot.store.redis_damaged import RedisDamaged
from bot.store.redis_erasures import RedisErasures
from bot.store.redis_outbox import RedisOutbox
from bot.store.redis_texts import RedisTexts


class Eraser:
    """`ErasureStore`, in a Redis server."""

    def __init__(
        self,
        redis: Redis,
        cases: RedisCases,
        erasures: RedisErasures,
        outbox: RedisOutbox,
        texts: RedisTexts,
        damaged: RedisDamaged,
        log: LogBoxes,
    ) -> None:
        self._redis = redis
        self._cases = cases
        self.exported, self.asked, self.done = erasures.exported, erasures.asked, erasures.done
        self._outbox = outbox
        self._texts = texts
        self._damaged = damaged
        self._log = log

    def refs(self) -> list[str]:
        return self._cases.refs()

    def ends(self, ref: str) -> Ends | None:
        return self._cases.ends(ref)

    def waiting(self, ref: str) -> int:
        rows = self._outbox.rows_of(ref)
        return sum(len(ids) for lane, ids in rows.items() if lane.kind not in HELD)

    def forget(self, erasure: Erasure, ends: Ends, line: Processing) -> bool:
        asked = self.asked.stored(erasure.ref, erasure.asked)
        if asked is None:
            return False
        left = self.done.sealed(erasure.ref, erasure)
        return self._cases.forget(erasure.ref, ends, left, self._log.sealed(line).box, asked)

    def clear(self, ref: str, drawn: Callable[[Destination], Outgoing]) -> None:
        for lane, ids in self._outbox.rows_of(ref).items():
            self._outbox.drop(lane, ids)
        for lane in self._outbox.stands_in(ref):
            self._outbox.ask_again(lane, [drawn(lane)])
        self._texts.forget(ref)
        self._damaged.forget(ref)

    def end(self, erasure: Erasure) -> None:
        self.done.put(erasure.ref, replace(erasure, is_done=True))
        with suppress(StoreUnavailable):  # it is at that already, or keeps no such file
            self._redis.bgrewriteaof()
