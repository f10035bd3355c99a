"""How soon it is there: `missing-bot --help`, and `missing-bot run` until the bot is connected to Slack.

    .venv/bin/python -m benchmarks.start_up [ROUNDS]

Beside a Python that does nothing, by turns: the machine is shared, and the ratio is what holds. The record server runs
already.
"""

import subprocess
import sys
import time
from collections.abc import Callable
from statistics import median

from benchmarks.installation import running

_HELP = (sys.executable, "-m", "cli", "--help")
_NOTHING = (sys.executable, "-c", "")


def main(rounds: int) -> None:
    taken: dict[str, list[float]] = {}
    for _ in range(rounds):
        for name, do in _TIMED.items():
            taken.setdefault(name, []).append(do())
    nothing = median(taken["a Python that does nothing"])
    for name, each in taken.items():
        print(
            f"{name:<32}{median(each):>7.2f} s{median(each) / nothing:>8.1f} ×, {min(each):.2f} to {max(each):.2f} s"
        )


def _of(command: tuple[str, ...]) -> float:
    began = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # nosec B603 # our own program
    return time.monotonic() - began


def _connected() -> float:
    with running(rate_limits=True) as installation:
        return installation.up_after


_TIMED: dict[str, Callable[[], float]] = {
    "a Python that does nothing": lambda: _of(_NOTHING),
    "missing-bot --help": lambda: _of(_HELP),
    "missing-bot run, until connected": _connected,
}


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
