"""For what happens in its own time: wait for it to be so, and say what was awaited when it never was."""

import time
from collections.abc import Callable

BUSY = {"ack_seconds": 60.0, "trigger_seconds": 60.0}  # of a local Slack; who measures sets Slack's own three


def until(awaited: str, holds: Callable[[], bool], seconds: float = 60.0) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            raise AssertionError(f"Waited {seconds:.0f} s until {awaited}.")
        time.sleep(0.005)


def in_time(
    seconds: float,
    does: Callable[[], object],
    *,
    tries: int = 3,
    first: Callable[[], object] = lambda: None,
) -> None:
    """What is done this soon: at the first try, or at another one on a machine that was busy just then.

    `first`: what each try begins with, which takes as long as it takes.
    """
    took = []
    for _ in range(tries):
        first()
        began = time.monotonic()
        does()
        took.append(time.monotonic() - began)
        if took[-1] < seconds:
            return
    raise AssertionError(f"It took {took} s; {seconds} were allowed.")
