"""A time as a call handler types it (screens.md §1)."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.typed_times import NotATime, StillToCome, parse, parse_birth_date

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 3, 2, 13, 41, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1245", datetime(2026, 3, 2, 12, 45, tzinfo=UTC)),
        ("12:45", datetime(2026, 3, 2, 12, 45, tzinfo=UTC)),
        ("0905", datetime(2026, 3, 2, 9, 5, tzinfo=UTC)),
        ("905", datetime(2026, 3, 2, 9, 5, tzinfo=UTC)),
        ("yest 2130", datetime(2026, 3, 1, 21, 30, tzinfo=UTC)),
        ("Yesterday 2130", datetime(2026, 3, 1, 21, 30, tzinfo=UTC)),
        ("1 Mar 0910", datetime(2026, 3, 1, 9, 10, tzinfo=UTC)),
        ("24 Dec 1800", datetime(2025, 12, 24, 18, 0, tzinfo=UTC)),
        ("24 dec 2024 1800", datetime(2024, 12, 24, 18, 0, tzinfo=UTC)),
    ],
)
def test_what_is_understood(typed: str, meant: datetime) -> None:
    assert parse(typed, NOW, LONDON) == meant


@pytest.mark.parametrize(
    "typed", ["", "lunch", "2460", "31 Feb 0900", "12 45 00", "yest", "1 Foo 0900", "99999"]
)
def test_what_is_not(typed: str) -> None:
    with pytest.raises(NotATime):
        parse(typed, NOW, LONDON)


def test_later_today_is_still_to_come() -> None:
    with pytest.raises(StillToCome) as early:
        parse("2345", NOW, LONDON)
    assert early.value.at == datetime(2026, 3, 2, 23, 45, tzinfo=UTC)


def test_of_the_hour_that_happens_twice_the_first_is_meant() -> None:
    now = datetime(2026, 10, 25, 6, 0, tzinfo=UTC)
    assert parse("0130", now, LONDON) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_time_that_spring_skips_is_read_as_if_it_had_not() -> None:
    now = datetime(2026, 3, 29, 6, 0, tzinfo=UTC)
    assert parse("0130", now, LONDON) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


@given(st.text(max_size=20))
def test_no_text_breaks_it(typed: str) -> None:
    try:
        assert parse(typed, NOW, LONDON) <= NOW
    except (NotATime, StillToCome):
        return


@pytest.mark.parametrize("typed", ["2 Mar 2013", "02/03/2013", "2013-03-02", "2 march 2013"])
def test_birth_dates(typed: str) -> None:
    assert parse_birth_date(typed, NOW.date()) == date(2013, 3, 2)


@pytest.mark.parametrize("typed", ["", "13", "31/02/2013", "2 Foo 2013", "2 Mar 2031"])
def test_no_birth_dates(typed: str) -> None:
    assert parse_birth_date(typed, NOW.date()) is None
