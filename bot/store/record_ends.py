"""The ends of the records that were loaded last: whoever loads is about to append, and need not ask again."""

from collections import OrderedDict
from threading import Lock
from typing import NamedTuple

_KNOWN = 1_000


class RecordEnd(NamedTuple):
    """What the next entry is chained to, and the key that it is sealed under."""

    last: bytes
    key: bytes | None


class RecordEnds:
    """Of the records that were loaded last."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: OrderedDict[str, tuple[int, RecordEnd]] = OrderedDict()

    def note(self, ref: str, length: int, end: RecordEnd) -> None:
        with self._lock:
            self._known[ref] = (length, end)
            self._known.move_to_end(ref)
            while len(self._known) > _KNOWN:
                self._known.popitem(last=False)

    def of(self, ref: str, length: int) -> RecordEnd | None:
        """None where it is another length that is known."""
        with self._lock:
            known, end = self._known.get(ref, (0, None))
        return end if known == length else None

    def key(self, ref: str) -> bytes | None:
        with self._lock:
            _, end = self._known.get(ref, (0, None))
        return end.key if end else None

    def drop(self, ref: str) -> None:
        with self._lock:
            self._known.pop(ref, None)
