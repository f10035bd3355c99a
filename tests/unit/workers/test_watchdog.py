"""Silence must not look like calm; and calm must not be called silence."""

from datetime import timedelta

import pytest

from bot.ports.errors import StoreUnavailable
from bot.time import CaseClock
from tests.world import TOLD, World
from workers.alarm.watchdog import Watchdog, WatchdogPatience
from workers.timing.timer import BEAT

PATIENCE = WatchdogPatience()
SPEED = 60  # a case minute each second


class Machine:
    """Its clock, which somebody may set, and the steady one beside it."""

    steady = 0.0
    ahead = 5000.0

    def seconds(self) -> float:
        return self.steady + self.ahead


class Watched(World):
    """A force with a watchdog, whose timers beat when a test says so."""

    def __init__(self) -> None:
        super().__init__()
        self.machine = Machine()
        self.case_clock = CaseClock(self.machine, started=5000.0, origin=TOLD, speed=SPEED)
        self.dog = Watchdog(
            self.stores, self.case_clock, self.machine, lambda: self.machine.steady, BEAT, PATIENCE
        )

    def goes_by(self, seconds: float, *, beating: bool) -> None:
        """A look each second, as the bot takes it."""
        end = self.machine.steady + seconds
        while self.machine.steady < end:
            self.machine.steady = min(self.machine.steady + 1, end)
            if beating:
                self.stores.heartbeats.beat(BEAT, self.machine.seconds())
            self.dog.look()


@pytest.fixture
def watched() -> Watched:
    return Watched()


def test_a_timer_that_looks_and_nothing_due_is_calm(watched: Watched) -> None:
    watched.goes_by(60, beating=True)
    pulse = watched.dog.pulse()
    assert (pulse.last_check, pulse.stopped_since, pulse.undecided) == (watched.case_clock.now(), None, {})


def test_silence_is_told_once_it_lasts_and_since_the_last_look_of_any_timer(watched: Watched) -> None:
    watched.goes_by(5, beating=True)
    watched.goes_by(PATIENCE.silent, beating=False)
    assert watched.dog.pulse().stopped_since is None
    watched.goes_by(1, beating=False)
    assert watched.dog.pulse().stopped_since == TOLD + timedelta(minutes=5)


def test_no_timer_ever_is_silence_since_we_began_to_look(watched: Watched) -> None:
    watched.goes_by(PATIENCE.silent + 1, beating=False)
    pulse = watched.dog.pulse()
    assert (pulse.last_check, pulse.stopped_since) == (None, TOLD)


def test_everything_started_at_once_is_given_time_to_come_up(watched: Watched) -> None:
    watched.stores.heartbeats.beat(BEAT, 5000.0 - 3600)
    watched.goes_by(3, beating=False)
    assert watched.dog.pulse().stopped_since is None
    watched.goes_by(PATIENCE.silent, beating=False)
    assert watched.dog.pulse().stopped_since == TOLD - timedelta(hours=SPEED)


def test_a_machine_that_slept_is_given_time_to_wake_up(watched: Watched) -> None:
    watched.goes_by(5, beating=True)
    watched.machine.steady += 600
    watched.dog.look()
    assert watched.dog.pulse().stopped_since is None


@pytest.mark.parametrize("on", [7.0, 60.0, 3600.0])
def test_a_clock_that_is_set_on_makes_no_silence(watched: Watched, on: float) -> None:
    """Asked at any moment: the bot's next look may be a second away, and the timer's next sign five."""
    watched.stores.heartbeats.beat("deliver", watched.machine.seconds())
    watched.goes_by(5, beating=True)
    watched.machine.ahead += on
    for _ in range(int(PATIENCE.silent)):
        assert watched.dog.pulse().stopped_since is None
        assert watched.dog.silent_workers(["deliver"]) == []
        watched.goes_by(1, beating=False)
    watched.goes_by(1, beating=False)
    assert watched.dog.pulse().stopped_since is not None, "and it hides none that lasts"


