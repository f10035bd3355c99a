"""Everything in one process: for tests, and for replays of ten thousand cases a minute. Encodes nothing."""

from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from heapq import heappop, heappush
from itertools import count
from threading import RLock

from msgspec import Struct

from bot.domain.case import Case, Status
from bot.domain.events import Entry
from bot.domain.facts import Child
from bot.domain.handover import Roster
from bot.domain.likeness import Trace, traces
from bot.domain.processing import of_step
from bot.ports.cases import Append, Gathered, Mark, OpenCases, Sought
from bot.ports.drafts import DraftPlace, Saved, SavedDraft
from bot.ports.errors import AlreadySaved, Conflict, DuplicateIncident
from bot.ports.rosters import ROSTER, RosterAppend
from bot.store.keys import REQUESTS_KEPT, spoken_ref
from bot.store.memory_outbox import (
    MemoryArrivals,
    MemoryBell,
    MemoryDamaged,
    MemoryDocuments,
    MemoryHeartbeats,
    MemoryMetrics,
    MemoryOutbox,
    MemoryRequests,
)
from bot.store.memory_processing_log import MemoryProcessingLog
from bot.store.memory_texts import MemoryTexts
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


class MemoryStores:
    """One lock guards it all: an append writes to three of these at once."""

    def __init__(self, *, requests_kept: int = REQUESTS_KEPT) -> None:
        lock = RLock()
        self.due = MemoryDue(lock)
        self.outbox = MemoryOutbox(lock)
        self.drafts = MemoryDrafts(lock)
        self.processing_log = self.log_reader = MemoryProcessingLog(lock)
        self.cases = MemoryCases(lock, self.due, self.outbox, self.drafts, self.processing_log)
        self.rosters = MemoryRosters(lock, self.due, self.outbox, self.processing_log)
        self.metrics = MemoryMetrics(lock)
        self.heartbeats = MemoryHeartbeats()
        self.bell = MemoryBell()
        self.damaged = MemoryDamaged()
        self.documents = MemoryDocuments(self.damaged)
        self.texts = MemoryTexts(lock)
        self.requests = MemoryRequests(lock, requests_kept)
        self.arrivals = MemoryArrivals(self.requests, self.documents, self.rosters)


