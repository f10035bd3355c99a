"""How many evenings a minute a replay tells, in memory: what a back-test of a policy over a year of cases rests on.

    .venv/bin/python benchmarks/cases_a_minute.py [HOW_MANY]

Prints the sample size, cases a minute, and the slowest case beside the median (a ratio: machines differ).
"""

import statistics
import sys
import time
from pathlib import Path

from bot.replay.engine import replay
from bot.replay.scenario import Scenario, load
from bot.store.memory import MemoryStores

STORY = Path(__file__).parents[1] / "scenarios" / "s01-left-school.yaml"


def main(how_many: int) -> None:
    scenario = load(STORY)
    seconds = [_timed(scenario) for _ in range(how_many)]
    a_minute = 60 * how_many / sum(seconds)
    slowest = max(seconds) / statistics.median(seconds)
    print(f"{how_many} cases of {STORY.stem}: {a_minute:,.0f} a minute; slowest / median {slowest:.1f}")


def _timed(scenario: Scenario) -> float:
    began = time.perf_counter()
    replay(scenario, MemoryStores())
    return time.perf_counter() - began


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
