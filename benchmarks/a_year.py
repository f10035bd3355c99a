"""What a back-test costs for each incident of the invented year, beside a replay of one evening in the same run.

    .venv/bin/python -m benchmarks.a_year [HOW_MANY]

Prints the milliseconds of processor time for both, their ratio, how many pages an incident has, and what the second
half of the incidents cost beside the first: machines differ, and a busy one more so.
"""

import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from zoneinfo import ZoneInfo

from benchmarks.cases_a_minute import STORY
from bot.backtest.backtest import Backtest, Batch, LogRow, Rules
from bot.backtest.columns import COLUMNS, not_tested, without
from bot.backtest.synthetic.year import year
from bot.files import policy_file
from bot.replay.engine import replay
from bot.replay.scenario import load
from bot.store.memory import MemoryStores

_ZONE = ZoneInfo("Europe/London")
_TOGETHER = 20  # incidents, then as many evenings: so that both meet the same machine


def main(how_many: int) -> None:
    scenario, played = load(STORY), _backtest()
    rows = list(_rows(how_many))
    evenings, incidents, pages = list[float](), list[float](), 0
    for first in range(0, how_many, _TOGETHER):
        together = rows[first : first + _TOGETHER]
        spent, batch = _timed(partial(played.run, together))
        incidents.append(spent / len(together))
        pages += batch.tallies["shipped"].pages.total()
        spent, _ = _timed(lambda: [replay(scenario, MemoryStores()) for _ in range(_TOGETHER)])
        evenings.append(spent / _TOGETHER)
    half = len(incidents) // 2 or 1
    mine, evening = sum(incidents) / len(incidents), sum(evenings) / len(evenings)
    grows = (sum(incidents[half:]) / max(len(incidents[half:]), 1)) / (sum(incidents[:half]) / half)
    print(f"{how_many} incidents: {mine * 1000:.2f} ms each, with {pages / how_many:.0f} pages")
    print(f"{STORY.stem} replayed: {evening * 1000:.2f} ms; ratio {mine / evening:.2f}")
    print(f"second half / first half: {grows:.2f}")


def _backtest() -> Backtest:
    policy = without(policy_file.load(), not_tested(set(COLUMNS)))
    return Backtest([Rules(name="shipped", policy=policy)], _ZONE, keeps_pages=True)


def _rows(how_many: int) -> Iterator[LogRow]:
    header, *rows = year(how_many, 1, date(2025, 4, 1), _ZONE)
    for line, cells in enumerate(rows, start=2):
        yield LogRow(line, dict(zip(header, cells, strict=True)))


def _timed(work: Callable[[], Batch | list[object]]) -> tuple[float, Batch]:
    began = time.process_time()
    made = work()
    spent = time.process_time() - began
    return spent, made if isinstance(made, Batch) else Batch(tallies={})


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 400)
