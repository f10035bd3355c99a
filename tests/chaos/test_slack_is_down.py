"""Slack takes nothing for a long while: high pages leave another way, and everything is told, once, when it is back."""

import json

import pytest

from tests.chaos.conftest import Force
from tests.outside import Pager
from tests.waiting import until

pytestmark = pytest.mark.slow

PATIENCE = 1.0  # machine seconds, instead of a minute


@pytest.fixture(autouse=True)
def hurried(beeper: Pager, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MISSING_WAYS_OUT", json.dumps({"fim": {"SMS": beeper.url}}))
    monkeypatch.setenv("MISSING_PATIENCE__SLACK", str(PATIENCE))


@pytest.mark.parametrize("fault", ["server_error", "hang", "refused"])
def test_high_pages_leave_another_way_once_and_all_is_told_once_when_it_is_back(
    force: Force, beeper: Pager, fault: str
) -> None:
    for command in (("timer",), ("timer",), ("worker", "deliver")):
        force.start(*command)
    force.workspace.fault(fault, seconds=2)
    refs = [force.report() for _ in range(3)]
    until("each has left by SMS", lambda: all(ref in "".join(beeper.words) for ref in refs))
    assert force.said("MC-") == []
    for ref in refs:
        assert sum(ref in words for words in beeper.words) == 1

    force.workspace.clear_faults()
    for ref in refs:
        force.wait_for_page(ref)
    force.wait_until_told()
    assert [len(force.pages(ref)) for ref in refs] == [1, 1, 1]
    for ref in refs:
        assert sum(ref in words for words in beeper.words) == 1
        thread = "\n".join(message.words for message in force.thread_of(ref))
        assert thread.count("Page sent by SMS to FIM: Slack did not take it") == 1


def test_a_bot_that_is_started_meanwhile_lives_and_connects_once_slack_is_back(force: Force) -> None:
    """Who watches the timers lives in it."""
    force.workspace.fault("server_error", "apps.connections.open")
    bot = force.start_unconnected()
    tries = force.workspace.calls
    until("it has tried again", lambda: len(tries("apps.connections.open")) > 3)
    assert bot.poll() is None
    force.workspace.clear_faults()
    until("the bot is connected", lambda: force.workspace.app().sockets == 1)
    assert bot.poll() is None
