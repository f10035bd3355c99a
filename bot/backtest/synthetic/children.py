"""Who is reported in the invented year, and when."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from msgspec import Struct

from bot.backtest.synthetic import usual_year as usual
from bot.backtest.synthetic.chances import in_mean, one_of

_DAYS = 365
_SOON_AGAIN = 20  # days in the mean until the same child is reported again


class InventedChild(Struct, frozen=True, kw_only=True):
    person_ref: str
    age: int
    sex: str
    ethnicity: str  # "": not recorded
    looked_after: bool
    exploited: bool


class InventedReport(Struct, frozen=True, order=True):
    told_at: datetime
    number: int
    child: InventedChild


def reports(seed: Random, cases: int, begins: date, zone: ZoneInfo) -> list[InventedReport]:
    """So many, of one year by that clock, in the order in which police were told."""
    midnight = datetime.combine(begins, time(), zone)
    found: list[InventedReport] = []
    children = 0
    while len(found) < cases:
        children += 1
        child = _child(seed, children)
        for told_at in _times(seed, child, midnight):
            found.append(InventedReport(told_at, len(found), child))
    return sorted(found[:cases])


def _child(seed: Random, number: int) -> InventedChild:
    # More incidents of each child in care: so fewer children for the same share of incidents.
    in_care = usual.OF_CHILDREN_IN_CARE / usual.INCIDENTS_IN_CARE
    elsewhere = (1 - usual.OF_CHILDREN_IN_CARE) / usual.INCIDENTS_ELSEWHERE
    unrecorded = seed.random() < usual.ETHNICITY_NOT_RECORDED
    ethnicity = one_of(seed, usual.ETHNICITIES)
    return InventedChild(
        person_ref=f"P{number:06}",
        age=one_of(seed, usual.AGES),
        sex=one_of(seed, usual.SEXES),
        ethnicity="" if unrecorded else ethnicity,
        looked_after=seed.random() < in_care / (in_care + elsewhere),
        exploited=seed.random() < usual.EXPLOITED,
    )


def _times(seed: Random, child: InventedChild, midnight: datetime) -> Iterator[datetime]:
    """The first anywhere in the year, each next some weeks after it; past its end the year goes on at its beginning."""
    mean = usual.INCIDENTS_IN_CARE if child.looked_after else usual.INCIDENTS_ELSEWHERE
    day = seed.random() * _DAYS
    for _ in range(in_mean(seed, mean)):
        hour = seed.choices(range(24), weights=usual.HOURS)[0]
        by_the_clock = midnight + timedelta(
            days=int(day % _DAYS), hours=hour, minutes=int(seed.random() * 60)
        )
        yield by_the_clock.astimezone(UTC)
        day += 1 + seed.expovariate(1 / _SOON_AGAIN)
