"""The folder that anchors are kept in: a file for each hour, for whoever runs the bot alone, and never written over."""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

_ENDING = ".anchor.json.gz"


class AnchorFolder:
    """All of it raises OSError."""

    def __init__(self, folder: Path, prefix: str) -> None:
        """`prefix` sets installations apart that keep theirs in one folder."""
        self.folder = folder
        self._prefix = prefix

    def keep(self, at: datetime, content: bytes) -> Path:
        """Whole or not at all. What another bot has written at that second stands."""
        path = self.folder / f"{self._prefix}-{at:%Y-%m-%dT%H%M%S}Z{_ENDING}"
        if path.exists():
            return path
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        number = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(number, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        return path

    def newest(self) -> Path | None:
        return max(self._all(), default=None)

    def before(self, path: Path) -> Path | None:
        return max((each for each in self._all() if each.name < path.name), default=None)

    def _all(self) -> Iterator[Path]:
        return self.folder.glob(f"{self._prefix}-????-??-??T??????Z{_ENDING}")
