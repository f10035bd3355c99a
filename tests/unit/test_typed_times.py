"""A time as a tired person types it (screens.md §1): understood, or asked about; never guessed."""

import re
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.typed_times import NotATime, StillToCome, parse, parse_birth_date, parse_coming

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 3, 2, 13, 41, tzinfo=UTC)  # a Monday


def at(day: int, hour: int, minute: int = 0, month: int = 3, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def asked(typed: str, now: datetime = NOW) -> str:
    """What the person is asked; fails where a time was understood."""
    with pytest.raises(NotATime) as no:
        parse(typed, now, LONDON)
    return no.value.ask


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1245", at(2, 12, 45)),
        ("12:45", at(2, 12, 45)),
        ("12.45", at(2, 12, 45)),
        ("12:45.", at(2, 12, 45)),
        ("0905", at(2, 9, 5)),
        ("905", at(2, 9, 5)),
        ("9.05", at(2, 9, 5)),
        ("0915hrs", at(2, 9, 15)),
        ("0915 hrs", at(2, 9, 15)),
        ("915h", at(2, 9, 15)),
        ("1315 hours", at(2, 13, 15)),
        ("9am", at(2, 9)),
        ("9 a.m.", at(2, 9)),
        ("1pm", at(2, 13)),
        ("1.30pm", at(2, 13, 30)),
        ("130 pm", at(2, 13, 30)),
        ("1315pm", at(2, 13, 15)),
        ("about 1pm", at(2, 13)),
        ("approx. 1300", at(2, 13)),
        ("noon", at(2, 12)),
        ("midnight", at(2, 0)),
        ("oh nine hundred hours", at(2, 9)),
        ("nine in the morning", at(2, 9)),
        ("this morning 9", at(2, 9)),
        ("half past nine this morning", at(2, 9, 30)),
        ("twenty to ten in the morning", at(2, 9, 40)),
        ("quarter past 1pm", at(2, 13, 15)),
        ("nine thirty am", at(2, 9, 30)),
        ("now", NOW),
        ("just now", NOW),
    ],
)
def test_times_of_today(typed: str, meant: datetime) -> None:
    assert parse(typed, NOW, LONDON) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("yest 2130", at(1, 21, 30)),
        ("Yesterday 2130", at(1, 21, 30)),
        ("yesterday 9pm", at(1, 21)),
        ("yesterday at 9 pm", at(1, 21)),
        ("9pm yesterday", at(1, 21)),
        ("2215hrs yesterday", at(1, 22, 15)),
        ("last night 9", at(1, 21)),
        ("half nine last night", at(1, 21, 30)),
        ("last night 0100", at(2, 1)),
        ("midnight last night", at(2, 0)),
        ("ten to midnight last night", at(1, 23, 50)),
        ("ten past midnight last night", at(2, 0, 10)),
        ("quarter past midnight", at(2, 0, 15)),
        ("half past midnight", at(2, 0, 30)),
        ("five past noon", at(2, 12, 5)),
        ("yesterday at twenty to midday", at(1, 11, 40)),
        ("yesterday evening, 2130", at(1, 21, 30)),
        ("1 Mar 0910", at(1, 9, 10)),
        ("1st March 9pm", at(1, 21)),
        ("March 1 2130", at(1, 21, 30)),
        ("01/03 2130", at(1, 21, 30)),
        ("2130 on 01/03", at(1, 21, 30)),
        ("1/3 9pm", at(1, 21)),
        ("01/03/2026 21:30", at(1, 21, 30)),
        ("01/03/26 2130", at(1, 21, 30)),
        ("01.03.2026 2130", at(1, 21, 30)),
        ("2026-03-01 2130", at(1, 21, 30)),
        ("2026-03-01T21:30", at(1, 21, 30)),
        ("2026-03-01T21:30+01:00", at(1, 20, 30)),
        ("24 Dec 1800", at(24, 18, month=12, year=2025)),
        ("24 dec 2024 1800", at(24, 18, month=12, year=2024)),
        ("friday 2130", at(27, 21, 30, month=2)),
        ("Fri 9pm", at(27, 21, month=2)),
        ("friday night 1am", at(28, 1, month=2)),
        ("monday 0900", at(2, 9)),
        ("monday 2200", at(23, 22, month=2)),
        ("day before yesterday 2130", at(28, 21, 30, month=2)),
        ("2 days ago 2130", at(28, 21, 30, month=2)),
        ("1 Mar 2015", at(1, 20, 15)),  # 2015 is too long ago to be the year
    ],
)
def test_times_of_other_days(typed: str, meant: datetime) -> None:
    assert parse(typed, NOW, LONDON) == meant


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("an hour ago", 60),
        ("one hour ago", 60),
        ("2 hours ago", 120),
        ("two hrs ago", 120),
        ("half an hour ago", 30),
        ("an hour and a half ago", 90),
        ("a quarter of an hour ago", 15),
        ("three quarters of an hour ago", 45),
        ("20 minutes ago", 20),
        ("twenty-five mins ago", 25),
        ("about 10 min ago", 10),
        ("an hour and 20 minutes ago", 80),
        ("20m", 20),
        ("1h30m ago", 90),
        ("-90m", 90),
    ],
)
def test_so_long_ago(typed: str, minutes: int) -> None:
    assert parse(typed, NOW, LONDON) == NOW - timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("9", ['"0900"', '"yest 2100"']),
        ("nine", ['"0900"', '"yest 2100"']),
        ("9 o'clock", ['"0900"', '"yest 2100"']),
        ("half past nine", ['"0930"', '"yest 2130"']),
        ("half nine", ['"0930"', '"yest 2130"']),
        ("quarter to 10", ['"0945"', '"yest 2145"']),
        ("yesterday 9", ['"yest 0900"', '"yest 2100"']),
        ("yesterday 9.30", ['"yest 0930"', '"yest 2130"']),
        ("01/03 9", ['"yest 0900"', '"yest 2100"']),
        ("1:30", ['"0130"', '"1330"']),
        ("12pm", ['"0000"', '"1200"']),
        ("midnight yesterday", ['"yest 0000"', '"0000"']),
        ("last friday 9pm", ['"20 Feb 2100"', '"27 Feb 2100"']),
    ],
)
def test_what_may_mean_two_times_is_asked_with_both(typed: str, offered: list[str]) -> None:
    """And what is offered can be copied: each is read as that time and no other."""
    ask = asked(typed)
    assert [ask.find(each) > 0 for each in offered] == [True, True], ask
    one, other = (parse(each.strip('"'), NOW, LONDON) for each in offered)
    assert one != other and max(one, other) <= NOW


