"""The disk of the record: a small one in memory where one can be mounted (root, Linux); it fills, and is freed."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_SIZE = "192m"
_PIECES = (64 * 1024, 512, 1)  # bytes


class Disk:
    def __init__(self, place: Path, *, small: bool) -> None:
        """Not `small`: that of the machine, which is not to be filled."""
        self.place = place
        self.small = small
        self._ballast = place / "ballast"

    @property
    def how(self) -> str:
        return f"a tmpfs of {_SIZE}" if self.small else "RLIMIT_FSIZE of the server"

    def fill(self) -> None:
        """To the last byte."""
        with self._ballast.open("wb", buffering=0) as file:
            for size in _PIECES:
                while _written(file.fileno(), size):
                    pass

    def free(self) -> None:
        self._ballast.unlink()


def _written(file: int, size: int) -> bool:
    try:
        return os.write(file, bytes(size)) == size
    except OSError:
        return False


@contextmanager
def small_disk(place: Path) -> Iterator[Disk]:
    place.mkdir()
    small = _done("mount", "-t", "tmpfs", "-o", f"size={_SIZE}", "tmpfs", str(place))
    try:
        yield Disk(place, small=small)
    finally:
        if small:
            _done("umount", "--lazy", str(place))


def _done(command: str, *arguments: str) -> bool:
    program = shutil.which(command)
    if program is None:
        return False
    ended = subprocess.run([program, *arguments], capture_output=True, check=False)  # nosec # fixed words, a folder of ours
    return ended.returncode == 0
