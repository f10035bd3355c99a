"""The invented year: the same by the same seed, readable, and near to what was published."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from bot.backtest.incident import Incident
from bot.backtest.incident_row import incident_of
from bot.backtest.synthetic.year import year
from bot.domain.facts import Category, Grade, Harm

LONDON = ZoneInfo("Europe/London")
BEGINS = date(2025, 4, 1)


@cache
def incidents(cases: int = 2000, seed: int = 1) -> tuple[Incident, ...]:
    header, *rows = year(cases, seed, BEGINS, LONDON)
    return tuple(incident_of(dict(zip(header, row, strict=True))) for row in rows)


def test_the_same_seed_gives_the_same_year_and_another_another() -> None:
    one, again, another = (list(year(50, seed, BEGINS, LONDON)) for seed in (1, 1, 2))
    assert one == again
    assert one != another


def test_rows_are_in_the_order_in_which_police_were_told_and_within_the_year() -> None:
    told = [each.told_at for each in incidents()]
    assert len(told) == len({each.incident for each in incidents()}) == 2000
    assert told == sorted(told)
    first, last = told[0].astimezone(LONDON).date(), told[-1].astimezone(LONDON).date()
    assert BEGINS <= first <= last < BEGINS + timedelta(days=365)


def share(holds: Callable[[Incident], bool]) -> float:
    return sum(map(holds, incidents())) / len(incidents())


def gone_for(each: Incident) -> timedelta:
    assert each.seen_at is not None
    return each.seen_at - each.told_at


def in_the_evening(each: Incident) -> bool:
    return each.told_at.astimezone(LONDON).hour >= 18


@pytest.mark.parametrize(
    ("least", "most", "holds"),
    [
        (0.25, 0.41, lambda each: each.looked_after),
        (0.45, 0.51, lambda each: each.sex == "female"),
        (0.27, 0.35, lambda each: not each.ethnicity),
        (0.50, 0.56, lambda each: gone_for(each) < timedelta(hours=8)),
        (0.72, 0.78, lambda each: gone_for(each) < timedelta(hours=24)),
        (0.82, 0.88, lambda each: gone_for(each) < timedelta(hours=48)),
        (0.97, 0.99, lambda each: gone_for(each) < timedelta(days=7)),
        (0.008, 0.028, lambda each: each.harm is not Harm.NONE),
        (0.26, 0.34, lambda each: each.category is Category.CONCERN_FOR_SAFETY),
        (0.45, 0.58, in_the_evening),
    ],
)
def test_proportions(least: float, most: float, holds: Callable[[Incident], bool]) -> None:
    assert least <= share(holds) <= most


def test_grades_as_published() -> None:
    first = Counter(each.grades[0].level for each in incidents() if each.grades)
    shares = {grade: first[grade] / first.total() for grade in Grade}
    assert 0.13 <= shares[Grade.HIGH] <= 0.20
    assert 0.66 <= shares[Grade.MEDIUM] <= 0.74


def test_a_child_in_care_is_reported_more_often() -> None:
    children: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    for each in incidents():
        children[bool(each.looked_after)][each.person_ref] += 1
    in_care, elsewhere = (children[care].total() / len(children[care]) for care in (True, False))
    assert 4.5 <= in_care <= 7.5
    assert 2.0 <= elsewhere <= 2.6
