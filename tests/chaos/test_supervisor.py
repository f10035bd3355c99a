"""`missing-bot run`: everything comes up, what dies comes back, and nothing is left behind."""

import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from sandbox.client import Workspace
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
    assert supervisor.wait(60) == 0
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
    )
    ref = force.report()
    force.wait_for_page(ref)


def test_with_an_open_case_slack_is_looked_at_by_a_process_that_ends(
    force: Force, workspace: Workspace
) -> None:
    """And not by a thread: what one holds locked while others are forked would stay locked in them for ever."""
    ref = force.report()
    workspace.fault("slow", "auth.test", seconds=4)
    supervisor = force.start_unseen("run")
    until("it looks beside the start", lambda: len(family(force.bot.settings.prefix)) == 6)
    assert len([*Path(f"/proc/{supervisor.pid}/task").iterdir()]) == 1
    force.wait_for_page(ref)
    until("the look has ended, and is gone", lambda: len(family(force.bot.settings.prefix)) == 5)
    until("nothing of it is left", lambda: not _dead_children(supervisor.pid))


def _dead_children(parent: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, above = status.read_text().rpartition(")")[2].split()[:2]
            if state == "Z" and int(above) == parent:
                found.append(int(status.parent.name))
    return found
