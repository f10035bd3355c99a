"""Two times that cannot be mixed.

*Case time* is what clocks run on: aware datetimes, which the demo runs fast. *Machine time* is what leases, retries
and heartbeats run on: plain seconds, the same for every process, never fast. One is a datetime and the other a
float, so adding or comparing them is a type error before it is a bug.
"""

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol

# No lease, pause or gate of ours lasts longer. One that seems to was begun before the machine's clock was set back.
LONGEST_WAIT = 60.0  # machine seconds


def is_ahead(until: float, machine_now: float) -> bool:
    """Whether this still has to be waited for."""
    return machine_now < until <= machine_now + LONGEST_WAIT


def later_of(standing: float, until: float) -> float:
    """Which of two waits to keep: the one that ends later, unless it was begun before the clock was set back."""
    return standing if until < standing <= until + LONGEST_WAIT else until


class MachineClock(Protocol):
    def seconds(self) -> float:
        """Since 1970. Shared by all processes, on every host, so a lease taken by one can be judged by another."""


class HostClock:
    """The machine's own."""

    def seconds(self) -> float:
        return time.time()


class CaseClock:
    """Case time as a straight line through machine time.

    Real unless told otherwise. For a demo: `started` is the machine second at which it showed `origin`, since when
    it has run `speed` times as fast. Processes given the same three agree to the microsecond.
    """

    def __init__(
        self,
        machine: MachineClock,
        *,
        speed: float = 1.0,
        started: float = 0.0,
        origin: datetime | None = None,
    ) -> None:
        self._machine = machine
        self._speed = speed
        self._started = started
        self._origin = origin.astimezone(UTC) if origin else datetime.fromtimestamp(started, UTC)

    def now(self) -> datetime:
        return self._origin + self.span(self._machine.seconds() - self._started)

    def span(self, seconds: float) -> timedelta:
        """How much case time goes by in so many machine seconds."""
        return timedelta(seconds=seconds * self._speed)

    def seconds_until(self, at: datetime) -> float:
        """Machine seconds from now until case time is `at`; negative once it is past."""
        return (at - self.now()).total_seconds() / self._speed
