"""How whoever waits for the next due time is told that something has to be looked at sooner."""

from collections.abc import Callable
from typing import Protocol


class Bell(Protocol):
    """Rung by every append that makes something due, or writes rows, and by whoever wants the timers to look now."""

    def ring(self) -> None:
        """Every timer looks at once. Where nobody hears it, each looks within a second by itself. Never raises."""


class Waits(Protocol):
    """Whatever can be told to stop meanwhile."""

    def wait(self, seconds: float, *also: int) -> bool:
        """Until it is told to stop (then True), or one of these files can be read from."""


class Ear(Protocol):
    """Of one timer."""

    def rest(self, stop: Waits, seconds: float, is_time: Callable[[], bool]) -> None:
        """So many seconds of a clock that nobody sets; less where the bell rings, or where it could not be heard, or
        where it is time by the clocks, which may be set meanwhile."""
