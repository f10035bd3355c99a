"""Both timers die, and nothing else does: the bot says so where people look, and says when it is over."""

import json
import signal
import subprocess
import time
from collections.abc import Iterator

import pytest

from sandbox.client import Message
from tests.chaos.conftest import Force
from tests.outside import Letterbox, Pager, letterbox, pager
from tests.waiting import until

pytestmark = pytest.mark.slow

WITHIN = 15.0  # seconds from the kill to the banner: issue 6
STOPPED, AGAIN = "CLOCKS STOPPED since", "Running again"


@pytest.fixture
def mail() -> Iterator[Letterbox]:
    with letterbox() as box:
        yield box


@pytest.fixture
def beeper() -> Iterator[Pager]:
    with pager() as ours:
        yield ours


@pytest.fixture(autouse=True)
def ways(mail: Letterbox, beeper: Pager, monkeypatch: pytest.MonkeyPatch) -> None:
    given = {"fim": {"SMS": beeper.url}, "technician": {"e-mail": mail.url}}
    monkeypatch.setenv("MISSING_WAYS_OUT", json.dumps(given))


def said(force: Force, words: str) -> list[Message]:
    return [message for message in force.workspace.person("fay").sees("fim") if message.says(words)]


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
    bots = [force.listen(), force.listen()]
    timers = [force.start("timer"), force.start("timer")]
    ref = force.report()
    force.wait_for_page(ref)
    force.wait_until_told()
    dead_at = kill_all(*timers)

    until("the banner is there", lambda: bool(said(force, STOPPED)), WITHIN)
    took = time.monotonic() - dead_at
    assert took < WITHIN
    until("it says who was called", lambda: said(force, "SMS to FIM, e-mail to technician sent") != [])
    (banner,) = said(force, STOPPED)
    assert banner.says(ref), "the HIGH cases are named"
    assert banner.says("Use the paper board")
    assert [STOPPED in words for words in beeper.words] == [True]
    assert ["CLOCKS STOPPED" in subject for subject in mail.subjects] == [True]

    force.start("timer")
    until("it says that it runs", lambda: bool(said(force, AGAIN)), 10)
    until("the banner is true again", lambda: not said(force, STOPPED))
    until("both were told", lambda: (len(beeper.pages), len(mail.subjects)) == (2, 2))
    assert len(said(force, AGAIN)) == 1
    assert [bot.poll() for bot in bots] == [None, None]
