"""A role changes hands on real parts: bot, timer and workers, each a process of its own."""

import time
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.replay import scenario
from cli.demo.demo_command import STORY
from cli.demo.gestures import GESTURES, Scene
from cli.demo.stage import set_up
from sandbox.client import Workspace
from tests.handlers.evening import typed
from tests.waiting import until

pytestmark = pytest.mark.slow
READ_AGAIN = 1.5  # seconds; a process trusts what it read for one


def test_offered_accepted_and_the_giver_is_told() -> None:
    story = scenario.load(STORY)
    with set_up(story.said.people, story.start + timedelta(minutes=1), 1.0) as stage:
        workspace = stage.workspace
        fay, ian = workspace.person("fay"), workspace.person("ian")
        fay.type("/missing handover", "missing-cases")
        workspace.wait_for(lambda: fay.modal, "the view that asks to whom")
        fay.submit(typed({"to": ian.id}))
        workspace.expect("accept by", "fim")
        offer = workspace.expect("accept by")
        ian.click("accept_all", on=offer)
        workspace.wait_for(lambda: ian.modal, "the read-back")
        ian.submit(typed({"first": "Ring round the owners"}))
        line = workspace.expect("You are no longer FIM.")
        assert line.says("Ring round the owners")
        told = time.monotonic()
        workspace.wait_for(lambda: holds_nothing(workspace), "the role has left her")
        until("every process has read the roster again", lambda: time.monotonic() - told > READ_AGAIN)
        GESTURES["report"](Scene(workspace, story, ZoneInfo("Europe/London")), story.said.steps[0])
        page = workspace.expect("acknowledge by", "fim")
        assert page.says(ian.mention), "from then on the pages are his"
        assert page.text in ian.notifications
        assert page.text not in fay.notifications


def holds_nothing(workspace: Workspace) -> bool:
    """As the bot's process knows it."""
    fay = workspace.person("fay")
    if fay.modal:
        fay.close(everything=True)
    fay.type("/missing handover", "missing-cases")
    return any(m.says("You have no role to hand over.") for m in fay.sees("missing-cases"))
