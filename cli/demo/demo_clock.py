"""The demo's case clock as whoever tells the story holds it: it runs to a moment and stands there."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bot.files import time_file
from bot.time import CaseClock, MachineClock, Stretch

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
