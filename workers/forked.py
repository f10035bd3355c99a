"""A child that goes on from what this process has loaded: in memory once for all of them, and at work at once.

Everything of this process stays behind but its memory: the child leads a session of its own, hears signals for itself,
ends with this one, and never comes back into what this one was doing.
"""

import ctypes
import gc
import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from traceback import print_exc
from typing import NoReturn

from workers.ties import tied_to_this_process

_HEARD = {signal.SIGTERM, signal.SIGINT}
_ARGUMENTS = slice(45, 47)  # where they lie, among the fields of /proc/self/stat behind the name


class Forked:
    def __init__(self, pid: int) -> None:
        self.pid = pid

    def wait(self) -> int:
        """Its exit code; negative where a signal ended it."""
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def forked(begin: Callable[[], object], command: Sequence[str]) -> Forked:
    """Returns once the child leads its group. `begin` is all that it does; `command`: what `ps` shows of it.

    Of a process with one thread: what another one holds locked would stay locked for ever. Raises OSError.
    """
    tie = tied_to_this_process()
    gc.freeze()  # what is not looked through is not written to, and stays one copy
    sys.stdout.flush()
    sys.stderr.flush()
    leads, says = os.pipe()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _HEARD)  # until they are the child's own
    try:
        pid = os.fork()
        if not pid:
            _become(begin, command, tie, says, before)
    finally:
        os.close(says)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    os.read(leads, 1)
    os.close(leads)
    return Forked(pid)


def _become(
    begin: Callable[[], object],
    command: Sequence[str],
    tie: Callable[[], None] | None,
    says: int,
    heard_before: set[int | signal.Signals],
) -> NoReturn:
    code = 1
    try:
        if tie is not None:
            tie()
        os.setsid()
        os.write(says, b".")
        os.close(says)
        signal.set_wakeup_fd(-1)  # which would tell the parent
        for number in _HEARD:
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, heard_before)
        _show_as(command)
        begin()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1 if end.code else 0
    except BaseException:  # noqa: BLE001 - nothing goes on into what the parent was doing
        print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _show_as(command: Sequence[str]) -> None:
    """Where there is room for it: else it shows what its parent was started with."""
    if not sys.platform.startswith("linux"):
        return
    shown = b"".join(word.encode() + b"\0" for word in command)
    fields = Path("/proc/self/stat").read_text().rpartition(")")[2].split()
    start, end = map(int, fields[_ARGUMENTS])
    if 0 < len(shown) <= end - start:
        ctypes.memset(start, 0, end - start)
        ctypes.memmove(start, shown, len(shown))