@pytest.mark.parametrize("back", [300.0, 3600.0])
def test_a_clock_that_is_set_back_hides_no_silence(watched: Watched, back: float) -> None:
    watched.goes_by(5, beating=True)
    watched.machine.ahead -= back
    watched.goes_by(PATIENCE.silent, beating=False)
    assert watched.dog.pulse().stopped_since is None, "what was seen last is not older for it"
    watched.goes_by(2, beating=False)
    assert watched.dog.pulse().stopped_since is not None


def test_a_timer_whose_machine_is_an_hour_ahead_is_missed_as_soon_as_any(watched: Watched) -> None:
    for _ in range(5):
        watched.goes_by(1, beating=False)
        watched.stores.heartbeats.beat(BEAT, watched.machine.seconds() + 3600)
    watched.goes_by(1, beating=False)
    pulse = watched.dog.pulse()
    assert (pulse.last_check, pulse.stopped_since) == (watched.case_clock.now(), None)
    watched.goes_by(PATIENCE.silent + 1, beating=False)
    assert watched.dog.pulse().stopped_since == TOLD + timedelta(minutes=6)


def test_a_timer_whose_machine_is_behind_is_not_called_silent(watched: Watched) -> None:
    for _ in range(30):
        watched.goes_by(1, beating=False)
        watched.stores.heartbeats.beat(BEAT, watched.machine.seconds() - 20)
    watched.goes_by(1, beating=False)
    assert watched.dog.pulse().stopped_since is None


def test_a_worker_whose_machine_is_behind_is_not_called_silent(watched: Watched) -> None:
    for _ in range(20):
        watched.goes_by(5, beating=True)
        watched.stores.heartbeats.beat("deliver", watched.machine.seconds() - 300)
    watched.goes_by(1, beating=True)
    assert watched.dog.silent_workers(["deliver"]) == []
    watched.goes_by(41, beating=True)
    assert watched.dog.silent_workers(["deliver"]) == ["deliver"]


def test_a_case_that_waits_is_named_though_the_clock_was_set_back(watched: Watched) -> None:
    ref = watched.report(told=-600)
    watched.goes_by(5, beating=True)
    watched.machine.ahead -= 300
    watched.goes_by(PATIENCE.undecided + 5, beating=True)
    assert list(watched.dog.pulse().undecided) == [ref]


def test_timers_that_look_while_a_case_stays_undecided(watched: Watched) -> None:
    ref = watched.report(told=-60)
    watched.goes_by(20, beating=True)
    assert list(watched.dog.pulse().undecided) == [ref]


def test_a_case_typed_late_is_not_undecided_for_as_long_as_it_is_overdue(watched: Watched) -> None:
    watched.goes_by(1, beating=True)
    watched.report(told=-600)
    watched.goes_by(2, beating=True)
    assert watched.dog.pulse().undecided == {}


def test_after_silence_the_timers_have_time_to_decide_what_came_due(watched: Watched) -> None:
    watched.report(told=-60)
    watched.goes_by(60, beating=False)
    assert watched.dog.pulse().stopped_since is not None
    watched.goes_by(5, beating=True)
    pulse = watched.dog.pulse()
    assert (pulse.stopped_since, pulse.undecided) == (None, {})


def test_without_the_record_the_answer_follows_from_what_was_last_known(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched.goes_by(5, beating=True)

    def away() -> dict[str, float]:
        raise StoreUnavailable

    monkeypatch.setattr(watched.stores.heartbeats, "beats", away)
    watched.goes_by(PATIENCE.silent + 1, beating=False)
    assert watched.dog.pulse().stopped_since == TOLD + timedelta(minutes=5)


def test_workers_that_show_no_life_are_named_while_a_timer_does_their_work(watched: Watched) -> None:
    watched.goes_by(30, beating=True)
    watched.stores.heartbeats.beat("deliver", watched.machine.seconds())
    watched.goes_by(30, beating=True)
    assert watched.dog.silent_workers(["recheck", "deliver"]) == ["recheck"]
    assert watched.dog.pulse().stopped_since is None
