"""What small numbers allow to be said: medians that do not forget who was never reached, and Wilson's interval."""

from collections.abc import Iterable
from datetime import timedelta
from math import sqrt
from statistics import NormalDist

from msgspec import Struct

_Z = NormalDist().inv_cdf(0.975)  # 95 % of the time between the two


class Spread(Struct, frozen=True, kw_only=True):
    """Of how many, and how long. What was never done took longer than anything that was: None where the place in
    the order falls on such a one."""

    of: int
    never: int
    median: timedelta | None
    nine_in_ten: timedelta | None  # nine in ten took no longer


def spread(times: Iterable[timedelta | None]) -> Spread:
    """None: it was owed and never done."""
    every = list(times)
    done = sorted(each for each in every if each is not None)
    return Spread(
        of=len(every),
        never=len(every) - len(done),
        median=_median(done, len(every)),
        nine_in_ten=_at(done, -(-9 * len(every) // 10) - 1),  # nearest rank
    )


def _median(done: list[timedelta], count: int) -> timedelta | None:
    low, high = _at(done, (count - 1) // 2), _at(done, count // 2)
    return (low + high) / 2 if low is not None and high is not None else None


def _at(done: list[timedelta], place: int) -> timedelta | None:
    return done[place] if 0 <= place < len(done) else None


def wilson(count: int, of: int) -> tuple[float, float]:
    """The 95 % score interval of a proportion, each from 0 to 1 (E. B. Wilson, JASA 22 (1927) 209-212); it says what it
    can of few cases, where the usual one claims certainty. Of none: everything is possible."""
    if of == 0:
        return 0.0, 1.0
    share, each = count / of, _Z * _Z / of
    middle = share + each / 2
    half = sqrt(each * (share * (1 - share) + each / 4))
    return max(0.0, (middle - half) / (1 + each)), min(1.0, (middle + half) / (1 + each))
