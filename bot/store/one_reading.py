"""What one look at everything reads of the record, read once: it goes by one state of it, and asks less."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import local
from typing import TypeVar

Found = TypeVar("Found")


class _Read(local):
    """By this thread; None outside of a reading."""

    known: dict[tuple[int, str], object] | None = None


_read = _Read()


@contextmanager
def one_reading() -> Iterator[None]:
    """For as long as the block lasts this thread reads each document once. What it writes itself it reads."""
    _read.known = {}
    try:
        yield
    finally:
        _read.known = None


def read_once(store: object, name: str, read: Callable[[], Found]) -> Found:
    if _read.known is None:
        return read()
    at = (id(store), name)
    if at not in _read.known:
        _read.known[at] = read()
    return _read.known[at]  # type: ignore[return-value]  # of one store and name there is one kind


def read_anew(name: str) -> None:
    """Somebody has written it."""
    if _read.known is not None:
        _read.known = {at: found for at, found in _read.known.items() if at[1] != name}
