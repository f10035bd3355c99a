"""Drawing from what is given, by a seed."""

import math
from collections.abc import Mapping
from random import Random
from typing import TypeVar

from bot.backtest.synthetic.usual_year import Habit

Drawn = TypeVar("Drawn")

_SPREAD = 0.8  # of the logarithm: a tenth takes three times the median or more


def one_of(seed: Random, weights: Mapping[Drawn, float]) -> Drawn:
    return seed.choices(list(weights), weights=list(weights.values()))[0]


def soon(seed: Random, median: float) -> int:
    """Whole minutes around that median, with a long tail."""
    return round(seed.lognormvariate(math.log(median), _SPREAD))


def when(seed: Random, habit: Habit, before: float = math.inf) -> int | None:
    """After how many minutes it is done; None where it is not, or would have been too late to be."""
    is_done, at = seed.random() < habit.share, soon(seed, habit.median)
    return at if is_done and at < before else None


def every(seed: Random, mean: float, until: float) -> list[int]:
    """Moments at random, that far apart in the mean."""
    at, found = 0.0, []
    while (at := at + seed.expovariate(1 / mean)) < until:
        found.append(round(at))
    return found


def in_mean(seed: Random, mean: float) -> int:
    """One or more, most often one: so many in the mean."""
    count = 1
    while seed.random() > 1 / mean:
        count += 1
    return count
