"""How fast a story goes on: at the pace of its readers, with the case clock running between its moments, and not at all
while somebody who watches holds it."""

import threading
import time
from datetime import datetime
from typing import Protocol

from cli.demo.demo_clock import StoryClock
from sandbox.client.stage import Wishes

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

    def __init__(self, ended: threading.Event, speed: float) -> None:
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

    def __init__(self, clock: StoryClock, audience: Audience, ended: threading.Event) -> None:
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
