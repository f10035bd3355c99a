"""`missing-bot demo` as a newcomer runs it, and its page: the story yields to whoever touches the page."""

import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from sandbox.client import Workspace
from sandbox.client.stage import Stage
from tests.browser.conftest import Opening

SPEED = (
    "12"  # case seconds a second: three minutes last 15 s, time enough to open the page before the next step
)
_UP = 30.0  # seconds


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    command = [sys.executable, "-m", "bot.cli", "demo", "--no-browser", "--speed", SPEED]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None, "a pipe"
        yield Workspace(process.stdout.readline().split()[-1])
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)
    assert process.returncode == 0


def test_the_story_waits_from_the_first_click_until_it_is_resumed(
    workspace: Workspace, opened: Opening
) -> None:
    stage = Stage(workspace.url)
    page = opened("cal", channel="missing-cases")
    expect(page.story).to_contain_text("Cal Reeve (call handler) types /missing", timeout=_UP * 1000)

    page.me("sam").click()
    expect(page.story).to_contain_text("You have taken over.")
    told = stage.caption
    workspace.expect("no owner, late since 13:45", "fim", within=_UP)  # the next step was due at 13:44
    assert stage.caption == told
    assert [post.words for post in workspace.posts() if post.says("Fay Marsh (FIM) acknowledged")] == []
    expect(page.me("sam")).to_have_attribute("aria-pressed", "true")

    page.button("Resume story").click()
    workspace.wait_for(lambda: "Fay Marsh (FIM) presses Acknowledge" in stage.caption, "the next step", _UP)
    workspace.expect("Fay Marsh (FIM) acknowledged", "missing-cases", within=_UP)