def test_just_after_midnight_of_a_day_may_be_either_end_of_it_too() -> None:
    assert "may mean several times" in asked("ten past midnight on friday")
    assert parse("ten to midnight on friday", NOW, LONDON) == at(27, 23, 50, month=2)


def test_only_a_reading_that_is_possible_counts() -> None:
    """In the evening, "9:30" may be either; in the night before it, only yesterday's are left, and they are asked."""
    assert '"0930" or "2130"' in asked("9:30", at(2, 22))
    assert '"yest 0930" or "yest 2130"' in asked("9:30", at(2, 2))


@pytest.mark.parametrize(
    "typed", ["this morning", "last night", "yesterday", "1 Mar", "01/03", "friday", "2 days ago"]
)
def test_a_day_alone_is_asked_its_hour(typed: str) -> None:
    assert "Type the time of day too" in asked(typed)


def test_a_year_that_may_be_a_time_is_asked() -> None:
    ask = asked("1 Mar 2026")
    assert ask.startswith("Is 2026 the year, or a time?") and '"1 Mar 20:26"' in ask


@pytest.mark.parametrize(
    "typed",
    [
        *("", "lunch", "2460", "31 Feb 0900", "12 45 00", "1 Foo 0900", "99999", "23", "a few minutes ago"),
        *("03/13 0900", "0900 in the evening", "13am", "25/12/25/1 0900", "9 9 9", "soon", "0900 CET"),
        *("half midnight", "ten past midnight pm", "ten past lunch", "99 past noon"),
    ],
)  # fmt: skip
def test_what_is_no_time_is_answered_with_examples(typed: str) -> None:
    assert asked(typed).startswith("Type a time: ")


@pytest.mark.parametrize(
    ("typed", "coming"),
    [
        ("2345", at(2, 23, 45)),
        ("9pm", at(2, 21)),
        ("tomorrow 0900", at(3, 9)),
        ("4 Mar 0900", at(4, 9)),
        ("04/03 0900", at(4, 9)),
    ],
)
def test_later_is_still_to_come(typed: str, coming: datetime) -> None:
    """A date a few days ahead is a slip, not the same day of last year."""
    with pytest.raises(StillToCome) as early:
        parse(typed, NOW, LONDON)
    assert early.value.at == coming


