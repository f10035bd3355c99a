"""Shifts change by the force's clock, on the days on which that clock changes too."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.duty_desk import Shifts

LONDON = ZoneInfo("Europe/London")
THREE = Shifts((time(7), time(15), time(23)), LONDON)


def utc(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def all_of(shifts: Shifts, since: datetime, hours: int) -> list[datetime]:
    found, now = [], since
    while (now := shifts.next(now) or since) <= since + timedelta(hours=hours):
        found.append(now)
    return found


def test_in_winter_the_force_s_clock_is_utc() -> None:
    assert all_of(THREE, utc(2, 0), 24) == [utc(2, 7), utc(2, 15), utc(2, 23)]


def test_in_summer_it_is_an_hour_ahead() -> None:
    assert all_of(THREE, utc(1, 0, month=7), 24) == [
        utc(1, 6, month=7),
        utc(1, 14, month=7),
        utc(1, 22, month=7),
    ]


def test_the_night_of_the_spring_change_is_an_hour_short() -> None:
    """28 to 29 March 2026."""
    before, after = all_of(THREE, utc(28, 22), 10)
    assert (before, after) == (utc(28, 23), utc(29, 6))


def test_the_night_of_the_autumn_change_is_an_hour_long() -> None:
    """24 to 25 October 2026."""
    before, after = all_of(THREE, utc(24, 21, month=10), 11)
    assert (before, after) == (utc(24, 22, month=10), utc(25, 7, month=10))


def test_a_time_that_spring_leaves_out_comes_once() -> None:
    at_half_past_one = Shifts((time(1, 30),), LONDON)
    assert all_of(at_half_past_one, utc(28, 12), 24) == [utc(29, 1, 30)]


def test_a_time_that_autumn_gives_twice_comes_once() -> None:
    at_half_past_one = Shifts((time(1, 30),), LONDON)
    assert all_of(at_half_past_one, utc(24, 12, month=10), 24) == [utc(25, 0, 30, month=10)]


@pytest.mark.parametrize("minute", range(0, 26 * 60, 7))
@pytest.mark.parametrize("night", [utc(28, 12), utc(24, 12, month=10)])
def test_last_and_next_agree_at_every_moment_of_both_nights(night: datetime, minute: int) -> None:
    now = night + timedelta(minutes=minute)
    last, coming = THREE.last(now), THREE.next(now)
    assert last is not None and coming is not None
    assert last <= now < coming
    assert THREE.next(last) == coming


def test_a_force_without_shift_times_has_no_change_of_shift() -> None:
    assert (Shifts((), LONDON).last(utc(2, 0)), Shifts((), LONDON).next(utc(2, 0))) == (None, None)
