"""A year of cases that nobody but the bot writes to: is anything said to have been changed?

    .venv/bin/python -m benchmarks.clean_year [CASES]

Every scenario is replayed on a real record server, through the real desk and the timer, again and again until there are
as many cases; meanwhile the reconciler's round, as a bot has it, looks through the same record, so that each step may
come between two looks. Then every record is verified once more, as `missing-bot verify` does. Prints how many cases,
entries and looks there were, and what was found: it has to be nothing. Ends with 1 where it is something.
"""

import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import count, cycle
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct

import config
from bot.ports.tampered import Tampered
from bot.replay.engine import replay
from bot.replay.scenario import Scenario, load
from bot.store.connection import for_store
from bot.store.master_keys import MasterKeys
from bot.store.memory import MemoryStores
from bot.store.redis_stores import RedisStores
from bot.store.server import serving
from bot.time import CaseClock, HostClock
from workers.alarm.record_round import RecordRound, checked

SCENARIOS = Path(__file__).parents[1] / "scenarios"
_TOO_LONG = ("x21-a-month-alone",)  # one case of 3,000 entries: half of the time for one case
_KEYS = MasterKeys(b"a key of the benchmark")
_YEAR = 1_500  # cases of a force


class Seen(Struct, kw_only=True):
    records: int = 0
    cases: int = 0
    entries: int = 0
    looks: int = 0  # of the round, while steps were taken
    found: list[Tampered] = []


def stories(names: tuple[str, ...] = ("",)) -> list[Scenario]:
    """Of those whose name begins so."""
    files = sorted(file for file in SCENARIOS.glob("*.yaml") if file.stem.startswith(names))
    return [load(file) for file in files if file.stem not in _TOO_LONG]


def main(cases: int) -> int:
    conf, seen, began = Path(config.__file__).with_name("redis.conf"), Seen(), time.monotonic()
    with TemporaryDirectory() as folder, serving(None, conf, Path(folder)) as url:
        for number, story in zip(count(), cycle(stories()), strict=False):
            if seen.cases >= cases:
                break
            look_on(url, f"year-{number}", story, seen)
    print(
        f"{seen.cases} cases, {seen.entries} entries in {seen.records} records; {seen.looks} looks while they were "
        f"written; {time.monotonic() - began:.0f} s. Found: {len(seen.found)}"
    )
    for each in seen.found:
        print(f"    {each}")
    return 1 if seen.found else 0


def look_on(url: str, prefix: str, story: Scenario, seen: Seen) -> None:
    """One scenario on a record of its own, looked at while it is written, and after."""
    with for_store(url) as redis, _looking(url, prefix, seen):
        stores = RedisStores(redis, _KEYS, prefix=prefix)
        replay(story, stores)
    with for_store(url) as redis:
        checks = RedisStores(redis, _KEYS, prefix=prefix).checks
        refs = list(checks.refs())
        seen.found += [each for ref in (*refs, *checks.suspects()) for each in checks.check(ref)]
    seen.records += 1
    seen.cases += len(refs) - 1  # one is the record of hand-overs
    seen.entries += sum(len(stores.cases.stored(ref)) for ref in refs)


@contextmanager
def _looking(url: str, prefix: str, seen: Seen) -> Iterator[None]:
    """What it mends counts as found: nothing was to be mended."""
    ends, machine = threading.Event(), HostClock()
    with for_store(url) as redis:
        stores, documents = RedisStores(redis, _KEYS, prefix=prefix), MemoryStores().documents
        round_ = RecordRound(stores.checks, documents, CaseClock(machine), machine)

        def look() -> None:
            while not ends.is_set():
                round_.look()
                seen.looks += 1

        eyes = threading.Thread(target=look)
        eyes.start()
        try:
            yield
        finally:
            ends.set()
            eyes.join()
    known = checked(documents)
    seen.found += [*_all(known.standing.values()), *(each.found for each in known.mended)]


def _all(found: Iterable[tuple[Tampered, ...]]) -> list[Tampered]:
    return [each for some in found for each in some]


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else _YEAR))
