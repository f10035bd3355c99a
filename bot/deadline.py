"""What one request has: until when somebody waits for its answer, and what became of what it asked to be written. Set
where a request comes in, seen by whatever is asked on its behalf.

Slack drops what is not acknowledged within 3 s. However many questions of the record one press takes, together they
have what is left of that. Monotonic seconds.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic
from typing import TypeVar

from bot.ports.errors import Fate


class Deadline:
    fate = Fate.NOTHING

    def __init__(self, seconds: float, now: Callable[[], float] = monotonic, request: str = "") -> None:
        """`request`: Slack's own id of it, for the log."""
        self.request = request
        self._now = now
        self._ends = now() + seconds

    def left(self) -> float:
        """Seconds; 0 once it is past."""
        return max(0.0, self._ends - self._now())


_current: ContextVar[Deadline | None] = ContextVar("deadline", default=None)


def current() -> Deadline | None:
    """Of the request on whose behalf this runs; None where nobody waits."""
    return _current.get()


def request_at_hand() -> str:
    """Slack's own id of it; "" where this is done on nobody's behalf."""
    deadline = current()
    return deadline.request if deadline else ""


Given = TypeVar("Given", bound=Deadline | None)


@contextmanager
def within(deadline: Given) -> Iterator[Given]:
    token = _current.set(deadline)
    try:
        yield deadline
    finally:
        _current.reset(token)


def note(fate: Fate) -> None:
    """For whoever is told of it, should what comes after fail."""
    if deadline := current():
        deadline.fate = max(deadline.fate, fate)
