"""A child that was forked: its own master but for its parent's end, and it never goes on with what that was doing."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.waiting import until
from workers.forked import Forked, forked
from workers.periodic import Stop, stop_on_signals

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc"),
]
SHOWN = ("python", "-m", "cli", "worker", "recheck")


def begun(do: Callable[[], object]) -> Forked:
    """By a thread that outlives it, as the supervisor's does."""
    return forked(do, SHOWN)


@pytest.mark.parametrize(
    ("do", "code"),
    [
        (lambda: None, 0),
        (lambda: sys.exit(3), 3),
        (lambda: sys.exit("a sentence"), 1),
        (lambda: 1 / 0, 1),
        (lambda: os.kill(os.getpid(), signal.SIGKILL), -9),
    ],
)
def test_its_end_is_told(do: Callable[[], object], code: int) -> None:
    assert begun(do).wait() == code


def test_nothing_that_its_parent_was_in_the_middle_of_is_ended_by_it(tmp_path: Path) -> None:
    ended = tmp_path / "ended"
    try:
        child = begun(lambda: sys.exit(0))
        assert child.wait() == 0
        assert not ended.exists()
    finally:
        with ended.open("a") as who:
            who.write(f"{os.getpid()}\n")
    assert ended.read_text() == f"{os.getpid()}\n"


@pytest.fixture
def ours() -> Iterator[Stop]:
    """The signals are as they were, afterwards."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stop_on_signals()
    finally:
        signal.set_wakeup_fd(-1)
        for number, handler in before.items():
            signal.signal(number, handler)


def test_a_signal_to_it_is_not_heard_by_its_parent(ours: Stop) -> None:
    child = begun(lambda: time.sleep(60))
    os.kill(child.pid, signal.SIGTERM)
    assert child.wait() == -signal.SIGTERM
    assert not ours.is_set()


def test_a_signal_that_it_handles_for_itself_is_not_heard_by_its_parent(ours: Stop) -> None:
    def handles_one() -> None:
        signal.signal(signal.SIGUSR1, lambda *_: None)
        os.kill(os.getpid(), signal.SIGUSR1)

    assert begun(handles_one).wait() == 0
    assert not ours.is_set()


def test_it_hears_signals_for_itself_and_leads_its_own_group() -> None:
    told, tells = os.pipe()
    child = begun(lambda: _ends_well(stop_on_signals(), tells))
    assert os.getpgid(child.pid) == child.pid
    assert os.read(told, 1) == b".", "it listens"
    os.killpg(child.pid, signal.SIGTERM)
    assert child.wait() == 0
    os.close(told)
    os.close(tells)


def _ends_well(stop: Stop, listens: int) -> None:
    os.write(listens, b".")
    assert stop.wait(60)
    assert threading.active_count() == 1


def shown_as(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/cmdline").read_text().rstrip("\0").split("\0")


PARENT = """
import sys, time
from workers.forked import forked
child = forked(lambda: time.sleep(60), ("python", "-m", "cli", "worker", "recheck"))
print(child.pid, flush=True)
time.sleep(60)
"""


def test_kill_9_of_its_parent_ends_it_and_ps_shows_what_it_does() -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        until("it is shown as what it does", lambda: shown_as(pid) == list(SHOWN))
        parent.kill()
    until("it has ended", lambda: not Path(f"/proc/{pid}").exists())
