"""Files that only this user of the machine can read."""

import os
from pathlib import Path
from typing import IO

from bot.store.errors import ServerTrouble

_FILES = ("appendonly.aof", "dump.rdb", "server.log", "lock", "address")


def belongs_to_another(data: Path) -> ServerTrouble:
    return ServerTrouble(
        f"{data} belongs to another user of this machine. Run this as that user, or set MISSING_DATA_DIR."
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
