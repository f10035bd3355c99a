"""What strikes: one fault after another at random, some over one another; and the timeline of what struck when."""

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from msgspec import Struct

from benchmarks.soak.house import House

_RECOVERS = 6.0  # seconds in which a process that was started again is at its work, on a busy machine


class Span(Struct, frozen=True):
    """A fault, and until when what it broke could not work."""

    kind: str
    began: float  # machine seconds
    over: float

    def __str__(self) -> str:
        return f"{self.kind} for {self.over - self.began:.1f} s"


class Faults:
    def __init__(self, house: House, seed: int) -> None:
        self._house = house
        self._chance = random.Random(f"faults {seed}")  # nosec B311 # has to be repeatable
        self._pending: list[tuple[float, Callable[[], None]]] = []
        self.timeline: list[Span] = []

    def rage(self, seconds: float) -> None:
        """From the thread that started the processes: on Linux they end with it."""
        end, clock_at = time.time() + seconds, time.time() + seconds / 3
        strike_at = time.time() + 3.0
        while time.time() < end:
            if time.time() >= strike_at:
                self._strike()
                strike_at = time.time() + self._chance.uniform(0.5, 6.0)
            if time.time() >= clock_at:
                self._clock()
                clock_at = end
            self._end_what_is_over()
            time.sleep(0.05)
        self.calm()

    def calm(self) -> None:
        """Nothing is broken any more."""
        self._end_what_is_over(everything=True)
        self._house.workspace.clear_faults()
        for machine in self._house.machines:
            if not self._house.is_up(machine):
                self._house.start(machine)

    @contextmanager
    def lasting(self, kind: str) -> Iterator[None]:
        """What the soak itself does to the house."""
        began = time.time()
        yield
        self.timeline.append(Span(kind, began, time.time() + _RECOVERS))

    @property
    def counted(self) -> Counter[str]:
        return Counter(span.kind.split(" of ")[0] for span in self.timeline)

    def _strike(self) -> None:
        strike = self._chance.choices(
            [self._kill, self._stall, self._kill_record, self._slack, self._socket], [6, 3, 1, 6, 3]
        )[0]
        strike()

    def _lasts(self, kind: str, seconds: float, recovers: float = 0.0) -> None:
        now = time.time()
        self.timeline.append(Span(kind, now, now + seconds + recovers))

    def _later(self, seconds: float, what: Callable[[], None]) -> None:
        self._pending.append((time.time() + seconds, what))

    def _end_what_is_over(self, *, everything: bool = False) -> None:
        now = time.time()
        over = [what for at, what in self._pending if everything or at <= now]
        self._pending = [] if everything else [(at, what) for at, what in self._pending if at > now]
        for what in over:
            what()

    def _kill(self) -> None:
        struck = self._chance.choice(self._house.running() or [None])
        if struck is None:
            return
        _signal(struck.pid, signal.SIGKILL)
        if struck.kind == "run":
            away = self._chance.uniform(0.5, 3.0)
            self._lasts(f"kill -9 of machine {struck.machine}", away, _RECOVERS)
            self._later(away, lambda: self._restart(struck.machine))
        else:
            self._lasts(f"kill -9 {struck.kind} of {struck.machine}", 0.0, _RECOVERS)

    def _restart(self, machine: str) -> None:
        if not self._house.is_up(machine):
            self._house.start(machine)

    def _stall(self) -> None:
        """A machine that swaps, a paused container: it goes on afterwards as if nothing had been."""
        struck = self._chance.choice(self._house.running() or [None])
        if struck is None or struck.kind == "run":
            return
        seconds = self._chance.choice([1.0, 4.0, 7.0, 13.0])
        _signal(struck.pid, signal.SIGSTOP)
        self._lasts(f"stall {struck.kind} of {struck.machine}", seconds, 1.0)
        self._later(seconds, lambda: _signal(struck.pid, signal.SIGCONT))

    def _kill_record(self) -> None:
        if any("record" in span.kind and span.over > time.time() for span in self.timeline):
            return
        seconds = self._chance.uniform(0.2, 5.0)
        self._house.server.kill()
        self._lasts("kill -9 of the record server", seconds, 2.0)
        self._later(seconds, self._house.server.start)

    def _clock(self) -> None:
        """Once a night: one machine's clock is set back, and put right again. What it writes meanwhile bears another
        time, so nothing is asked of times for as long before and after."""
        machine, back = self._chance.choice(self._house.machines), self._chance.choice([5.0, 20.0, 90.0])
        seconds, now = self._chance.uniform(4.0, 12.0), time.time()
        self._house.set_clock(machine, -back)
        self.timeline.append(
            Span(f"clock of {machine} set back {back:.0f} s", now - back, now + seconds + back)
        )
        self._later(seconds, lambda: self._house.set_clock(machine, 0.0))

    def _slack(self) -> None:
        kind = self._chance.choice(
            ["rate_limited", "server_error", "hang", "lost_reply", "slow", "not_json", "refused"]
        )
        method = self._chance.choice(["chat.postMessage", "chat.update", "*", "*", "conversations.history"])
        seconds = self._chance.uniform(1.0, 8.0)
        fault = self._house.workspace.fault(
            kind,
            method,
            probability=self._chance.choice([0.3, 1.0]),
            seconds=self._chance.choice([1, 3]),
        )
        self._lasts(f"slack {kind} of {method}", seconds)
        self._later(seconds, lambda: self._house.workspace.clear_faults(fault))

    def _socket(self) -> None:
        how = self._chance.choice(["drop", "close", "warning", "refresh_requested", "double", "ignore_acks"])
        if how in ("double", "ignore_acks"):
            seconds = self._chance.uniform(2.0, 6.0)
            fault = self._house.workspace.fault(how)
            self._lasts(f"envelopes {how}", seconds)
            self._later(seconds, lambda: self._house.workspace.clear_faults(fault))
        else:
            self._house.workspace.disturb_sockets(how)
            self._lasts(f"sockets {how}", 0.0, 2.0)


def _signal(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return  # it died meanwhile


def about(timeline: list[Span], at: float, before: float = 25.0, after: float = 10.0) -> list[Span]:
    """What struck around that machine second."""
    return [span for span in timeline if span.began <= at + after and span.over >= at - before]


def struck_within(timeline: list[Span], began: float, over: float, *kinds: str) -> float:
    """Seconds between the two in which such a fault lasted; any kind where none is named."""
    spans = sorted(
        (max(span.began, began), min(span.over, over))
        for span in timeline
        if span.began < over and span.over > began and (not kinds or any(k in span.kind for k in kinds))
    )
    total, until = 0.0, began
    for first, last in spans:
        total += max(0.0, last - max(first, until))
        until = max(until, last)
    return total
