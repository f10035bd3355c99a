"""Whoever dies, the page goes out, and once."""

import os
import signal

import pytest

from tests.chaos.conftest import Force, kill
from tests.waiting import until
from workers.timing.timer import LEASE, TICK

pytestmark = pytest.mark.slow

SOON = LEASE + TICK + 2.0  # seconds: two for a busy machine


def test_workers_do_the_work_where_there_are_workers(force: Force) -> None:
    for command in (("timer",), ("worker", "recheck"), ("worker", "deliver")):
        force.start(*command)
    done = [_done_of_a_report(force) for _ in range(3)]
    assert any(by_workers >= 2 and not by_timer for by_workers, by_timer in done), done


def _done_of_a_report(force: Force) -> tuple[int, int]:
    """Jobs by workers, and by the timer, which steps in where they take three seconds on a busy machine."""
    before = _counted(force, "worker"), _counted(force, "timer")
    force.wait_for_page(force.report())
    force.wait_until_told()
    return _counted(force, "worker") - before[0], _counted(force, "timer") - before[1]


def _counted(force: Force, by: str) -> int:
    return force.counted(f"recheck_by_{by}") + force.counted(f"deliver_by_{by}")


def test_without_any_worker_the_timer_does_it(force: Force) -> None:
    force.start("timer")
    ref = force.report()
    force.wait_for_page(ref)
    force.wait_until_told()
    assert force.counted("recheck_by_timer") >= 1
    assert force.counted("deliver_by_timer") >= 1
    assert force.counted("recheck_by_worker") == force.counted("deliver_by_worker") == 0
    assert len(force.pages(ref)) == 1


def test_rq_alone_delivers_where_the_timer_may_not_step_in(
    force: Force, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MISSING_TIMER_STEPS_IN", "false")
    force.start("timer")
    ref = force.report()
    until(
        "the timer has offered it and nobody has come",
        lambda: force.bot.stores.due.overdue(force.bot.clock.now()) > 0,
    )
    force.start("worker", "recheck")
    force.start("worker", "deliver")
    force.wait_for_page(ref)
    force.wait_until_told()
    assert force.counted("recheck_by_timer") == force.counted("deliver_by_timer") == 0
    assert len(force.pages(ref)) == 1


def test_a_worker_killed_in_the_middle_of_a_post_loses_nothing_and_doubles_nothing(force: Force) -> None:
    force.workspace.fault("slow", "chat.postMessage", channel="C0FIM", seconds=3, count=1)
    force.start("timer")
    force.start("worker", "recheck")
    worker = force.start("worker", "deliver")
    ref = force.report()
    until("the post is on its way", lambda: force.bot.stores.outbox.doubtful("role:fim") != {})
    kill(worker)
    force.wait_until_told()
    assert len(force.pages(ref)) == 1


def test_a_timer_killed_with_everything_claimed_is_replaced_by_another(force: Force) -> None:
    first = force.start("timer")
    os.kill(first.pid, signal.SIGSTOP)
    refs = [force.report() for _ in range(3)]
    os.kill(first.pid, signal.SIGCONT)
    until("it has claimed them", lambda: nothing_is_due(force))
    kill(first)
    force.start("timer")
    for ref in refs:
        force.wait_for_page(ref)


def test_with_another_timer_running_a_lost_claim_costs_a_lease_and_a_tick(force: Force) -> None:
    force.start("worker", "recheck")
    late: list[float] = []
    while not late or (late[-1] >= SOON and len(late) < 3):  # the machine was busy just then
        late.append(_late_by_a_lost_claim(force))
    assert min(late) >= LEASE and late[-1] < SOON, late


def _late_by_a_lost_claim(force: Force) -> float:
    """Seconds from the claim of a timer that is gone until the other one has everybody paged."""
    timers = [force.start("timer"), force.start("timer")]
    for timer in timers:
        os.kill(timer.pid, signal.SIGSTOP)
    refs = [force.report() for _ in range(3)]
    claimed_at = force.bot.machine.seconds()
    assert force.bot.stores.due.claim(force.bot.clock.now(), claimed_at, 10, LEASE) == refs
    timers[0].kill()
    os.kill(timers[1].pid, signal.SIGCONT)
    until("all are paged", lambda: all(force.paged_at(ref) for ref in refs))
    kill(timers[1])
    return max(force.paged_at(ref) or 0.0 for ref in refs) - claimed_at


def nothing_is_due(force: Force) -> bool:
    """The change of shift is: in some hours."""
    soonest = force.bot.stores.due.next_at()
    return soonest is None or soonest > force.bot.clock.now()
