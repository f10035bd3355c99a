"""The processing log, linked and looked at little by little, by each bot; where it is not as it was written, the
technician is told."""

from collections.abc import Sequence

from bot.ports.log_reader import LogFinding, LogReader
from bot.ports.processing_log import ProcessingLog
from workers.alarm.matters import Found, Matter

EVERY = 5.0  # machine seconds in which a line is newer than the chain


class LogWatch:
    def __init__(self, log: ProcessingLog, reader: LogReader) -> None:
        self._log = log
        self._reader = reader
        self._wrong: dict[int, Sequence[LogFinding]] = {}  # number of a slice → what was found there last

    def look(self) -> None:
        """Raises StoreUnavailable."""
        self._log.link()
        looked_at = self._reader.check_some()
        self._wrong[looked_at.number] = looked_at.found

    def found(self) -> Found:
        wrong = [each for found in self._wrong.values() for each in found]
        if not wrong:
            return {}
        first = min(wrong, key=lambda each: each.first)
        says = (
            f"The processing log was changed: {first.fault.value} (line {first.first} on). Somebody can write to the "
            "record server. Run missing-bot processing-log --verify, keep a copy of the server's files, and tell who "
            "answers for data protection."
        )
        return {"changed log": Matter(says=says, lasts=False)}
