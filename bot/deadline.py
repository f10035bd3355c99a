"""Until when somebody waits for an answer: set where a request comes in, seen by whatever is asked on its behalf.

Slack drops what is not acknowledged within 3 s. However many questions of the record one press takes, together they
have what is left of that. Monotonic seconds.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic


class Deadline:
    def __init__(self, seconds: float) -> None:
        self._ends = monotonic() + seconds

    def left(self) -> float:
        """Seconds; 0 once it is past."""
        return max(0.0, self._ends - monotonic())


_current: ContextVar[Deadline | None] = ContextVar("deadline", default=None)


def current() -> Deadline | None:
    """Of the request on whose behalf this runs; None where nobody waits."""
    return _current.get()


@contextmanager
def within(deadline: Deadline | None) -> Iterator[None]:
    token = _current.set(deadline)
    try:
        yield
    finally:
        _current.reset(token)
