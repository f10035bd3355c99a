"""Slack is full, broken or silent, in turn and all at once: every page arrives, and a repeat says that it is one."""

import pytest

from tests.chaos.conftest import Force
from tests.waiting import until

pytestmark = pytest.mark.slow

TROUBLES = ["rate_limited", "server_error", "hang", "lost_reply", "refused", "not_json"]
REPEAT = "May repeat"


@pytest.fixture
def running(force: Force) -> Force:
    for command in (("timer",), ("worker", "recheck"), ("worker", "deliver")):
        force.start(*command)
    return force


def test_each_page_arrives_once_however_slack_answers(running: Force) -> None:
    told = {}
    for trouble in TROUBLES:
        running.workspace.fault(trouble, "chat.postMessage", count=2, seconds=1)
        refs = [running.report() for _ in range(4)]
        running.wait_until_told()
        told[trouble] = [len(running.pages(ref)) for ref in refs]
    assert told == {trouble: [1, 1, 1, 1] for trouble in TROUBLES}


def test_each_page_arrives_once_when_everything_goes_wrong_at_once(running: Force) -> None:
    for trouble in TROUBLES:
        running.workspace.fault(trouble, count=1, seconds=1, probability=0.5)
    refs = [running.report() for _ in range(4)]
    running.wait_until_told(90)
    assert [len(running.pages(ref)) for ref in refs] == [1, 1, 1, 1]


def test_a_page_that_may_be_a_repeat_says_so_and_the_first_leads_to_it(running: Force) -> None:
    """The first one was taken and its reply lost; and then Slack does not show it when asked."""
    running.workspace.fault("lost_reply", "chat.postMessage", channel="C0FIM", count=1)
    running.workspace.fault("hides", "conversations.history", count=1)
    ref = running.report()
    running.wait_until_told()
    until("one of them is left", lambda: len(running.pages(ref)) == 1)
    (page,) = running.pages(ref)
    assert page.says(REPEAT) and page.action_ids
    assert len(running.said("Sent twice")) == 1
