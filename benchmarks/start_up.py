"""How soon it is there: `missing-bot --help`, and `missing-bot run` until the bot is connected to Slack.

    .venv/bin/python -m benchmarks.start_up [--json FILE] [ROUNDS]

By turns with a Python that only loads what a small program does: the machine is shared, and the ratio is what holds.
The record server runs already.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from statistics import median

from benchmarks import tables
from benchmarks.installation import running
from benchmarks.tables import Table

ROUNDS = 5
_HELP = (sys.executable, "-m", "cli", "--help")
_SMALL = (sys.executable, "-c", "import asyncio, json, subprocess, urllib.request")


def measure(given: Sequence[str]) -> Iterator[Table]:
    rounds = int(given[0]) if given else ROUNDS
    taken: dict[str, list[float]] = {name: [] for name in _TIMED}
    for _ in range(rounds):
        for name, do in _TIMED.items():
            taken[name].append(do())
    small = median(taken[_PEER])
    yield Table(
        title="Start-up",
        command=f"python -m benchmarks.start_up {rounds}",
        heads=("", "median s", "least s", "× a small program"),
        rows=[(name, median(each), min(each), median(each) / small) for name, each in taken.items()],
    )


def _of(command: tuple[str, ...]) -> float:
    began = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # nosec B603 # our own program
    return time.monotonic() - began


def _connected() -> float:
    with running(rate_limits=True) as installation:
        return installation.up_after


_PEER = "a small Python program"
_TIMED: dict[str, Callable[[], float]] = {
    _PEER: lambda: _of(_SMALL),
    "missing-bot --help": lambda: _of(_HELP),
    "missing-bot run, until connected": _connected,
}


if __name__ == "__main__":
    tables.main(__doc__, measure)