class MemoryCases:
    def __init__(
        self,
        lock: RLock,
        due: MemoryDue,
        outbox: MemoryOutbox,
        drafts: MemoryDrafts,
        processing_log: MemoryProcessingLog,
    ) -> None:
        self._lock = lock
        self._processing_log = processing_log
        self._drafts = drafts
        self._due = due
        self._outbox = outbox
        self._numbers: Counter[int] = Counter()
        self._cases: dict[str, Case] = {}
        self._entries: dict[str, list[Entry]] = defaultdict(list)
        self._by_incident: dict[str, str] = {}
        self._by_trace: dict[Trace, list[tuple[datetime, str]]] = defaultdict(list)
        self._by_person: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
        self._open: set[str] = set()

    def new_ref(self, year: int) -> str:
        with self._lock:
            self._numbers[year] += 1
            return spoken_ref(year, self._numbers[year])

    def append(self, step: Append) -> None:
        case = step.case
        with self._lock:
            self._check(step)
            self._entries[case.ref].extend(step.entries)
            self._index(self._cases.get(case.ref), case)
            self._cases[case.ref] = case
            self._due.move(case.ref, step.wake_at)
            self._outbox.add(step.outgoing)
            self._processing_log.add(of_step(case.ref, step.entries))
            if step.saved:
                self._drafts.saved(step.saved)

    def append_each(self, steps: Sequence[Append]) -> list[bool]:
        return [is_appended(self.append, step) for step in steps]

    def gather(self, sought: Sought, at_most: int) -> Gathered:
        with self._lock:
            holder = self.find_incident(sought.incident)
            holder = holder or (sought.incident if sought.incident in self._cases else None)
            drawn = self.new_ref(sought.year) if sought.year and not holder else ""
            episodes = self.episodes(sought.person_ref) if sought.person_ref else []
            refs = list(dict.fromkeys([*episodes, *self._most_alike(sought.traces, at_most)]))
            found, unread = self.readable(refs)
        return Gathered(holder=holder, ref=drawn, episodes=tuple(episodes), found=tuple(found), unread=unread)

    def _check(self, step: Append) -> None:
        before = self._cases.get(step.case.ref)
        if (before.version if before else 0) != step.expected:
            raise Conflict
        holder = self._by_incident.get(step.case.incident, step.case.ref)
        if holder != step.case.ref:
            raise DuplicateIncident(holder)
        if step.saved and self._drafts.was_saved(step.saved):
            raise AlreadySaved

    def was_saved(self, form: Saved) -> bool:
        return self._drafts.was_saved(form)

    def _index(self, before: Case | None, case: Case) -> None:
        if case.status is Status.CLOSED:
            self._open.discard(case.ref)
        else:
            self._open.add(case.ref)
        # Most steps change nothing that a case is found by; names are slow to listen to.
        if before is None or _found_by(before) != _found_by(case):
            self._refile(before, case)

    def _refile(self, before: Case | None, case: Case) -> None:
        if before is not None:
            self._unfile(before)
        if case.incident:
            self._by_incident[case.incident] = case.ref
        if case.child.person_ref:
            insort(self._by_person[case.child.person_ref], (case.told_at, case.ref))
        for trace in traces(case):
            insort(self._by_trace[trace], (case.told_at, case.ref))

    def _unfile(self, case: Case) -> None:
        self._by_incident.pop(case.incident, None)
        if case.child.person_ref:
            self._by_person[case.child.person_ref].remove((case.told_at, case.ref))
        for trace in traces(case):
            self._by_trace[trace].remove((case.told_at, case.ref))

    def load(self, ref: str) -> Case | None:
        return self._cases.get(ref)

    def load_each(self, refs: Sequence[str]) -> list[Case]:
        return self.readable(refs)[0]

    def readable(self, refs: Sequence[str]) -> tuple[list[Case], tuple[str, ...]]:
        found = [self._cases[ref] for ref in refs if ref in self._cases]
        return found, tuple(ref for ref in refs if ref not in self._cases)

    def entries(self, ref: str) -> list[Entry]:
        with self._lock:
            return list(self._entries.get(ref, ()))

    def find_incident(self, incident: str) -> str | None:
        return self._by_incident.get(incident)

    def episodes(self, person_ref: str) -> list[str]:
        with self._lock:
            return [ref for _, ref in self._by_person.get(person_ref, ())]

    def alike(self, traces: Iterable[Trace], at_most: int) -> list[str]:
        with self._lock:
            found = [ref for trace in traces for _, ref in self._by_trace.get(trace, [])[-at_most:]]
        return sorted(set(found))

    def _most_alike(self, traces: Iterable[Trace], at_most: int) -> list[str]:
        """The newest of each trace in turn; of those, who shares more of them first."""
        shares: Counter[str] = Counter()
        turn: dict[str, int] = {}
        for trace in traces:
            for place, (_, ref) in enumerate(reversed(self._by_trace.get(trace, [])[-at_most:])):
                shares[ref] += 1
                turn[ref] = min(place, turn.get(ref, place))
        newest = sorted(shares, reverse=True)
        return sorted(newest, key=lambda ref: (turn[ref], -shares[ref]))[:at_most]

    def refs(self) -> list[str]:
        with self._lock:
            return sorted(self._entries)

    def open_refs(self) -> list[str]:
        with self._lock:
            return sorted(self._open)

    def open_count(self) -> int:
        return len(self._open)

    def open_in_parts(self, about: int) -> Iterator[Sequence[str]]:
        refs = self.open_refs()
        yield from (refs[start : start + about] for start in range(0, len(refs), about))

    def marks(self, refs: Sequence[str]) -> dict[str, Mark | None]:
        return {ref: self._cases[ref].version.to_bytes(4) if ref in self._cases else None for ref in refs}

    def open_marks(self) -> dict[str, Mark | None]:
        with self._lock:
            return self.marks(list(self._open))

    def open_cases(self) -> OpenCases:
        cases, unreadable = self.readable(self.open_refs())
        return OpenCases(cases=tuple(cases), unreadable=unreadable)


def is_appended(append: Callable[[Append], None], step: Append) -> bool:
    try:
        append(step)
    except (Conflict, DuplicateIncident, AlreadySaved):
        return False
    return True


def _found_by(case: Case) -> tuple[str, Child, datetime]:
    return case.incident, case.child, case.told_at
