"""90s, 15m, 1h30m: read and written."""

from datetime import timedelta

import pytest

from bot import durations


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("90s", 90),
        ("15m", 900),
        ("2h", 7200),
        ("1d", 86400),
        ("1h30m", 5400),
        ("-55m", -3300),
        ("0m", 0),
        ("1d2h3m4s", 93784),
    ],
)
def test_reads(text: str, seconds: int) -> None:
    assert durations.parse(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize("text", ["", "-", "15", "m", "1.5h", "5m1h", "5 m", "1w", "5M", "--5m", "1h1h"])
def test_refuses(text: str) -> None:
    with pytest.raises(ValueError, match="a duration such as 90s"):
        durations.parse(text)


@pytest.mark.parametrize("text", ["0m", "90d", "1h30m", "-55m", "1m30s"])
def test_writes_what_it_reads(text: str) -> None:
    assert durations.write(durations.parse(text)) == text
