"""The timer in virtual time: what is due is offered, what nobody does in time it does, and nothing early."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import count
from threading import Event
from typing import Any

import pytest
from msgspec.structs import replace

from bot import consequences
from bot.domain.case import Case
from bot.domain.escalation import Watched
from bot.domain.people import Role
from bot.duty_desk import DutyDesk
from bot.outgoing import CASES, role_lane
from bot.ports.bell import Waits
from bot.ports.destination import Destination, LaneKind
from bot.store.memory_rate_limits import MemoryRateLimits
from bot.time import CaseClock
from config.settings import EDITS_A_MINUTE
from tests.unit.workers.conftest import Machine
from tests.waiting import until
from tests.world import TOLD, World, answers
from workers.periodic import Stop
from workers.rq.job_functions import JobFunctions
from workers.timing import timer
from workers.timing.in_flight import InFlightJobs
from workers.timing.outages import Outages
from workers.timing.recheck import Rechecks
from workers.timing.timer import BEAT, GATHERING, LEASE, PULSE, TICK, OfferedWork, Timer, TimerThreads, by_job

HIGH = {"markers": answers("suicidal_today")}


class Shelf:
    """A job queue in this process: jobs lie on it until a test has them done."""

    def __init__(self) -> None:
        self.jobs: dict[str, tuple[str, ...]] = {}
        self._numbers = count()

    def offer(self, items: Sequence[str]) -> str:
        job = str(next(self._numbers))
        self.jobs[job] = tuple(items)
        return job

    def unfinished(self, jobs: Iterable[str]) -> frozenset[str]:
        return frozenset(job for job in jobs if job in self.jobs)

    def withdraw(self, job: str) -> None:
        self.jobs.pop(job, None)

    @property
    def items(self) -> list[str]:
        return [item for items in self.jobs.values() for item in items]


class NoBell:
    """An `Ear` that hears nothing."""

    def rest(self, stop: Waits, seconds: float, is_time: Callable[[], bool]) -> None:  # noqa: ARG002 - nobody sets the clock
        stop.wait(seconds)


class Station(World):
    """A world whose timer is the real one, with workers or without."""

    def __init__(self, *, steps_in: bool = True) -> None:
        super().__init__()
        self.machine = Machine(self, 1000.0)
        self.case_clock = CaseClock(self.machine, started=1000.0, origin=TOLD)
        self.rechecks, self.deliveries = Shelf(), Shelf()
        self.rate_limits = MemoryRateLimits(edits_a_minute=EDITS_A_MINUTE)
        self.helpers, self.ear = TimerThreads(), NoBell()
        self.delivered: list[str] = []
        duty_desk = DutyDesk(self.stores.rosters, self.policy, self.clock, self.people, self.people)
        rechecks = Rechecks(self.desk, duty_desk, self.stores.metrics)
        self.functions = JobFunctions(recheck=rechecks.recheck_all, deliver=self._deliver)
        self.timer = self.new_timer(steps_in=steps_in)

    def new_timer(self, *, steps_in: bool = True) -> Timer:
        heartbeats, documents = self.stores.heartbeats, self.stores.documents
        self.outages = Outages(heartbeats, documents, self.case_clock, self.machine, BEAT)
        offers = OfferedWork(
            InFlightJobs(self.rechecks, self.machine), InFlightJobs(self.deliveries, self.machine)
        )
        return Timer(
            self.stores,
            self.case_clock,
            self.machine,
            self.rate_limits,
            offers,
            self.functions,
            self.helpers,
            self.outages,
            self.ear,
            steps_in=steps_in,
        )

    def _deliver(self, lanes: Iterable[str], who: str) -> None:
        outbox = self.stores.outbox
        for lane in lanes:
            token = outbox.claim(lane, self.machine.seconds(), 10.0)
            assert token is not None, f"{lane} is drained by two"
            outbox.sent(lane, token, [row.id for row in outbox.pending(lane, 1000)], {})
            outbox.release(lane, token)
            self.delivered.append(f"{lane} by {who}")

    def later(self, seconds: float) -> None:
        self.clock.at += timedelta(seconds=seconds)

    def cycle(self, seconds: float = 0) -> float:
        """One look, so much later; and what the timer's own threads then do."""
        self.later(seconds)
        pause = self.timer.cycle()
        until("its threads are done", lambda: not any(map(self.helpers.is_at, self.everything())))
        return pause

    def everything(self) -> list[str]:
        return [*self.stores.cases.open_refs(), *self.stores.outbox.lanes(), "cases", "role:fim"]

    def work(self, shelf: Shelf, who: str = "worker") -> None:
        for items in list(shelf.jobs.values()):
            (self.functions.recheck if shelf is self.rechecks else self.functions.deliver)(items, who)
        shelf.jobs.clear()

    def send_all(self) -> None:
        while self.stores.outbox.lanes():
            self.cycle()
            self.work(self.deliveries)
        self.cycle()

    def counted(self, name: str) -> int:
        return self.stores.metrics.read().get(name, 0)


