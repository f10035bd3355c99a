"""Many seeds on all cores, or one with what happened around what it broke. The last line of the many is JSON."""

import argparse
import json
import logging
import os
import sys
import time
from collections.abc import Iterator
from itertools import count, islice
from multiprocessing import get_context

import structlog

from simulation.night import Outcome, night
from simulation.processes import written

_SAID_EACH = 500  # seeds, where nobody watches
_AROUND = 60  # steps shown before a broken promise
_ASKED_OFTEN = ("rate_limits.", "heartbeats.", "metrics.", "outbox.lanes", "due.next_at", "jobs.unfinished")


def main() -> int:
    given = _arguments()
    _be_quiet()
    written()
    if given.seed is not None:
        return _one(given.seed)
    return _many(given.first, given.seeds, given.seconds, given.until_broken)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m simulation", description=__doc__)
    parser.add_argument("--seeds", type=int, default=1000, help="how many")
    parser.add_argument("--first", type=int, default=1, help="the first of them")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="as many as fit into so many")
    parser.add_argument("--until-broken", action="store_true", help="stop at the first that breaks a promise")
    parser.add_argument("--seed", type=int, help="this one alone, and what happened around what it broke")
    return parser.parse_args()


def _be_quiet() -> None:
    """A night of faults is a night of errors in the log."""
    logging.disable(logging.CRITICAL)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))


def _one(seed: int) -> int:
    found = night(seed)
    print(f"seed {seed}: {found.steps} steps, {found.crashes} crashes, faults {dict(found.faults)}")
    for offence in found.broken[:1]:
        shown = [step for step in offence.before if not step.what.startswith(_ASKED_OFTEN)]
        print(*shown[-_AROUND:], sep="\n")
    for offence in found.broken:
        print(f"BROKEN {offence.promise} {offence.what}")
    print(f"trace {found.sum}")
    return 1 if found.broken else 0


def _many(first: int, seeds: int, seconds: float, until_broken: bool) -> int:
    begun, done, steps, crashes, faults, broken = time.monotonic(), 0, 0, 0, 0, 0
    for found in _played(first, seeds):
        done, steps, crashes = done + 1, steps + found.steps, crashes + found.crashes
        faults += sum(found.faults.values())
        broken += bool(found.broken)
        for offence in found.broken[:1]:
            print(f"\nseed {found.seed} BROKEN {offence.promise} {offence.what}", flush=True)
        lasts = time.monotonic() - begun
        if sys.stderr.isatty() or done % _SAID_EACH == 0:
            print(
                f"\r{done} seeds, {done / lasts * 60:.0f} a minute, {broken} broken ", end="", file=sys.stderr
            )
        if lasts > seconds or (broken and until_broken):
            break
    print(file=sys.stderr)
    print(json.dumps({"seeds": done, "steps": steps, "crashes": crashes, "faults": faults, "broken": broken}))
    return 1 if broken else 0


def _played(first: int, seeds: int) -> Iterator[Outcome]:
    with get_context("fork").Pool(os.cpu_count()) as pool:
        yield from pool.imap_unordered(night, islice(count(first), seeds))


if __name__ == "__main__":
    # Sets of words lie in another order in each process, unless told otherwise: a seed has to replay to the letter.
    if os.environ.get("PYTHONHASHSEED") != "0":
        again = [sys.executable, "-m", "simulation", *sys.argv[1:]]
        os.execve(sys.executable, again, os.environ | {"PYTHONHASHSEED": "0"})  # nosec B606 # this very program
    sys.exit(main())
