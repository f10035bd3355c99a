"""A file that is there whole under its name, or not at all: nobody takes half of it for all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EEXIST
from pathlib import Path
from typing import IO


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """For this user of the machine alone. Raises OSError; FileExistsError where one is there, which stays."""
    _spare(path)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        number = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(number, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _spare(path)
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def _spare(path: Path) -> None:
    if path.exists():
        raise FileExistsError(EEXIST, os.strerror(EEXIST), str(path))
