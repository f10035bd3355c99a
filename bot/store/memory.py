"""Everything in one process: for tests, and for replays of ten thousand cases a minute. Encodes nothing."""

from threading import RLock

from bot.store.keys import REQUESTS_KEPT
from bot.store.memory_beside import MemoryDrafts, MemoryDue, MemoryRosters
from bot.store.memory_cases import MemoryCases
from bot.store.memory_notes import (
    MemoryArrivals,
    MemoryBell,
    MemoryDamaged,
    MemoryDocuments,
    MemoryHeartbeats,
    MemoryMetrics,
    MemoryRequests,
)
from bot.store.memory_outbox import MemoryOutbox
from bot.store.memory_processing_log import MemoryProcessingLog
from bot.store.memory_texts import MemoryTexts


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
