"""`missing-bot run`: everything comes up, what dies comes back, and nothing is left behind."""

import os
import signal
import sys

import pytest

from tests.chaos.conftest import Force, family
from tests.waiting import until

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc"),
]


def test_everything_runs_and_sigterm_leaves_no_process_behind(force: Force) -> None:
    supervisor = force.start("run")
    until("bot, timer and two workers run", lambda: len(family(force.bot.settings.prefix)) == 5)
    ref = force.report()
    force.wait_for_page(ref)
    supervisor.terminate()
    assert supervisor.wait(20) == 0
    assert family(force.bot.settings.prefix) == []
    assert force.registered_workers() == [], "they ended by themselves: who is killed says no good-bye"


def test_kill_9_of_the_supervisor_leaves_no_process_behind(force: Force) -> None:
    supervisor = force.start("run")
    until("bot, timer and two workers run", lambda: len(family(force.bot.settings.prefix)) == 5)
    supervisor.kill()
    supervisor.wait()
    until("all are gone", lambda: family(force.bot.settings.prefix) == [])


def test_what_dies_is_started_again(force: Force) -> None:
    supervisor = force.start("run")
    until("bot, timer and two workers run", lambda: len(family(force.bot.settings.prefix)) == 5)
    victims = [pid for pid in family(force.bot.settings.prefix) if pid != supervisor.pid]
    for pid in victims:
        os.kill(pid, signal.SIGKILL)
    until(
        "others have taken their places",
        lambda: len(set(family(force.bot.settings.prefix)) - set(victims)) == 5,
        30,
    )
    ref = force.report()
    force.wait_for_page(ref)
