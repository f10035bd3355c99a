"""The due index in memory."""

from datetime import datetime
from heapq import heappop, heappush
from itertools import count
from threading import RLock

from msgspec import Struct

from bot.time import is_ahead


class _Wake(Struct, frozen=True, order=True):
    at: datetime
    ref: str
    turn: int  # tells a moved wake-up from the one it replaced


class MemoryDue:
    def __init__(self, lock: RLock) -> None:
        self._lock = lock
        self._turns = count()
        self._wakes: dict[str, _Wake] = {}
        self._waiting: list[_Wake] = []  # a heap; replaced wake-ups stay in it until they come up
        self._leases: dict[str, float] = {}  # when each ends, in machine seconds

    def move(self, ref: str, wake_at: datetime | None) -> None:
        """Part of an append, under its lock; ends whatever claim there was."""
        self._leases.pop(ref, None)
        self._wakes.pop(ref, None)
        if wake_at is not None:
            wake = _Wake(wake_at, ref, next(self._turns))
            self._wakes[ref] = wake
            heappush(self._waiting, wake)

    def wake(self, ref: str, at: datetime) -> None:
        with self._lock:
            known = self._wakes.get(ref)
            if ref not in self._leases and (known is None or known.at > at):
                self.move(ref, at)

    def claim(self, now: datetime, machine_now: float, limit: int, lease: float) -> list[str]:
        with self._lock:
            self._take_back_lost(machine_now)
            claimed: list[str] = []
            while len(claimed) < limit and (wake := self._first()) and wake.at <= now:
                heappop(self._waiting)
                self._leases[wake.ref] = machine_now + lease
                claimed.append(wake.ref)
            return claimed

    def _take_back_lost(self, machine_now: float) -> None:
        for ref in [ref for ref, end in self._leases.items() if not is_ahead(end, machine_now)]:
            del self._leases[ref]
            heappush(self._waiting, self._wakes[ref])

    def _first(self) -> _Wake | None:
        while self._waiting and self._wakes.get(self._waiting[0].ref) != self._waiting[0]:
            heappop(self._waiting)
        return self._waiting[0] if self._waiting else None

    def next_at(self) -> datetime | None:
        with self._lock:
            first = self._first()
            return first.at if first else None

    def overdue(self, now: datetime) -> int:
        with self._lock:
            return sum(wake.at <= now for wake in self._wakes.values())

    def waiting(self, now: datetime, limit: int) -> dict[str, datetime]:
        with self._lock:
            due = sorted(wake for wake in self._wakes.values() if wake.at <= now)
            return {wake.ref: wake.at for wake in due[:limit]}
