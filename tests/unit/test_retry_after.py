"""`Retry-After` in both of HTTP's forms."""

from datetime import UTC, datetime

import pytest

from bot.slack.slack_codes import UNSAID, seconds_of

NOW = datetime(2026, 3, 2, 13, 40, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("30", 30),
        ("0.5", 0.5),
        ("Mon, 02 Mar 2026 13:40:45 GMT", 45),
        ("Mon, 02 Mar 2026 13:39:00 GMT", 0),
        ("-5", 0),
        ("soon", UNSAID),
        (None, UNSAID),
    ],
)
def test_seconds_to_wait(said: str | None, seconds: float) -> None:
    assert seconds_of(said, NOW) == seconds
