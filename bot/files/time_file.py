"""A file that tells case time, for a demo: its clock may stand, and all processes stand with it.

A file, since time must not depend on the record or on Slack. Whoever changes it does so a moment ahead, so that every
process has read the change before it counts: none sees time go back.
"""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from bot.time import Stretch


class TimeFile:
    """What the file says, read again whenever it was changed. Raises OSError where it cannot be read at first."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: tuple[int, ...] = ()
        self._stretches: Sequence[Stretch] = ()
        self._look()

    def stretches(self) -> Sequence[Stretch]:
        try:
            self._look()
        except FileNotFoundError:
            return self._stretches  # the demo is over: its processes end like any other
        return self._stretches

    def _look(self) -> None:
        found = self._path.stat()
        known = (found.st_ino, found.st_mtime_ns, found.st_size)
        if known != self._known:
            self._stretches = msgspec.json.decode(self._path.read_bytes(), type=tuple[Stretch, ...])
            self._known = known


def write(path: Path, stretches: Sequence[Stretch]) -> None:
    """Whole or not at all: nobody reads half of it."""
    fresh = path.with_suffix(".new")
    fresh.write_bytes(msgspec.json.encode(stretches))
    fresh.replace(path)