@pytest.fixture
def station() -> Iterator[Station]:
    station = Station()
    yield station
    station.helpers.close()


def test_what_is_due_is_offered_once(station: Station) -> None:
    ref = station.report(**HIGH)
    station.cycle()
    station.cycle(1)
    assert station.rechecks.items == [ref]


def test_nothing_is_early(station: Station) -> None:
    ref = station.report()
    due = station.stores.due.next_at()
    assert due is not None
    station.clock.at = due - timedelta(milliseconds=1)
    station.cycle()
    assert station.rechecks.items == []
    station.cycle(0.001)
    assert station.rechecks.items == [ref]


def test_it_sleeps_until_the_due_time_exactly(station: Station) -> None:
    station.report()
    station.send_all()
    due = station.stores.due.next_at()
    assert due is not None
    assert station.cycle() == PULSE
    station.clock.at = due - timedelta(milliseconds=620)
    assert station.cycle() == pytest.approx(0.620)


def test_while_anything_is_in_hand_it_looks_each_tick(station: Station) -> None:
    station.report(**HIGH)
    assert station.cycle() == TICK
    station.work(station.rechecks)
    assert station.cycle() == TICK
    station.send_all()
    assert station.cycle() == PULSE


def test_it_sleeps_until_a_lane_may_be_posted_to_again(station: Station) -> None:
    station.report()
    station.rate_limits.hold("cases", station.machine.seconds() + 40.3)
    assert station.cycle() == PULSE
    assert station.cycle(40) == pytest.approx(0.3)


def test_it_sleeps_until_a_claim_of_another_timer_comes_back(station: Station) -> None:
    ref = station.report(**HIGH)
    assert station.stores.due.claim(station.clock.now(), station.machine.seconds(), 9, LEASE) == [ref]
    station.send_all()
    assert station.cycle() == PULSE
    assert station.cycle(LEASE - 0.4) == pytest.approx(0.4)
    station.cycle(0.4)
    assert station.rechecks.items == [ref]


@pytest.mark.parametrize("set_by", [3600, 0])
def test_while_it_sleeps_it_notices_that_the_clock_was_set(station: Station, set_by: float) -> None:
    station.report()
    station.send_all()
    stop, rested = Stop(), []

    def rest(_: Waits, __: float, is_time: Callable[[], bool]) -> None:
        station.later(set_by)
        rested.append(is_time())
        stop.set()

    station.ear.rest = rest  # type: ignore[method-assign]
    station.timer.run(stop)
    assert rested == [bool(set_by)]


def test_a_worker_decides_and_a_worker_delivers(station: Station) -> None:
    station.report(**HIGH)
    station.cycle()
    station.work(station.rechecks)
    station.cycle()
    station.work(station.deliveries)
    station.cycle(10)
    assert sorted(station.delivered) == ["cases by worker", "role:fim by worker"]
    assert (station.counted("recheck_by_worker"), station.counted("recheck_by_timer")) == (1, 0)


def test_what_no_worker_does_in_three_seconds_the_timer_does(station: Station) -> None:
    ref = station.report(**HIGH)
    station.cycle()
    station.cycle(2.9)
    assert station.case(ref).paging == {}
    station.cycle(0.1)
    assert station.case(ref).paging != {}
    assert station.counted("recheck_by_timer") == 1
    station.cycle(3)
    station.cycle(3)
    assert "role:fim by timer" in station.delivered


def test_switched_off_it_offers_again_when_the_lease_is_over(station: Station) -> None:
    station.timer = station.new_timer(steps_in=False)
    ref = station.report(**HIGH)
    station.cycle()
    station.cycle(3)
    assert station.case(ref).paging == {}
    assert station.rechecks.items == []
    station.cycle(LEASE)
    assert station.rechecks.items == [ref]


def test_the_claims_of_a_timer_that_died_come_to_another(station: Station) -> None:
    ref = station.report(**HIGH)
    station.cycle()
    station.rechecks.jobs.clear()
    station.timer = station.new_timer()
    station.cycle(LEASE - 0.1)
    assert station.rechecks.items == []
    station.cycle(0.1)
    assert station.rechecks.items == [ref]


