"""The demo's clock: whoever tells the story lets it run and stand, and every process reads the same of its file."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.files.time_file import TimeFile
from bot.time import CaseClock
from cli.demo.pace import StoryClock
from tests.unit.test_time import HandMachine

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class Two:
    """The story's clock, that of a process which reads its file, and what the page was told."""

    def __init__(self, path: Path) -> None:
        self.machine = HandMachine(1000.0)
        self.told: list[tuple[float, float, float]] = []
        self.story = StoryClock(path, self.machine, NOON, lambda *told: self.told.append(told))
        self.process = CaseClock.told_by(TimeFile(path).stretches, self.machine)

    def after(self, seconds: float) -> datetime:
        self.machine.at += seconds
        assert self.process.now() == self.story.now()
        return self.process.now()


@pytest.fixture
def two(tmp_path: Path) -> Two:
    return Two(tmp_path / "time")


def test_it_stands_until_it_is_told_to_run(two: Two) -> None:
    assert two.after(100.0) == NOON
    two.story.run(60)
    assert two.after(10.0) == NOON + 597 * timedelta(seconds=1)  # begun a twentieth of a second later


def test_it_stops_by_itself_where_it_was_to_run_to(two: Two) -> None:
    two.story.run_to(NOON + 5 * MINUTE, 60)
    assert NOON < two.after(3.0) < NOON + 3 * MINUTE
    assert two.after(100.0) == NOON + 5 * MINUTE
    assert two.story.seconds_until(NOON + 5 * MINUTE) == 0


def test_told_to_stand_on_the_way_it_forgets_where_it_was_going(two: Two) -> None:
    two.story.run_to(NOON + 5 * MINUTE, 60)
    two.after(2.0)
    two.story.stand()
    stopped = two.after(1.0)
    assert NOON + 1.9 * MINUTE < stopped < NOON + 2.1 * MINUTE
    assert two.after(1000.0) == stopped
    two.story.run_to(NOON + 5 * MINUTE, 60)
    assert two.after(1000.0) == NOON + 5 * MINUTE


def test_no_process_sees_time_go_back_when_it_is_stopped(two: Two) -> None:
    two.story.run(600)
    two.after(2.0)
    before = two.process.now()
    two.story.stand()
    seen = [before]
    for _ in range(20):
        seen.append(two.after(0.01))
    assert seen == sorted(seen)


def test_the_page_is_told_of_every_change(two: Two) -> None:
    two.story.run_to(NOON + MINUTE, 60)
    at = NOON.timestamp()
    assert two.told == [(at, 1000.0, 0.0), (at, 1000.05, 60), (at + 60, 1001.05, 0.0)]


def test_a_process_goes_by_what_it_knew_once_the_file_is_gone(two: Two) -> None:
    two.story.run(60)
    two.after(0.05)
    two.story.path.unlink()
    assert two.after(1.0) == NOON + MINUTE
