"""The processing log in memory: written and read."""

from collections.abc import Iterable, Iterator
from threading import RLock

from bot.domain.processing import Processing
from bot.ports.log_reader import LogFinding, LoggedLine, LogHead, LogSlice, Proof


class MemoryProcessingLog:
    """Memory proves itself: there is nothing to link."""

    def __init__(self, lock: RLock) -> None:
        self._lock = lock
        self._lines: list[Processing] = []

    def note(self, *lines: Processing) -> None:
        self.add(lines)

    def add(self, lines: Iterable[Processing]) -> None:
        """Part of an append, too, under its lock."""
        with self._lock:
            self._lines += lines

    @property
    def waiting(self) -> int:
        return 0

    def link(self) -> None:
        pass

    def lines(self) -> Iterator[LoggedLine]:
        with self._lock:
            found = list(self._lines)
        for number, said in enumerate(found, start=1):
            yield LoggedLine(number=number, proof=Proof.LINKED, said=said)

    def newest(self, count: int) -> list[Processing]:
        with self._lock:
            return self._lines[-count:]

    def check(self) -> list[LogFinding]:
        return []

    def check_some(self) -> LogSlice:
        return LogSlice(0, ())

    def head(self) -> LogHead | None:
        return None
