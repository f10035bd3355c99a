"""What processes note about themselves, in memory."""

from collections import Counter
from threading import RLock

from bot.ports.notes import Arrived
from bot.ports.rosters import RosterStore


class MemoryMetrics:
    def __init__(self, lock: RLock) -> None:
        self._lock = lock
        self._counters: Counter[str] = Counter()

    def count(self, name: str, by: int = 1) -> None:
        with self._lock:
            self._counters[name] += by

    def read(self) -> dict[str, int]:
        with self._lock:
            return dict(self._counters)


class MemoryHeartbeats:
    def __init__(self) -> None:
        self._beats: dict[str, float] = {}

    def beat(self, process: str, machine_now: float) -> None:
        self._beats[process] = machine_now

    def beats(self) -> dict[str, float]:
        return self._beats.copy()


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


class MemoryDocuments:
    def __init__(self) -> None:
        self._documents: dict[str, bytes] = {}

    def get(self, name: str) -> bytes | None:
        return self._documents.get(name)

    def put(self, name: str, document: bytes) -> None:
        self._documents[name] = document


class MemoryArrivals:
    def __init__(self, requests: MemoryRequests, documents: MemoryDocuments, rosters: RosterStore) -> None:
        self._requests = requests
        self._documents = documents
        self._rosters = rosters

    def arrive(self, request: str, now_ms: int, directory: str) -> Arrived:
        return Arrived(
            seen_before=self._requests.seen_before(request, now_ms),
            directory=self._documents.get(directory),
            roster=self._rosters.load(),
        )
