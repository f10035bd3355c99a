"""Both timers die, and nothing else does: the bot says so where people look, and says when it is over."""

import json
import signal
import subprocess
import time

import pytest

from tests.chaos.conftest import Force
from tests.chaos.health import Health
from tests.outside import Letterbox, Pager
from tests.waiting import in_time, until

pytestmark = pytest.mark.slow

WITHIN = 15.0  # seconds from the kill to the banner: issue 6
STOPPED, AGAIN = "CLOCKS STOPPED since", "Running again"


@pytest.fixture(autouse=True)
def ways(mail: Letterbox, beeper: Pager, monkeypatch: pytest.MonkeyPatch) -> None:
    given = {"fim": {"SMS": beeper.url}, "technician": {"e-mail": mail.url}}
    monkeypatch.setenv("MISSING_WAYS_OUT", json.dumps(given))


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The watchdog loses its patience sooner, so that a test need not wait as long."""
    monkeypatch.setenv("MISSING_PATIENCE__SILENT", "2")


@pytest.fixture
def health(monkeypatch: pytest.MonkeyPatch) -> Health:
    return Health(monkeypatch)


def kill_all(*processes: "subprocess.Popen[bytes]") -> float:
    """When the last of them was dead."""
    for process in processes:
        process.send_signal(signal.SIGKILL)
    for process in processes:
        process.wait()
    return time.monotonic()


def test_both_timers_killed_is_told_within_15_seconds_and_again_when_time_runs(
    force: Force, mail: Letterbox, beeper: Pager
) -> None:
    bots: list[subprocess.Popen[bytes]] = []
    timers: list[subprocess.Popen[bytes]] = []
    deaths = 0

    def time_runs() -> None:
        timers[:] = [force.start("timer"), force.start("timer")]
        # Timers first: a bot that finds none for ten seconds says so.
        bots[:] = bots or [force.listen(), force.listen()]
        force.wait_for_page(force.report())
        force.wait_until_told()
        until("the banner is true", lambda: not force.said(STOPPED))

    def both_die_and_it_is_told() -> None:
        nonlocal deaths
        kill_all(*timers)
        deaths += 1
        until("the banner is there", lambda: bool(force.said(STOPPED)))

    in_time(WITHIN, both_die_and_it_is_told, first=time_runs)
    until("it says who was called", lambda: force.said("SMS to FIM, e-mail to technician sent") != [])
    (banner,) = force.said(STOPPED)
    assert banner.says("MC-"), "the HIGH cases are named"
    assert banner.says("Use the paper board")
    # Where the bot that claimed the call is slow at it, the other stands in: called twice is better than not at all.
    assert deaths <= sum(STOPPED in words for words in beeper.words) <= deaths * len(bots)
    assert deaths <= sum("CLOCKS STOPPED" in said for said in mail.subjects) <= deaths * len(bots)
    assert all(STOPPED in words or AGAIN in words for words in beeper.words), "nothing else is told"

    force.start("timer")
    until("it says that it runs", lambda: len(force.said(AGAIN)) == deaths)
    until("the banner is true again", lambda: not force.said(STOPPED))
    until("the FIM was told", lambda: sum(AGAIN in words for words in beeper.words) >= deaths)
    until("the technician was told", lambda: sum(AGAIN in said for said in mail.subjects) >= deaths)
    assert len(force.said(AGAIN)) == deaths
    assert [bot.poll() for bot in bots] == [None, None]


def test_healthz_waits_for_a_real_tick_and_says_what_has_stopped(
    force: Force, soon: None, health: Health
) -> None:
    force.listen()
    timer = force.start("timer")
    until("it is well", lambda: health.is_well)
    status, facts = health.ask()
    assert (status, facts["stopped"]) == (200, "")
    assert facts["last_check"] is not None
    until("it misses the workers", lambda: "No worker does deliver" in str(health.facts["degraded"]), 60)
    kill_all(timer)
    status, facts = health.ask()
    assert (status, facts["stopped"]) == (503, "No timer looks at the time.")
    until("the banner says so too", lambda: bool(force.said(STOPPED)))


def test_without_any_worker_pages_go_and_nobody_is_alarmed(force: Force, soon: None) -> None:
    force.listen()
    force.start("timer")
    workers = [force.start("worker", "recheck"), force.start("worker", "deliver")]
    kill_all(*workers)
    refs = [force.report() for _ in range(3)]
    for ref in refs:
        force.wait_for_page(ref)
    force.wait_until_told()
    assert force.said(STOPPED) == []


def test_what_came_due_is_caught_up_on_in_one_digest_most_overdue_first(
    force: Force, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MISSING_PATIENCE__STOOD_STILL", "2")
    timers = [force.start("timer"), force.start("timer")]
    dead_at = kill_all(*timers)
    latest, earliest, between = (force.report(told_ago=minutes) for minutes in (0, 40, 20))
    until("time has stood still for a while", lambda: time.monotonic() - dead_at > 3)
    force.start("timer")
    until("it is made up for", lambda: bool(force.said("Clocks stopped")))
    force.wait_until_told()
    (digest,) = force.said("3 cases fell due")
    assert len(force.said("Clocks stopped")) == len(force.said("MC-")), "no page beside the digests"
    assert sorted((latest, earliest, between), key=digest.words.index) == [earliest, between, latest]
