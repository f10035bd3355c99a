"""Cases in memory."""

from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from threading import RLock

from bot.domain.case import Case, Status
from bot.domain.events import Entry
from bot.domain.facts import Child
from bot.domain.likeness import Trace, traces
from bot.domain.processing import of_step
from bot.ports.cases import Append, Gathered, Mark, OpenCases, Sought
from bot.ports.drafts import Saved
from bot.ports.errors import AlreadySaved, Conflict, DuplicateIncident
from bot.store.keys import spoken_ref
from bot.store.memory_beside import MemoryDrafts, MemoryDue
from bot.store.memory_outbox import MemoryOutbox
from bot.store.memory_processing_log import MemoryProcessingLog


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

    def marks(self, refs: Sequence[str]) -> Mapping[str, Mark | None]:
        return {ref: self._cases[ref].version.to_bytes(4) if ref in self._cases else None for ref in refs}

    def open_marks(self) -> Mapping[str, Mark | None]:
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
