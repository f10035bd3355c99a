"""Given cases that nobody but the bot writes to, when they are looked through while they are written, then nothing is
said to have been changed. `python -m benchmarks.clean_year` does the same with a year of them."""

import pytest

from benchmarks.clean_year import Seen, look_on, stories

pytestmark = pytest.mark.redis

# Sixteen children, six at once, closed and open again, two logs, and the clock is set back.
TOLD = ("s39", "x23", "r08", "s26", "x22")


def test_a_clean_night_is_found_clean(redis_url: str, prefix: str) -> None:
    seen = Seen()
    for number, story in enumerate(stories(TOLD)):
        look_on(redis_url, f"{prefix}-{number}", story, seen)
    assert seen.found == []
    assert seen.cases >= 30 and seen.looks > seen.records, "a few dozen cases, looked at as they went on"
