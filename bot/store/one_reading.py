"""What one look at everything reads: each thing once, and the documents that it read last time together."""

from collections.abc import Callable, Iterable, Sequence
from threading import local
from typing import TypeVar

Found = TypeVar("Found")


class _Reading:
    """`before`: the names that the last one asked each store for."""

    def __init__(self, before: dict[int, set[str]]) -> None:
        self._before = before
        self._known: dict[tuple[int, str], object] = {}
        self.asked: dict[int, set[str]] = {}

    def once(self, store: object, name: str, read: Callable[[], object]) -> object:
        at = (id(store), name)
        if at not in self._known:
            self._known[at] = read()
        return self._known[at]

    def together(self, store: object, name: str, read: Callable[[Sequence[str]], Iterable[object]]) -> object:
        self.asked.setdefault(id(store), set()).add(name)
        if (id(store), name) not in self._known:
            names = sorted({name} | self._before.pop(id(store), set()))
            self._known |= {(id(store), each): found for each, found in zip(names, read(names), strict=True)}
        return self._known[id(store), name]

    def forget(self, name: str) -> None:
        self._known = {at: found for at, found in self._known.items() if at[1] != name}


class _Here(local):
    """By this thread; None outside of a reading."""

    reading: _Reading | None = None


_here = _Here()


def in_one_reading(look: Callable[[], object]) -> Callable[[], None]:
    """`look`, going by one state of the documents each time. What it writes itself it reads."""
    before: dict[int, set[str]] = {}

    def looked() -> None:
        nonlocal before
        _here.reading = reading = _Reading(before)
        try:
            look()
        finally:
            _here.reading, before = None, reading.asked

    return looked


def read_once(store: object, name: str, read: Callable[[], Found]) -> Found:
    reading = _here.reading
    return read() if reading is None else reading.once(store, name, read)  # type: ignore[return-value]


def read_together(store: object, name: str, read: Callable[[Sequence[str]], list[Found]]) -> Found:
    """`read`: what is found under each of several names, in their order."""
    reading = _here.reading
    return read([name])[0] if reading is None else reading.together(store, name, read)  # type: ignore[return-value]


def read_anew(name: str) -> None:
    """Somebody has written it."""
    if _here.reading is not None:
        _here.reading.forget(name)
