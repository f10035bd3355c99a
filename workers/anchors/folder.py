"""The folder that anchors are kept in: a file for each hour, for whoever runs the bot alone, and never written over."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from bot.files.whole_file import whole_file

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
        with suppress(FileExistsError), whole_file(path) as file:
            file.write(content)
        return path

    def newest(self) -> Path | None:
        return max(self._all(), default=None)

    def before(self, path: Path) -> Path | None:
        return max((each for each in self._all() if each.name < path.name), default=None)

    def _all(self) -> Iterator[Path]:
        return self.folder.glob(f"{self._prefix}-????-??-??T??????Z{_ENDING}")
