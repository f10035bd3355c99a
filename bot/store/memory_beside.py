"""What lies beside the cases in memory: when each is due, hand-overs, and what was typed and not saved."""

from collections import defaultdict
from datetime import datetime
from heapq import heappop, heappush
from itertools import count
from threading import RLock

from msgspec import Struct

from bot.domain.events import Entry
from bot.domain.handover import Roster
from bot.domain.processing import of_step
from bot.ports.drafts import DraftPlace, Saved, SavedDraft
from bot.ports.errors import Conflict
from bot.ports.rosters import ROSTER, RosterAppend
from bot.store.memory_outbox import MemoryOutbox
from bot.store.memory_processing_log import MemoryProcessingLog
from bot.time import is_ahead

# The due index in memory.


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

    def lease_ends(self) -> float | None:
        with self._lock:
            return min(self._leases.values(), default=None)

    def overdue(self, now: datetime) -> int:
        with self._lock:
            return sum(wake.at <= now for wake in self._wakes.values())

    def waiting(self, now: datetime, limit: int) -> dict[str, datetime]:
        with self._lock:
            due = sorted(wake for wake in self._wakes.values() if wake.at <= now)
            return {wake.ref: wake.at for wake in due[:limit]}


# The record of hand-overs in memory.


class MemoryRosters:
    def __init__(
        self, lock: RLock, due: MemoryDue, outbox: MemoryOutbox, processing_log: MemoryProcessingLog
    ) -> None:
        self._lock = lock
        self._due = due
        self._outbox = outbox
        self._processing_log = processing_log
        self._roster = Roster()
        self._entries: list[Entry] = []

    def load(self) -> Roster:
        return self._roster

    def known(self) -> Roster:
        return self._roster

    def entries(self) -> list[Entry]:
        return list(self._entries)

    def append(self, step: RosterAppend) -> None:
        with self._lock:
            if self._roster.version != step.expected:
                raise Conflict
            self._entries.extend(step.entries)
            self._roster = step.roster
            self._due.move(ROSTER, step.wake_at)
            self._outbox.add(step.outgoing)
            self._processing_log.add(of_step(ROSTER, step.entries))


# What was typed into views that were lost, in memory.


class _KeptDraft(Struct, frozen=True):
    draft: SavedDraft
    until: float


class MemoryDrafts:
    def __init__(self, lock: RLock) -> None:
        self._lock = lock
        self._kept: dict[DraftPlace, _KeptDraft] = {}
        self._saved: dict[tuple[DraftPlace, str], set[str]] = defaultdict(set)  # with a view: what it held

    def keep(self, place: DraftPlace, draft: SavedDraft, machine_now: float, until: float) -> None:
        with self._lock:
            held = self.find(place, machine_now)
            is_old = held is not None and held.heard > draft.heard
            if not is_old and (place, draft.view) not in self._saved:
                self._kept[place] = _KeptDraft(draft, until)

    def find(self, place: DraftPlace, machine_now: float) -> SavedDraft | None:
        with self._lock:
            held = self._kept.get(place)
            return held.draft if held and held.until > machine_now else None

    def forget_all(self) -> None:
        with self._lock:
            self._kept.clear()

    def is_over(self, place: DraftPlace, view: str) -> bool:
        with self._lock:
            return (place, view) in self._saved

    def drop(self, place: DraftPlace, view: str, machine_now: float, until: float, said: str = "") -> None:
        with self._lock:
            self.saved(Saved(place=place, view=view, machine_now=machine_now, until=until, said=said))

    def saved(self, form: Saved) -> None:
        """Part of an append, under its lock."""
        self._kept.pop(form.place, None)
        if form.view:
            self._saved[form.place, form.view].add(form.said)

    def was_saved(self, form: Saved) -> bool:
        return bool(form.said) and form.said in self._saved.get((form.place, form.view), ())
