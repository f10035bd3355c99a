"""The record of hand-overs in memory."""

from threading import RLock

from bot.domain.events import Entry
from bot.domain.handover import Roster
from bot.ports import ROSTER, Conflict, RosterAppend
from bot.store.memory_due import MemoryDue
from bot.store.memory_outbox import MemoryOutbox


class MemoryRosters:
    def __init__(self, lock: RLock, due: MemoryDue, outbox: MemoryOutbox) -> None:
        self._lock = lock
        self._due = due
        self._outbox = outbox
        self._roster = Roster()
        self._entries: list[Entry] = []

    def load(self) -> Roster:
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
