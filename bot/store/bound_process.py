"""Becomes the server, tied to the process that started it. Run as a script; it imports nothing of the bot.

    python tether.py PARENT LOCK PROGRAM ARGUMENT…

A server that outlives its parent would go on writing to a directory that the next one opens too. So the kernel ends
it with its parent (on Linux), and everywhere a lock on the directory, which the server inherits, keeps a second out.
"""

import ctypes
import fcntl
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

LOCKED = 75  # exit code: another server has the directory (EX_TEMPFAIL)
_PR_SET_PDEATHSIG = 1


def tied(command: Sequence[str], lock: Path) -> list[str]:
    """The command line that runs `command` tied to this process, from the thread that starts it."""
    return [sys.executable, "-I", "-S", __file__, str(os.getpid()), str(lock), *command]


def is_free(lock: Path) -> bool:
    """Whether no server has the directory now."""
    if not lock.exists():
        return True
    with lock.open("rb") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def main(parent: str, lock: str, *command: str) -> None:
    _end_with(int(parent))
    os.umask(0o077)  # what the server writes is for this user alone
    _hold(lock)
    os.execv(command[0], command)  # nosec B606 # the command is handed in by our own server's start, without a shell


def _end_with(parent: int) -> None:
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:  # it ended before the signal was set
        sys.exit(0)


def _hold(lock: str) -> None:
    """The lock lives as long as the server, whatever becomes of us."""
    held = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    os.set_inheritable(held, True)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        sys.exit(LOCKED)


if __name__ == "__main__":
    main(*sys.argv[1:])
