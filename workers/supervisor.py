"""Starts the processes of one machine, starts them again when they die, and leaves none behind.

Each child leads a process group of its own, so that whatever it forked goes with it. On Linux the kernel kills a
child when its supervisor is gone, however that came about.
"""

import math
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Protocol

import structlog
from msgspec import Struct

from workers.periodic import Stop

GRACE = 10.0  # seconds from SIGTERM to SIGKILL: longer than a call to Slack may take
# Seconds between two looks at the children: while one is not there, or no system tells of its end; and else.
_LOOK, _RESTS = 0.1, 1.0
_SOONEST, _LATEST = 0.2, 10.0  # seconds before a child that died is started again
_SETTLED = 30.0  # seconds after which a child counts as having come up well

log = structlog.get_logger()


class Begun(Protocol):
    """A process of ours: a `subprocess.Popen`, or what was forked."""

    @property
    def pid(self) -> int: ...

    def wait(self) -> int:
        """Its exit code, once it has ended."""


Spawn = Callable[[], Begun]


class CannotStart(Exception):
    """Says in one line why not, and what to do. It is tried again."""


class Program(Struct, frozen=True):
    name: str
    spawn: Spawn
    once: bool = False  # it is done when it ends


class ChildProcess:
    def __init__(
        self,
        name: str,
        spawn: Spawn,
        running: Begun | None = None,
        *,
        latest: float = _LATEST,
        once: bool = False,
    ) -> None:
        """`spawn` starts it as leader of its group, and raises CannotStart; `running`: it was started already.

        `latest`: seconds for which it is away at most, however often it dies. `once`: it is done when it ends.
        """
        self._once = once
        self._latest = latest
        self._name = name
        self._spawn = spawn
        self._process = running
        self._started_at = 0.0
        self._start_at = 0.0
        self._falls = 0
        self._end: int | None = None

    def look_after(self, now: float) -> None:
        """Starts it where it is due to be started; notices where it has died."""
        if self._process is None:
            if now >= self._start_at:
                self._start(now)
        elif has_ended(self._process.pid):
            self._bury(self._process, now)

    def watched(self) -> int | None:
        """A file that can be read from once it has ended; None where it does not run, or where no system has such."""
        if self._process is not None and self._end is None and sys.platform == "linux":
            with suppress(OSError):
                self._end = os.pidfd_open(self._process.pid)
        return self._end

    def _start(self, now: float) -> None:
        try:
            self._process = self._spawn()
        except CannotStart as why:
            self._fell(now)
            log.error("cannot be started", process=self._name, why=str(why))
            return
        except (OSError, subprocess.SubprocessError) as full:  # no memory, no process to be had: others go on
            self._fell(now)
            log.error("not started", process=self._name, why=type(full).__name__)
            return
        self._started_at = now
        log.info("started", process=self._name, pid=self._process.pid)

    def _bury(self, process: Begun, now: float) -> None:
        self._signal(
            signal.SIGKILL
        )  # what it forked; before it is reaped, while its number can be nobody else's
        code = process.wait()
        self._forget()
        if self._once:
            self._start_at = math.inf
            log.info("ended", process=self._name, code=code)
            return
        self._fell(now)
        log.error("died", process=self._name, code=code, falls=self._falls)

    def _fell(self, now: float) -> None:
        settled = self._started_at and now - self._started_at > _SETTLED
        self._falls = 1 if settled else self._falls + 1
        self._started_at = 0.0
        self._start_at = now + min(_SOONEST * 2.0 ** min(self._falls - 1, 10), self._latest)

    def ask_to_end(self) -> None:
        self._signal(signal.SIGTERM)

    def end(self, deadline: float) -> None:
        """Waits for it until then, and takes its whole group down."""
        if self._process is None:
            return
        while not has_ended(self._process.pid) and time.monotonic() < deadline:
            time.sleep(0.02)
        self._signal(signal.SIGKILL)
        self._process.wait()
        self._forget()

    def _forget(self) -> None:
        self._process = None
        if self._end is not None:
            os.close(self._end)
            self._end = None

    def _signal(self, number: signal.Signals) -> None:
        if self._process is not None:
            try:
                os.killpg(self._process.pid, number)
            except ProcessLookupError:
                log.debug("already gone", process=self._name)


class Supervisor:
    def __init__(self, programs: Sequence[Program], server: ChildProcess | None = None) -> None:
        """`server`: looked after like the others, and left running at the end: they need it until they have ended."""
        self._children = [
            ChildProcess(program.name, program.spawn, once=program.once) for program in programs
        ]
        self._looked_after = [*([server] if server else []), *self._children]

    def run(self, stop: Stop) -> None:
        """Until told to stop. No process that it started, nor any that those started, is left then."""
        try:
            while not self._rest(stop):
                for child in self._looked_after:
                    child.look_after(time.monotonic())
        finally:
            self._end_all()

    def _rest(self, stop: Stop) -> bool:
        """Until there may be something to do for a child. Whether it was told to stop."""
        ends = [child.watched() for child in self._looked_after]
        told = [end for end in ends if end is not None]
        return stop.wait(_RESTS if len(told) == len(ends) else _LOOK, *told)

    def _end_all(self) -> None:
        for child in self._children:
            child.ask_to_end()
        deadline = time.monotonic() + GRACE
        for child in self._children:
            child.end(deadline)


def has_ended(pid: int) -> bool:
    """Without reaping it: until it is reaped, neither its number nor its group's can be given to another."""
    return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
