"""Starts each process again when it dies, as systemd would (Restart=always); and is where they are struck."""

import os
import signal
import threading
import time
from collections.abc import Mapping

from tests.waiting import until
from workers.supervisor import Begun, CannotStart, ChildProcess, Spawn, has_ended

_LOOK = 0.05  # seconds between two looks
_LATEST = 1.0  # seconds for which one is away at most, however often it dies
_ENDS = 20.0
_IS_BACK = 60.0  # seconds, on a busy machine


class Keeper(threading.Thread):
    """Starts them in the order given and ends them in the other; in one thread: on Linux they end with it."""

    def __init__(self, programs: Mapping[str, Spawn]) -> None:
        super().__init__(name="keeper", daemon=True)
        self._pids: dict[str, int] = {}
        self._away: dict[str, float] = {}
        self._ending = threading.Event()
        self._children = {
            name: ChildProcess(name, self._noting(name, spawn), latest=_LATEST)
            for name, spawn in programs.items()
        }

    def run(self) -> None:
        try:
            while not self._ending.wait(_LOOK):
                for child in self._children.values():
                    child.look_after(time.monotonic())
        finally:
            for child in reversed(self._children.values()):
                child.ask_to_end()
                child.end(time.monotonic() + _ENDS)

    def end(self) -> None:
        self._ending.set()
        if self.is_alive():
            self.join()

    def pid(self, name: str) -> int:
        """Of the process that runs now; waits for it."""
        until(f"{name} runs", lambda: self._lives(name), _IS_BACK)
        return self._pids[name]

    def kill(self, name: str) -> None:
        os.kill(self.pid(name), signal.SIGKILL)

    def keep_away(self, name: str, seconds: float) -> None:
        """Killed, and not to be started before so long."""
        self._away[name] = time.monotonic() + seconds
        self.kill(name)

    def _lives(self, name: str) -> bool:
        pid = self._pids.get(name)
        try:
            return pid is not None and not has_ended(pid)
        except ChildProcessError:  # it is buried, and the next not started yet
            return False

    def _noting(self, name: str, spawn: Spawn) -> Spawn:
        def spawned() -> Begun:
            if time.monotonic() < self._away.get(name, 0.0):
                raise CannotStart("it is kept away")
            process = spawn()
            self._pids[name] = process.pid
            return process

        return spawned
