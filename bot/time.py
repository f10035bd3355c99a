"""Two times that cannot be mixed.

*Case time* is what clocks run on: aware datetimes, which the demo runs fast and lets stand. *Machine time* is what
leases, retries and heartbeats run on: plain seconds, the same for every process, which neither run fast nor stand.
One is a datetime and the other a float, so adding or comparing them is a type error before it is a bug.
"""

import math
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Protocol, Self

from msgspec import Struct

# No lease, pause or gate of ours lasts longer. One that seems to was begun before the machine's clock was set back.
LONGEST_WAIT = 60.0  # machine seconds


def is_ahead(until: float, machine_now: float) -> bool:
    """Whether this still has to be waited for."""
    return machine_now < until <= machine_now + LONGEST_WAIT


def has_passed(seconds: float, since: float, machine_now: float) -> bool:
    """Whether it is so long ago. What seems yet to come was before a clock was set back: nobody waits for that."""
    return not 0 <= machine_now - since < seconds


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


class Stretch(Struct, frozen=True, array_like=True):
    """From that machine second on, case time goes on from `shows` at `speed`; it stands where that is 0."""

    since: float
    shows: float  # seconds since 1970
    speed: float


Stretches = Callable[[], Sequence[Stretch]]


class CaseClock:
    """Case time as a line through machine time that never goes back.

    Real and straight unless told otherwise. For a demo: `started` is the machine second at which it showed `origin`,
    since when it has run `speed` times as fast. Processes given the same three agree to the microsecond.
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
        straight = (Stretch(started, origin.timestamp() if origin else started, speed),)
        self._stretches: Stretches = lambda: straight

    @classmethod
    def told_by(cls, stretches: Stretches, machine: MachineClock) -> Self:
        """A clock that may stand and change its speed: each look asks again. There is always one stretch at least."""
        clock = cls(machine)
        clock._stretches = stretches
        return clock

    def now(self) -> datetime:
        return self.after(0)

    def after(self, seconds: float) -> datetime:
        """What it shows so many machine seconds from now, as far as is known; what it showed, where negative."""
        second = self._machine.seconds() + seconds
        stretches = self._stretches()
        here = next((each for each in reversed(stretches) if each.since <= second), stretches[0])
        return datetime.fromtimestamp(here.shows, UTC) + timedelta(seconds=(second - here.since) * here.speed)

    def seconds_until(self, at: datetime) -> float:
        """Machine seconds from now until case time is past `at`: infinite where it stands; negative once past."""
        stretches, shows = self._stretches(), at.timestamp()
        begun = [number for number, each in enumerate(stretches) if each.shows <= shows]
        here = stretches[begun[-1] if begun else 0]
        following = stretches[begun[-1] + 1 :] if begun else ()
        ends = following[0].since if following else math.inf
        speed = here.speed or (0 if begun else 1)  # before a clock that stands it ran like any other
        leaves = here.since + (shows - here.shows) / speed if speed else math.inf
        return min(leaves, ends) - self._machine.seconds()

    def seconds_since(self, at: datetime) -> float:
        """Machine seconds since case time was last `at`: none while it stands there, negative where that is to come."""
        until = self.seconds_until(at)
        return 0.0 if until == math.inf and at <= self.now() else -until
