"""A story's waits: read at its readers' pace, on to the next moment, and not at all while somebody holds it."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.time import HostClock
from cli.demo.pace import Again, Ended, Pace, StoryClock, reading
from sandbox.client.stage import Wishes
from workers.periodic import Stop

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
BEGUN = Wishes(version=0, watched=True, playing=True, speed=1000.0, next=0, again=0)


class Hands:
    """Whoever watches does the next of these whenever the story waits."""

    def __init__(self, *changes: Callable[[Wishes], Wishes]) -> None:
        self.changes = list(changes)
        self.now = BEGUN

    def wishes(self, after: int = -1, seconds: float = 0.0) -> Wishes:
        if after < 0:
            return self.now
        if self.changes:
            change = self.changes.pop(0)
            self.now = replace(change(self.now), version=self.now.version + 1)
        else:
            time.sleep(min(seconds, 0.01))
        return self.now


def holds(wishes: Wishes) -> Wishes:
    return replace(wishes, playing=False)


def goes_on(wishes: Wishes) -> Wishes:
    return replace(wishes, playing=True)


def wants_the_next(wishes: Wishes) -> Wishes:
    return replace(wishes, next=wishes.next + 1)


def wants_it_again(wishes: Wishes) -> Wishes:
    return replace(wishes, again=wishes.again + 1)


def same(wishes: Wishes) -> Wishes:
    return wishes


class Told:
    def __init__(self, home: Path, hands: Hands) -> None:
        self.hands = hands
        self.speeds: list[float] = []
        self.clock = StoryClock(
            home / "time", HostClock(), NOON, lambda _, __, speed: self.speeds.append(speed)
        )
        self.ended = Stop()
        self.pace = Pace(self.clock, hands, self.ended)


@pytest.fixture
def told(tmp_path: Path) -> Callable[..., Told]:
    return lambda *changes: Told(tmp_path, Hands(*changes))


def test_a_caption_has_three_and_a_half_seconds_at_least_and_long_ones_more() -> None:
    assert reading("The case has a card") == 3.5
    assert (
        6
        < reading("Page 1 asks what can mean high risk, and proposes a grade. Saving it starts the clocks.")
        < 8
    )


def test_the_clock_runs_to_the_next_moment_and_stands_there(told: Callable[..., Told]) -> None:
    story = told()
    story.pace.run_to(NOON + timedelta(minutes=5))
    assert story.clock.now() == NOON + timedelta(minutes=5)
    assert story.speeds == [0.0, 60_000.0, 0.0]


def test_who_holds_it_before_the_clock_runs_lets_no_time_pass(told: Callable[..., Told]) -> None:
    story = told(holds, same, same, wants_it_again)
    with pytest.raises(Again):
        story.pace.run_to(NOON + timedelta(minutes=5))
    assert story.clock.now() == NOON
    assert story.pace.was_held
    assert 60_000.0 not in story.speeds


def test_held_it_goes_to_the_next_caption_where_that_is_asked_for_and_waits_there(
    told: Callable[..., Told],
) -> None:
    story = told(holds, same, wants_the_next)
    story.pace.read(1000.0)
    story.pace.run_to(NOON + timedelta(minutes=5))
    assert story.clock.now() == NOON + timedelta(minutes=5)
    story.hands.changes = [same, same, wants_it_again]
    with pytest.raises(Again):
        story.pace.read(0.01)


def test_reading_takes_no_longer_than_its_time_once_it_goes_on(told: Callable[..., Told]) -> None:
    story = told(holds, same, goes_on)
    story.pace.read(10.0)  # at a thousand times the speed
    assert story.hands.changes == []


def test_after_the_end_time_stands_unless_it_is_let_run(told: Callable[..., Told]) -> None:
    story = told(holds, same, same, wants_it_again)
    with pytest.raises(Again):
        story.pace.stay()
    assert story.speeds == [0.0, 0.0]
    assert story.clock.now() == NOON


def test_after_the_end_of_a_story_that_was_stepped_through_it_is_still_heard(
    told: Callable[..., Told],
) -> None:
    story = told(holds, wants_the_next)
    story.pace.read(1000.0)
    story.hands.changes = [same, goes_on, same, holds, wants_it_again]
    with pytest.raises(Again):
        story.pace.stay()
    assert story.speeds == [0.0, 0.0, 60_000.0, 0.0]


def test_whoever_ends_the_demo_waits_for_no_caption(told: Callable[..., Told]) -> None:
    story = told()
    story.ended.set()
    with pytest.raises(Ended):
        story.pace.read(1000.0)
