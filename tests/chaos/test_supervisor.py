"""`missing-bot run`: everything comes up, what dies comes back, and nothing is left behind."""

import os
import signal
import sys
from pathlib import Path

import pytest

from tests.chaos.conftest import Force
from tests.waiting import until

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc"),
]


def test_everything_runs_and_sigterm_leaves_no_process_behind(force: Force) -> None:
    supervisor = force.start("run")
    until("bot, timer and two workers run", lambda: len(family(force)) == 5, 30)
    ref = force.report()
    force.wait_for_page(ref)
    supervisor.terminate()
    assert supervisor.wait(20) == 0
    assert family(force) == []


def test_kill_9_of_the_supervisor_leaves_no_process_behind(force: Force) -> None:
    supervisor = force.start("run")
    until("bot, timer and two workers run", lambda: len(family(force)) == 5, 30)
    supervisor.kill()
    supervisor.wait()
    until("all are gone", lambda: family(force) == [])


def test_what_dies_is_started_again(force: Force) -> None:
    supervisor = force.start("run")
    until("bot, timer and two workers run", lambda: len(family(force)) == 5, 30)
    victims = [pid for pid in family(force) if pid != supervisor.pid]
    for pid in victims:
        os.kill(pid, signal.SIGKILL)
    until("others have taken their places", lambda: len(set(family(force)) - set(victims)) == 5, 30)
    ref = force.report()
    force.wait_for_page(ref)


def family(force: Force) -> list[int]:
    """Processes that carry this installation's mark in their environment, this one apart."""
    mark = f"MISSING_PREFIX={force.bot.settings.prefix}".encode()
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            marked = mark in (entry / "environ").read_bytes().split(b"\0")
            dead = (entry / "stat").read_text().rpartition(")")[2].split()[0] == "Z"
        except OSError:  # gone meanwhile, or somebody else's
            continue
        if marked and not dead and int(entry.name) != os.getpid():
            found.append(int(entry.name))
    return found
