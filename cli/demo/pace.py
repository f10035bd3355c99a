"""How fast a story goes on: at the pace of its readers, with the case clock running between its moments, and not at all
while somebody who watches holds it."""

import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Protocol

from bot.files import time_file
from bot.time import CaseClock, MachineClock, Stretch
from sandbox.client.stage import Wishes
from workers.periodic import Stop

# The demo's case clock as whoever tells the story holds it: it runs to a moment and stands there.

_AHEAD = 0.05  # machine seconds in which every process reads a change, before it counts


class StoryClock:
    """Stands until told to run. `told` hears of each change: what it shows, since when, how fast."""

    def __init__(
        self, path: Path, machine: MachineClock, origin: datetime, told: Callable[[float, float, float], None]
    ) -> None:
        self.path = path
        self._machine = machine
        self._told = told
        self._stretches: list[Stretch] = []
        self._clock = CaseClock.told_by(lambda: self._stretches, machine)
        self._go_on(Stretch(machine.seconds(), origin.timestamp(), 0.0))

    def now(self) -> datetime:
        return self._clock.now()

    def run_to(self, at: datetime, speed: float) -> None:
        """It stops there by itself, whatever becomes of who told it to run."""
        running = self._from_here(speed)
        lasts = (at.timestamp() - running.shows) / speed
        if lasts > 0:
            self._go_on(running, Stretch(running.since + lasts, at.timestamp(), 0.0))

    def run(self, speed: float) -> None:
        self._go_on(self._from_here(speed))

    def stand(self) -> None:
        self._go_on(self._from_here(0.0))

    def seconds_until(self, at: datetime) -> float:
        """Machine seconds; infinite while it stands before that. None once it is there."""
        return 0.0 if self.now() >= at else self._clock.seconds_until(at)

    def _from_here(self, speed: float) -> Stretch:
        since = self._machine.seconds() + _AHEAD
        return Stretch(since, self._clock.after(_AHEAD).timestamp(), speed)

    def _go_on(self, *stretches: Stretch) -> None:
        """What was planned from then on is given up."""
        begun = [each for each in self._stretches if each.since < stretches[0].since]
        self._stretches = [*begun, *stretches]
        time_file.write(self.path, self._stretches)
        for each in stretches:
            self._told(each.shows, each.since, each.speed)


SPEED = 60.0  # case seconds a second, where nobody asks for another speed
_AT_LEAST = 3.5  # seconds for a caption
_TURNING = 1.5  # seconds to find what it tells of
_A_WORD = 0.28  # seconds: some 210 words a minute
_LOOK = 0.5  # seconds between looks at whether all of it is to end


class Ended(Exception):
    """The demo was told to end in the middle of its story."""


class Again(Exception):
    """Whoever watches wants it from its beginning, in a fresh workspace."""


class Audience(Protocol):
    def wishes(self, after: int = -1, seconds: float = 0.0) -> Wishes:
        """The newest; waits up to so many seconds for some that are newer than version `after`."""


class Nobody:
    """Nobody can press anything: a terminal, at the speed that was asked for."""

    def __init__(self, ended: Stop, speed: float) -> None:
        self._ended = ended
        self._wishes = Wishes(version=0, watched=True, playing=True, speed=speed, next=0, again=0)

    def wishes(self, after: int = -1, seconds: float = 0.0) -> Wishes:
        if after >= self._wishes.version:
            self._ended.wait(seconds)
        return self._wishes


def reading(text: str) -> float:
    """Seconds in which an unhurried reader has read it and seen what it tells of."""
    return max(_AT_LEAST, _TURNING + _A_WORD * len(text.split()))


class Pace:
    """Every wait ends with Ended or Again as soon as that is wished."""

    def __init__(self, clock: StoryClock, audience: Audience, ended: Stop) -> None:
        self._clock = clock
        self._audience = audience
        self._ended = ended
        self._wishes = audience.wishes()
        self._stepping = False  # held, but let on to the next caption
        self.was_held = not self._wishes.playing  # at any time since it began

    def wait_for_viewer(self) -> None:
        while not self._wishes.watched:
            self._listen(_LOOK)

    def read(self, seconds: float) -> None:
        """So long at speed 1, which passes while nobody holds the story; or until the next caption is asked for."""
        self._stepping = False
        left, asked = seconds, self._wishes.next
        while left > 0:
            goes, speed, began = self._wishes.playing, self._wishes.speed, time.monotonic()
            self._listen(left / speed if goes else _LOOK)
            left -= (time.monotonic() - began) * speed if goes else 0
            if self._wishes.next > asked:
                self._stepping = not self._wishes.playing
                return

    def run_to(self, at: datetime) -> None:
        """The case clock runs there, and stands; on the way it stands while somebody holds the story."""
        self._listen(0)  # since the last look somebody may have begun to hold it
        while self._clock.now() < at:
            goes, speed = self._goes
            if goes:
                self._clock.run_to(at, SPEED * speed)
            else:
                self._clock.stand()
            self._until_other(goes, speed, at)

    def stay(self) -> None:
        """After the end: time stands unless whoever watches lets it run. It never returns."""
        self._stepping = False
        self._listen(0)
        while True:
            goes, speed = self._goes
            if goes:
                self._clock.run(SPEED * speed)
            else:
                self._clock.stand()
            self._until_other(goes, speed)

    @property
    def _goes(self) -> tuple[bool, float]:
        """Whether the story goes on, and at which speed."""
        return self._wishes.playing or self._stepping, self._wishes.speed

    def _until_other(self, goes: bool, speed: float, at: datetime | None = None) -> None:
        while (goes, speed) == self._goes:
            left = self._clock.seconds_until(at) if at else _LOOK
            if left <= 0:
                return
            self._listen(left)

    def _listen(self, seconds: float) -> None:
        if self._ended.is_set():
            raise Ended
        self._wishes = self._audience.wishes(self._wishes.version, min(seconds, _LOOK))
        self.was_held |= not self._wishes.playing
        if self._wishes.again:
            raise Again
