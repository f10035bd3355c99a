"""The round through all open cases: a heartbeat leaves only while nothing is overdue and untold."""

from collections.abc import Iterator

import pytest

from bot.ports.cases import Pulse
from tests.outside import Pager, pager
from tests.unit.workers.conftest import Evening
from tests.world import answers
from workers.alarm.matters import Known
from workers.alarm.reconciler import Reconciler

HIGH = {"markers": answers("suicidal_today")}


class Ticking:
    """A `Watch` whose timers look at the time until a test says otherwise."""

    def __init__(self, evening: Evening) -> None:
        self.evening = evening
        self.runs = True

    def pulse(self) -> Pulse:
        now = self.evening.clock.now()
        return Pulse(last_check=now, stopped_since=None if self.runs else now)


class Round:
    def __init__(self, evening: Evening, beeper: Pager) -> None:
        self.watch = Ticking(evening)
        self.beeper = beeper
        self.reconciler = Reconciler(
            evening.stores,
            evening.policy,
            lambda role: bool(evening.people.on_duty(role)),
            evening.case_clock,
            self.watch,
            patience=60.0,
            heartbeat_url=beeper.address,
        )

    def is_well(self) -> bool:
        """Whether a round ends with a heartbeat."""
        before = self.beeper.gets
        self.reconciler.walk()
        return self.beeper.gets == before + 1


@pytest.fixture
def on_round(evening: Evening) -> Iterator[Round]:
    with pager() as beeper:
        yield Round(evening, beeper)


def test_nothing_due_is_well(evening: Evening, on_round: Round) -> None:
    evening.report()
    assert on_round.is_well()


def test_a_page_that_is_due_and_was_not_written_is_not(evening: Evening, on_round: Round) -> None:
    ref = evening.report(**HIGH)
    evening.later(29)
    assert on_round.is_well()
    evening.later(2)
    assert not on_round.is_well()
    assert on_round.reconciler.found.unpaged == (ref,)


def test_a_page_that_waits_for_slack_for_too_long_is_not(evening: Evening, on_round: Round) -> None:
    evening.report(**HIGH)
    evening.until(0)
    evening.later(59)
    assert on_round.is_well()
    evening.later(2)
    assert not on_round.is_well()
    evening.drain("role:fim", turns=2)
    assert on_round.is_well()


def test_time_that_stands_still_is_not(evening: Evening, on_round: Round) -> None:
    on_round.watch.runs = False
    assert not on_round.is_well()


def test_it_knows_which_are_high(evening: Evening, on_round: Round) -> None:
    evening.report()
    high = evening.report(**HIGH)
    assert on_round.reconciler.known() == Known(high=(high,), as_of=evening.clock.now())
    assert on_round.reconciler.found.open == 2


def test_a_monitoring_service_that_is_away_is_no_trouble_of_ours(evening: Evening) -> None:
    with pager() as gone:
        pass
    reconciler = Round(evening, gone).reconciler
    reconciler.walk()
    assert reconciler.wrong() == []
