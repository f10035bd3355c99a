"""Slack is down and the terminal is up: what is done there is in Slack once Slack is back. All real processes."""

import pytest

from bot.replay import scenario
from cli.demo.demo_command import STORY
from cli.demo.stage import Stage, set_up
from sandbox.client import Message
from tests.terminal.conftest import IN_THEIR_WORDS, REPORTED, Terminal
from tests.waiting import until

pytestmark = pytest.mark.slow


def test_a_report_from_the_terminal_is_paged_in_slack_once_slack_is_back() -> None:
    story = scenario.load(STORY)
    with set_up(story.said.people, story.start, 1) as stage:
        terminal, workspace = Terminal(stage.surroundings), stage.workspace
        until("the case clock has begun", lambda: stage.clock.now() >= story.start)
        down = workspace.fault("refused")
        terminal.done("cal", REPORTED, IN_THEIR_WORDS)
        until("Slack refused a page", lambda: len(workspace.calls("chat.postMessage")) > 0)
        assert workspace.posts() == []

        workspace.clear_faults(down)
        page = workspace.expect("acknowledge by", "fim")
        assert not page.says("Rowan")
        terminal.done("fay", "acknowledge LOG-1042")
        terminal.done("Brandt", "take MC_26_1")
        workspace.wait_for(lambda: paged(stage).says("child still missing"), "the page card is cleared")
        assert "took ownership" in terminal.done("sam", "show MC-26-0001")


def paged(stage: Stage) -> Message:
    place = stage.workspace.channel_id("fim")
    return next(post for post in stage.workspace.posts() if post.channel == place)
