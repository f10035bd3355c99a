"""Case time is a straight line through machine time; all processes see the same."""

from datetime import UTC, datetime, timedelta

from bot.time import CaseClock, HostClock

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


class HandMachine:
    def __init__(self, at: float) -> None:
        self.at = at

    def seconds(self) -> float:
        return self.at


def test_real_case_time_is_the_machine_s_own_aware_and_in_utc() -> None:
    clock = CaseClock(HandMachine(NOON.timestamp()))
    assert clock.now() == NOON
    assert clock.now().tzinfo is UTC


def test_a_fast_clock_runs_from_its_origin() -> None:
    machine = HandMachine(1000.0)
    clock = CaseClock(machine, speed=60, started=1000.0, origin=NOON)
    machine.at += 2.5
    assert clock.now() == NOON + timedelta(minutes=2, seconds=30)
    assert clock.seconds_until(NOON + timedelta(minutes=3)) == 0.5


def test_two_processes_agree_whenever_they_started() -> None:
    machine = HandMachine(1000.0)
    first = CaseClock(machine, speed=60, started=1000.0, origin=NOON)
    machine.at += 7
    assert CaseClock(machine, speed=60, started=1000.0, origin=NOON).now() == first.now()


def test_the_host_s_clock_is_that_of_the_wall() -> None:
    assert abs(HostClock().seconds() - datetime.now(UTC).timestamp()) < 5
