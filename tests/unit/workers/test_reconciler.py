"""The round through all open cases: a heartbeat leaves only while nothing is overdue and untold."""

from collections.abc import Iterator, Sequence
from contextlib import suppress

import pytest

from bot.domain.case import Case
from bot.domain.events import Closed
from bot.ports.cases import Pulse
from tests.contract.steps import step
from tests.outside import Pager, pager
from tests.unit.workers.conftest import Evening
from tests.world import answers
from workers.alarm.open_round import SLICE, TURN, pause
from workers.alarm.reconciler import EVERY, Reconciler
from workers.alarm.troubles import Known

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


class Sliced(Round):
    """As the bot runs it, in machine time of its own."""

    def __init__(self, evening: Evening, beeper: Pager) -> None:
        super().__init__(evening, beeper)
        self.cases = evening.stores.cases
        self.read: list[str] = []
        self.slices: list[int] = []
        self.breaks = False
        self.now = 1_772_458_800.0
        self.reconciler = Reconciler(
            evening.stores,
            evening.policy,
            lambda role: bool(evening.people.on_duty(role)),
            evening.case_clock,
            self.watch,
            read=self.reads,
            patience=60.0,
            heartbeat_url=beeper.address,
        )

    def reads(self, refs: Sequence[str]) -> tuple[list[Case], tuple[str, ...]]:
        if self.breaks:
            raise RuntimeError("a fault that nobody thought of")
        self.read += refs
        self.slices.append(len(refs))
        return self.cases.readable(refs)

    def goes_by(self, seconds: float) -> None:
        for _ in range(round(seconds / TURN)):
            self.now += TURN
            with suppress(RuntimeError):
                self.reconciler.turn(self.now)


@pytest.fixture
def sliced(evening: Evening) -> Iterator[Sliced]:
    with pager() as beeper:
        yield Sliced(evening, beeper)


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


# In slices. `Round.goes_by` is the bot's process, which asks some times a second whether it is time for one.


def test_few_cases_are_all_looked_at_each_half_minute(evening: Evening, sliced: Sliced) -> None:
    for _ in range(250):
        evening.report()
    sliced.goes_by(EVERY)
    for _ in range(4):
        sliced.read.clear()
        sliced.goes_by(EVERY)
        assert set(sliced.read) == set(evening.stores.cases.open_refs())
        assert len(sliced.read) <= 350, "each once, but for the ends"


def test_no_slice_is_longer_than_some_ten_milliseconds_take(evening: Evening, sliced: Sliced) -> None:
    for _ in range(250):
        evening.report()
    sliced.goes_by(EVERY)
    assert max(sliced.slices) <= SLICE


@pytest.mark.parametrize(
    ("open_cases", "within", "a_minute"),
    [(1, 30, 2), (1_000, 30, 2_000), (10_000, 60, 10_000), (100_000, 300, 20_000)],
)
def test_a_round_takes_as_long_as_is_promised_and_no_more_of_the_processor(
    open_cases: int, within: float, a_minute: int
) -> None:
    slices = -(-open_cases // SLICE)
    assert pause(open_cases) * slices <= within
    assert 60 / pause(open_cases) * min(SLICE, open_cases) <= a_minute


def test_what_is_wrong_with_a_case_is_known_before_the_round_is_over(
    evening: Evening, sliced: Sliced
) -> None:
    for _ in range(250):
        evening.report()
    sliced.goes_by(1)
    ref = evening.report(**HIGH)
    evening.later(40)
    sliced.goes_by(EVERY)
    assert ref in sliced.reconciler.found.unpaged
    evening.desk.recheck(ref)
    sliced.goes_by(EVERY + 1)
    assert ref not in sliced.reconciler.found.unpaged


def test_a_closed_case_is_nothing_that_is_wrong(evening: Evening, on_round: Round) -> None:
    ref = evening.report(**HIGH)
    evening.later(31)
    on_round.reconciler.walk()
    assert on_round.reconciler.found.unpaged == (ref,)
    evening.stores.cases.append(step(evening.case(ref), Closed(reason="found"), at=5))
    on_round.reconciler.walk()
    assert on_round.reconciler.found.unpaged == ()
    assert on_round.reconciler.found.open == 0


def test_while_rounds_do_not_come_to_their_end_no_heartbeat_leaves(evening: Evening, sliced: Sliced) -> None:
    evening.report()
    sliced.goes_by(EVERY)
    before = sliced.beeper.gets
    sliced.breaks = True
    sliced.goes_by(5 * EVERY)
    assert sliced.beeper.gets == before
    assert "The open cases were not all looked at for too long." in sliced.reconciler.wrong()
    sliced.breaks = False
    sliced.goes_by(2 * EVERY)
    assert sliced.beeper.gets > before
    assert sliced.reconciler.wrong() == []


def test_a_clock_that_is_set_back_holds_no_slice_up(evening: Evening, sliced: Sliced) -> None:
    evening.report()
    sliced.goes_by(EVERY)
    sliced.now -= 7200
    sliced.read.clear()
    sliced.goes_by(EVERY)
    assert sliced.read