def test_a_case_that_cannot_be_decided_does_not_hold_up_the_others(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = station.report(**HIGH), station.report(**HIGH)
    honest = consequences.watched

    def watched(case: Case, *given: Any) -> Watched:
        if case.ref == bad:
            raise ValueError("Wren Hale, 15")
        return honest(case, *given)

    monkeypatch.setattr(consequences, "watched", watched)
    station.cycle()
    station.work(station.rechecks)
    assert station.case(good).paging != {}
    assert station.counted("recheck_failed") == 1


def test_a_lane_that_has_to_wait_is_left_alone_until_then(station: Station) -> None:
    station.report()
    station.rate_limits.hold("cases", station.machine.seconds() + 40)
    station.cycle(39.9)
    assert station.deliveries.items == []
    station.cycle(0.1)
    assert station.deliveries.items == ["cases"]


def test_a_wait_from_before_the_machines_clock_was_set_back_is_over(station: Station) -> None:
    station.report()
    station.rate_limits.hold("cases", station.machine.seconds() + 3600)
    station.cycle()
    assert station.deliveries.items == ["cases"]


def test_pages_wait_for_the_other_cases_of_their_moment(station: Station) -> None:
    first, second = station.report(**HIGH), station.report(**HIGH)
    station.timer = station.new_timer(steps_in=False)
    station.cycle()
    station.functions.recheck([first], "worker")
    station.cycle()
    assert "role:fim" not in station.deliveries.items
    station.functions.recheck([second], "worker")
    station.cycle()
    assert "role:fim" in station.deliveries.items


def test_but_not_for_ever(station: Station) -> None:
    first, _ = station.report(**HIGH), station.report(**HIGH)
    station.timer = station.new_timer(steps_in=False)
    station.cycle()
    station.functions.recheck([first], "worker")
    station.cycle()
    station.cycle(GATHERING)
    assert "role:fim" in station.deliveries.items


def test_a_case_that_stays_due_delays_no_other_childs_page(station: Station) -> None:
    station.report(**HIGH)
    station.timer = station.new_timer(steps_in=False)
    station.cycle()
    station.functions.recheck([station.report(**HIGH)], "worker")
    station.cycle()
    station.cycle(GATHERING)
    station.work(station.deliveries)
    station.cycle()

    station.functions.recheck([station.report(**HIGH)], "worker")
    station.cycle()
    assert "role:fim" in station.deliveries.items


def test_a_clock_that_is_set_back_holds_up_no_page_for_the_others(station: Station) -> None:
    station.report(told=-120, **HIGH)
    station.timer = station.new_timer(steps_in=False)
    station.cycle()
    station.functions.recheck([station.report(told=-120, **HIGH)], "worker")
    station.cycle()
    station.later(-3600)
    station.cycle(GATHERING)
    assert "role:fim" in station.deliveries.items


def test_each_moment_is_gathered_anew(station: Station) -> None:
    station.timer = station.new_timer(steps_in=False)
    for _ in range(2):
        first, second = station.report(**HIGH), station.report(**HIGH)
        station.cycle(60)
        station.functions.recheck([first], "worker")
        station.cycle()
        assert "role:fim" not in station.deliveries.items
        station.functions.recheck([second], "worker")
        station.cycle()
        station.work(station.deliveries)
        station.cycle()


def test_a_slow_slack_keeps_no_case_from_being_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no worker lives, the timer does both itself."""
    monkeypatch.setattr(timer, "_THREADS", 1)
    station, slack_answers = Station(), Event()
    station.functions = replace(station.functions, deliver=lambda *_: slack_answers.wait(60))
    try:
        station.functions.recheck([station.report(**HIGH)], "worker")
        station.timer = station.new_timer()
        for seconds in (0, 4):
            station.later(seconds)
            station.timer.cycle()
        assert station.helpers.is_at(CASES), "Slack is being asked"
        waiting = station.report(**HIGH)
        for seconds in (0, 4):
            station.later(seconds)
            station.timer.cycle()
        until("its page is written", lambda: station.stores.cases.entries(waiting)[1:], 30)
    finally:
        slack_answers.set()
        station.helpers.close()


def test_a_time_without_any_timer_is_written_down(station: Station) -> None:
    station.cycle()
    station.cycle(29)
    assert station.outages.last() is None
    station.later(21 * 60)
    station.timer = station.new_timer()
    station.cycle()
    outage = station.outages.last()
    assert outage is not None
    assert (outage.since, outage.until) == (TOLD + timedelta(seconds=29), station.clock.at)


def test_a_timer_that_stood_still_while_another_one_went_on_tells_of_no_such_time(station: Station) -> None:
    station.cycle()
    stopped, noticed = station.timer, station.outages
    station.timer = station.new_timer()
    for _ in range(4):
        station.cycle(15)
    stopped.cycle()
    assert noticed.last() is None


def test_each_whole_cycle_is_a_sign_of_life(station: Station) -> None:
    station.cycle(5)
    assert station.stores.heartbeats.beats()[BEAT] == station.machine.seconds()


@pytest.mark.parametrize(
    ("people", "jobs", "longest"), [(3, 3, 1), (30, 30, 1), (60, 20, 3), (1000, 100, 10)]
)
def test_many_peoples_lanes_share_jobs_and_no_other_lane_does(people: int, jobs: int, longest: int) -> None:
    named = [Destination.of(LaneKind.PERSON, f"U{number:04}") for number in range(people)]
    found = list(by_job([CASES, *named, role_lane(Role.FIM)]))
    assert found[:2] == [[CASES], [role_lane(Role.FIM)]], "they are offered before those of people"
    assert [lane for job in found[2:] for lane in job] == named
    assert (len(found) - 2, max(map(len, found[2:]))) == (jobs, longest)
