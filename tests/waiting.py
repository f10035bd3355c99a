"""For what happens in its own time: wait for it to be so, and say what was awaited when it never was."""

import time
from collections.abc import Callable


def until(awaited: str, holds: Callable[[], bool], seconds: float = 10.0) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            raise AssertionError(f"Waited {seconds:.0f} s until {awaited}.")
        time.sleep(0.005)
