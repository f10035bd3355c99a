"""The processing log in a Redis server, as it is written: a list of its own, which no case is read from.

A view, or a page, is not lost because the log takes nothing (the server is full, or somebody damaged the key): what is
noted then is kept in the process, said in its own log, and written as soon as it can be. A step has its lines in the
script that appends it; what that cannot write is counted, and the technician is told.
"""

from collections.abc import Sequence
from contextlib import suppress
from threading import Lock
from typing import cast

import structlog
from redis import Redis

from bot.domain.processing import Processing
from bot.ports.errors import StoreUnavailable
from bot.ports.metrics import Metric, Metrics
from bot.store.connection import load_script
from bot.store.keys import Keys
from bot.store.log_boxes import BEGIN, MARKED, LogBoxes, StoredLine

log = structlog.get_logger()

_AT_ONCE = 1_000  # lines
_NOTES_KEPT = 5_000
# Lines that others may have written since a call that was not heard: within its own tries, and after a line was cut.
_SOON, _LATER = 1_000, 100_000


class _LinesWaiting:
    """Lines that were noted, and are not written yet: as they were noted together."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._notes: list[Sequence[StoredLine]] = []

    @property
    def count(self) -> int:
        with self._lock:
            return sum(map(len, self._notes))

    def taken(self) -> list[Sequence[StoredLine]]:
        with self._lock:
            taken, self._notes = self._notes, []
            return taken

    def keep(self, lines: Sequence[StoredLine]) -> int:
        """How many lines are lost for it, the oldest."""
        with self._lock:
            self._notes.append(lines)
            over = self._notes[:-_NOTES_KEPT]
            self._notes = self._notes[-_NOTES_KEPT:]
            return sum(map(len, over))


class RedisProcessingLog:
    def __init__(self, redis: Redis, keys: Keys, boxes: LogBoxes, metrics: Metrics) -> None:
        self._metrics = metrics
        self._kept = _LinesWaiting()
        self._redis = redis
        self._keys = keys
        self._boxes = boxes
        self._note = load_script(redis, "log_note")
        self._link = load_script(redis, "log_link")

    def note(self, *lines: Processing) -> None:
        """Raises StoreUnavailable where not even the record's keys have been read yet: nothing has been shown then."""
        noted = [self._boxes.sealed(line) for line in lines]
        self._write_kept()
        if noted:
            self._write(noted, _SOON)

    def _write_kept(self) -> None:
        for some in self._kept.taken():
            self._write(some, _LATER)

    def _write(self, lines: Sequence[StoredLine], among: int) -> None:
        """Together as they were noted: whether a call that was not heard came to pass is seen by its first line,
        among so many of the last."""
        people = [part for line in lines if line.people for part in (line.people.name, line.people.box)]
        boxes = [line.box for line in lines]
        try:
            self._note([self._keys.log, self._keys.log_people], [among, len(boxes), *boxes, *people])
        except StoreUnavailable as away:
            self._keep(lines, away)

    def _keep(self, lines: Sequence[StoredLine], away: StoreUnavailable) -> None:
        lost = self._kept.keep(lines)
        log.error("the processing log takes nothing, kept here", why=away.kind, lines=len(lines), lost=lost)
        if lost:
            with suppress(StoreUnavailable):
                self._metrics.count(Metric.NOT_LOGGED, lost)

    @property
    def waiting(self) -> int:
        """Lines that are in this process alone."""
        return self._kept.count

    def link(self) -> None:
        self._write_kept()
        while self._link_some():
            pass

    def _link_some(self) -> bool:
        """Whether there may be more. An end that is not ours stands where it is, for who verifies the log to find."""
        stored = cast(bytes | None, self._redis.get(self._keys.log_end)) or b""
        end = self._boxes.read_end(stored) if stored else (0, BEGIN)
        if end is None:
            log.error("the processing log cannot be linked: its end is not as it was written")
            return False
        lines, link = end
        new = cast(list[bytes], self._redis.lrange(self._keys.log, lines, lines + _AT_ONCE - 1))
        marks = []
        for number, box in enumerate(new, start=lines + 1):
            link = self._boxes.linked(link, box)
            if number % MARKED == 0:
                marks.append(link)
        if new:
            after = self._boxes.end(lines + len(new), link)
            self._link([self._keys.log_end, self._keys.log_marks], [stored, after, *marks])
        return len(new) == _AT_ONCE
