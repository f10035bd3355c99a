"""What processes note about themselves, in memory: counts, signs of life, requests, documents, what lies damaged."""

from collections import Counter
from collections.abc import Sequence
from threading import RLock

from bot.ports.damaged import Damaged, DamageKind
from bot.ports.metrics import Counts, Metrics
from bot.ports.notes import Arrived
from bot.ports.rosters import RosterStore


class MemoryMetrics(Metrics):
    def __init__(self, lock: RLock) -> None:
        self._lock = lock
        self._counters: Counter[str] = Counter()

    def add(self, counts: Counts) -> None:
        with self._lock:
            self._counters.update(counts)

    def read(self) -> dict[str, int]:
        with self._lock:
            return dict(self._counters)


class MemoryHeartbeats:
    def __init__(self) -> None:
        self._beats: dict[str, float] = {}

    def beat(self, process: str, machine_now: float) -> None:
        self._beats[process] = machine_now

    beat_as_saved = beat

    def beats(self) -> dict[str, float]:
        return self._beats.copy()


class MemoryBell:
    def ring(self) -> None:
        """There is nobody who would wait for it."""


class MemoryRequests:
    def __init__(self, lock: RLock, keep: int) -> None:
        self._lock = lock
        self._keep = keep
        self._seen: dict[str, int] = {}

    def seen_before(self, request: str, now_ms: int) -> bool:
        with self._lock:
            if request in self._seen:
                return True
            self._seen[request] = now_ms
            if len(self._seen) > self._keep:
                del self._seen[next(iter(self._seen))]
            return False

    def forget(self, request: str) -> None:
        with self._lock:
            self._seen.pop(request, None)


class MemoryDamaged:
    """Of bytes, there are only documents in here."""

    def __init__(self) -> None:
        self._kept: dict[str, Damaged] = {}
        self._documents: dict[str, bytes] = {}

    def keeps(self, documents: dict[str, bytes]) -> None:
        self._documents = documents

    def all(self) -> list[Damaged]:
        return sorted(self._kept.values(), key=lambda each: each.id)

    def keep(self, damaged: Damaged) -> None:
        self._kept[damaged.id] = damaged

    def restore(self, damaged: Damaged, stored: bytes) -> None:
        self._documents[damaged.field] = stored
        self.dismiss(damaged)

    def dismiss(self, damaged: Damaged) -> None:
        self._kept.pop(damaged.id, None)


class MemoryDocuments:
    def __init__(self, damaged: MemoryDamaged) -> None:
        self._documents: dict[str, bytes] = {}
        self._damaged = damaged
        damaged.keeps(self._documents)

    def get(self, name: str) -> bytes | None:
        return self._documents.get(name)

    def all_of(self, names: Sequence[str]) -> list[bytes | None]:
        return [self._documents.get(name) for name in names]

    def put(self, name: str, document: bytes) -> None:
        self._documents[name] = document

    def keep_damaged(self, name: str, found: bytes) -> None:
        self._damaged.keep(
            Damaged(kind=DamageKind.DOCUMENT, name=name, key="documents", field=name, stored=found)
        )


class MemoryArrivals:
    def __init__(self, requests: MemoryRequests, documents: MemoryDocuments, rosters: RosterStore) -> None:
        self._requests = requests
        self._documents = documents
        self._rosters = rosters

    def arrive(self, request: str, now_ms: int, *documents: str) -> Arrived:
        return Arrived(
            seen_before=self._requests.seen_before(request, now_ms),
            documents=tuple(self._documents.all_of(documents)),
            roster=self._rosters.load(),
        )
