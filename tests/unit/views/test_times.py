"""Times on screens: the force's zone, dated when not today."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.views.wording import words

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 7, 2, 13, 40, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "shown"),
    [
        (datetime(2026, 7, 2, 12, 40, tzinfo=UTC), "13:40"),
        (datetime(2026, 7, 1, 23, 30, tzinfo=UTC), "00:30"),  # today already, in London
        (datetime(2026, 7, 1, 22, 30, tzinfo=UTC), "1 Jul 23:30"),
        (datetime(2025, 12, 24, 9, 5, tzinfo=UTC), "24 Dec 2025 09:05"),
    ],
)
def test_a_time_is_dated_when_it_is_not_today(at: datetime, shown: str) -> None:
    assert words.time(at, NOW, LONDON) == shown


@pytest.mark.parametrize(
    ("minutes", "said"), [(0, "1 min"), (22, "22 min"), (60, "1 h"), (500, "8 h 20 min"), (4560, "3 d 4 h")]
)
def test_lengths(minutes: int, said: str) -> None:
    assert words.length(timedelta(minutes=minutes)) == said


def test_of_october_s_two_half_past_ones_each_says_which_it_is() -> None:
    first, second = datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    later = second + timedelta(hours=1)
    assert [words.time(at, second, LONDON) for at in (first, second, later)] == [
        "01:30 BST",
        "01:30 GMT",
        "02:30",
    ]
