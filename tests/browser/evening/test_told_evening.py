"""`missing-bot demo` as a newcomer sees it: each caption stands over what it tells of, and whoever watches decides."""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import expect

from sandbox.client import Workspace
from sandbox.client.stage import Stage
from tests.browser.conftest import Opening
from tests.browser.screen import Screen

_UP = 90.0  # seconds for a whole stage to stand up on a busy machine
_STEP = (
    10_000  # milliseconds for the next caption, before it is asked for again: asked twice, one is passed over
)
_MOST_STEPS = 80


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    command = [sys.executable, "-m", "cli", "demo", "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None, "a pipe"
        yield Workspace(process.stdout.readline().split()[-1])
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=90)
    assert process.returncode == 0


@pytest.fixture
def page(workspace: Workspace, opened: Opening) -> Screen:
    """Its opening was read and the story holds at its first caption."""
    page = opened("cal")
    opening = page.page.get_by_role("region", name="The thirteen-year-old who left school")
    expect(opening.get_by_role("paragraph")).to_have_count(3)
    expect(opening).to_contain_text(re.compile(r"Begins by itself after \d+ seconds\."), timeout=_UP * 1000)
    page.button("Start").click()
    expect(page.story).to_contain_text("Cal Reeve (call handler)", timeout=_UP * 1000)
    page.button("Pause").click()
    workspace.wait_for(lambda: not Stage(workspace.address).wishes().playing, "the story to stand")
    page.story.get_by_label("Speed").select_option("4")  # of the clock between two captions
    return page


def step_to(page: Screen, words: str) -> None:
    """Caption by caption, as a reader who takes all the time they need."""
    caption = page.story.locator(".caption-words")
    for _ in range(_MOST_STEPS):
        said = caption.inner_text()
        if words in said:
            return
        page.button("Next").click()
        with suppress(AssertionError):  # pressed between two captions, it may have gone unheard
            expect(caption).not_to_have_text(said, timeout=_STEP)
    raise AssertionError(f"no caption says {words!r}")


def is_shown(page: Screen, person: str, heading: str, pointed: str) -> None:
    expect(page.me(person)).to_have_attribute("aria-pressed", "true")
    expect(page.page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
    expect(page.page.locator(".message.pointed")).to_contain_text(pointed)
    expect(page.page.locator(".message.pointed")).to_be_in_viewport()


def test_each_caption_stands_over_what_it_tells_of(workspace: Workspace, page: Screen) -> None:
    expect(page.composer).to_have_value("/missing")
    step_to(page, "Page 1")
    expect(page.field("Child's name")).to_have_value("Rowan Pike")
    step_to(page, "pages the FIM")
    is_shown(page, "fay", "fim", "acknowledge by 13:46")
    step_to(page, "Fay Marsh (FIM)")
    is_shown(page, "fay", "fim", "acknowledge by 13:46")
    expect(page.page.locator(".button.pointed")).to_have_text("Acknowledge")
    step_to(page, "pages the duty inspector")
    is_shown(page, "ian", "duty-inspector", "no owner")
    step_to(page, "pages the supervisor")
    is_shown(page, "sam", "supervisor", "late since 13:55")
    step_to(page, "Ola Brandt (officer)")
    is_shown(page, "ola", "Missing", "accept or decline")
    expect(page.page.locator(".button.pointed")).to_have_text("Accept")
    step_to(page, "The story has ended")
    expect(page.thread).to_contain_text("Ola Brandt (officer) accepted")
    expect(page.story).to_contain_text("14:00")

    page.button("Play again").click()
    expect(page.button("Start")).to_be_visible(timeout=_UP * 1000)
    assert workspace.posts() == []
    page.button("Start").click()
    expect(page.story).to_contain_text("Cal Reeve (call handler)", timeout=_UP * 1000)
    expect(page.message("MC-26-")).to_have_count(0)