def test_the_hour_that_happens_twice_is_asked() -> None:
    now = at(25, 6, month=10)
    assert '"0130 BST" or "0130 GMT"' in asked("0130", now)
    assert parse("0130 BST", now, LONDON) == at(25, 0, 30, month=10)
    assert parse("0130 gmt", now, LONDON) == at(25, 1, 30, month=10)
    assert parse("0130", at(25, 0, 45, month=10), LONDON) == at(
        25, 0, 30, month=10
    )  # the second is still to come


def test_an_hour_that_never_was_is_asked() -> None:
    now = at(29, 6)
    ask = asked("0130", now)
    assert ask.startswith("There was no 01:30: the clocks went forward.")
    assert '"0130 GMT"' in ask and '"0230"' in ask
    assert parse("0130 GMT", now, LONDON) == parse("0230", now, LONDON) == at(29, 1, 30)


def test_in_summer_gmt_is_an_hour_behind_the_clock() -> None:
    assert parse("1200z", at(1, 15, month=7), LONDON) == parse("1300", at(1, 15, month=7), LONDON)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1630", at(2, 16, 30)),
        ("0100", at(3, 1)),
        ("9pm", at(2, 21)),
        ("tonight 9", at(2, 21)),
        ("tomorrow 0900", at(3, 9)),
        ("tom 9am", at(3, 9)),
        ("tomorrow morning 9", at(3, 9)),
        ("midnight", at(3, 0)),
        ("30m", at(2, 14, 11)),
        ("in 30 minutes", at(2, 14, 11)),
        ("in an hour", at(2, 14, 41)),
        ("in half an hour", at(2, 14, 11)),
        ("friday 0900", at(6, 9)),
        ("monday 0900", at(9, 9)),
        ("3 Mar 0900", at(3, 9)),
        ("03/03 0900", at(3, 9)),
    ],
)
def test_times_to_come(typed: str, meant: datetime) -> None:
    assert parse_coming(typed, NOW, LONDON) == meant


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("9", '"2100" or "tomorrow 0900"'),
        ("9:30", '"2130" or "tomorrow 0930"'),
        ("yesterday 2100", "That time is over"),
        ("1 Mar 0900", "That time is over"),
        ("-1h", "That time is over"),
        ("2026-03-01T21:30Z", "That time is over"),
        ("9 " * 1000, "Type a time"),
        ("", "Type a time"),
        ("tomorrow", "Type the time of day too"),
    ],
)
def test_what_does_not_come_or_may_come_twice_is_asked(typed: str, says: str) -> None:
    with pytest.raises(NotATime) as no:
        parse_coming(typed, NOW, LONDON)
    assert says in no.value.ask


WORDS = st.sampled_from(
    re.findall(
        r"\S+",
        "9 09 2215 12 0130 am pm hrs yesterday today last night friday 1 mar 01/03 2026 half past to an hour ago in "
        "midnight noon gmt bst 29 feb morning tomorrow minutes 30 60 99 /",
    )
)


@given(st.one_of(st.text(max_size=20), st.lists(WORDS, max_size=6).map(" ".join)))
def test_no_text_breaks_it(typed: str) -> None:
    with suppress(NotATime, StillToCome):
        assert parse(typed, NOW, LONDON) <= NOW
    with suppress(NotATime):
        assert parse_coming(typed, NOW, LONDON) >= NOW


@given(st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31)), st.integers(0, 23), st.integers(0, 59))  # noqa: DTZ001
def test_what_is_read_was_on_the_clock(now: datetime, hour: int, minute: int) -> None:
    """Whatever the day: four digits are today's, still to come, or asked about; never another hour."""
    aware = now.replace(tzinfo=UTC)
    try:
        meant = parse(f"{hour:02}{minute:02}", aware, LONDON).astimezone(LONDON)
    except StillToCome as early:
        meant = early.at.astimezone(LONDON)
    except NotATime:
        return
    assert (meant.date(), meant.hour, meant.minute) == (aware.astimezone(LONDON).date(), hour, minute)


@pytest.mark.parametrize("typed", ["2 Mar 2013", "02/03/2013", "2013-03-02", "2 march 2013"])
def test_birth_dates(typed: str) -> None:
    assert parse_birth_date(typed, NOW.date()) == date(2013, 3, 2)


@pytest.mark.parametrize("typed", ["", "13", "31/02/2013", "2 Foo 2013", "2 Mar 2031"])
def test_no_birth_dates(typed: str) -> None:
    assert parse_birth_date(typed, NOW.date()) is None
