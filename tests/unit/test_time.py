"""Case time is a straight line through machine time; all processes see the same."""

import math
from datetime import UTC, datetime, timedelta

from bot.time import CaseClock, HostClock, Stretch

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


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


def standing_from_five_past() -> tuple[HandMachine, CaseClock]:
    """A minute a second from noon to five past; there it stands for ten seconds, and then runs on."""
    noon, five_past = NOON.timestamp(), (NOON + 5 * MINUTE).timestamp()
    told = [Stretch(1000.0, noon, 60), Stretch(1005.0, five_past, 0), Stretch(1015.0, five_past, 60)]
    machine = HandMachine(1000.0)
    return machine, CaseClock.told_by(lambda: told, machine)


def test_a_clock_that_is_told_to_stand_shows_one_moment_until_it_runs_on() -> None:
    machine, clock = standing_from_five_past()
    shown = []
    for machine.at in (1004.0, 1005.0, 1014.9, 1016.0):
        shown.append((clock.now() - NOON) / MINUTE)
    assert shown == [4, 5, 5, 6]


def test_what_it_showed_and_will_show_is_known_across_the_standing() -> None:
    machine, clock = standing_from_five_past()
    machine.at = 1016.0
    assert clock.after(-13.0) == NOON + 3 * MINUTE
    machine.at = 1003.0
    assert clock.after(3.0) == NOON + 5 * MINUTE


def test_time_until_a_moment_counts_the_standing_before_it() -> None:
    _, clock = standing_from_five_past()
    assert clock.seconds_until(NOON + 4 * MINUTE) == 4
    assert clock.seconds_until(NOON + 6 * MINUTE) == 16


def test_nothing_grows_old_while_time_stands() -> None:
    machine, clock = standing_from_five_past()
    for machine.at, since in ((1002.0, -13.0), (1008.0, -7.0), (1017.0, 2.0)):
        assert clock.seconds_since(NOON + 5 * MINUTE) == since
    standing = CaseClock.told_by(lambda: [Stretch(1000.0, NOON.timestamp(), 0)], machine)
    assert standing.seconds_since(NOON) == 0
    assert standing.seconds_since(NOON - MINUTE) == 77
    assert standing.seconds_until(NOON + MINUTE) == math.inf
