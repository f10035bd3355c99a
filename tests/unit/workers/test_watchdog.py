"""Silence must not look like calm."""

from datetime import timedelta

from bot.time import CaseClock
from tests.world import TOLD
from workers.watchdog import SILENT, UNDECIDED, stopped


class Machine:
    def seconds(self) -> float:
        return 5000.0


CLOCK = CaseClock(Machine(), started=5000.0, origin=TOLD, speed=60)


def test_a_timer_that_cycles_and_nothing_due_is_calm() -> None:
    assert stopped({"timer": 4995.0}, TOLD + timedelta(minutes=1), CLOCK, 5000.0, "timer") is None


def test_no_timer_for_a_while_is_stopped_since_its_last_cycle_in_case_time() -> None:
    found = stopped({"timer": 5000.0 - SILENT - 2}, None, CLOCK, 5000.0, "timer")
    assert found is not None
    assert found.since == TOLD - timedelta(minutes=12)


def test_no_timer_ever_is_stopped() -> None:
    found = stopped({"worker": 5000.0}, None, CLOCK, 5000.0, "timer")
    assert found is not None
    assert found.since == TOLD


def test_a_timer_that_cycles_while_what_is_due_stays_undecided_is_stopped() -> None:
    oldest = TOLD - timedelta(minutes=UNDECIDED + 1)
    found = stopped({"timer": 5000.0}, oldest, CLOCK, 5000.0, "timer")
    assert found is not None
    assert (found.since, found.why) == (oldest, "what is due is not decided")
