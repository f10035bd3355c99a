"""The timers stand still: what the room sees then, and once they run again."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.pictures.evenings import Evening

_NOTICED = 40.0  # seconds: ten until it counts as stopped, then who says so


def silence(it: Evening) -> None:
    it.reports(6001, "Rowan Pike", 13)
    it.heard("acknowledge by", "fim")
    with _standing_still(it.surroundings["MISSING_PREFIX"]):
        it.workspace.expect("CLOCKS STOPPED", "fim", within=_NOTICED)
        it.picture("stopped", "fay", channel="fim", tall=760)
    it.workspace.expect("Running again", "fim", within=_NOTICED)
    it.picture("running-again", "fay", channel="fim", tall=760)


@contextmanager
def _standing_still(prefix: str) -> Iterator[None]:
    """The timer processes of that record, and no others."""
    found = [int(process.name) for process in Path("/proc").glob("[0-9]*") if _is_timer(process, prefix)]
    assert found, "a timer runs"
    for process in found:
        os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in found:
            os.kill(process, signal.SIGCONT)


def _is_timer(process: Path, prefix: str) -> bool:
    try:
        started = (process / "cmdline").read_bytes().split(b"\0")
        return b"timer" in started and prefix.encode() in (process / "environ").read_bytes()
    except OSError:  # it has ended, or is not ours
        return False
