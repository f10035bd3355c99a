"""A told story: its caption, where it makes the page look, and how it yields to whoever touches the page."""

import re
import time
from datetime import datetime
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from sandbox.client import Workspace
from sandbox.client.stage import Stage
from tests.browser.conftest import Opening


def test_the_page_shows_the_caption_and_turns_where_the_story_looks(stage: Stage, opened: Opening) -> None:
    page = opened("ada")
    stage.say("1 · Ben Okoro (waiter) looks at the square", person="ben", channel="square")
    expect(page.page.get_by_role("contentinfo", name="The story")).to_contain_text("1 · Ben Okoro")
    expect(page.me("ben")).to_have_attribute("aria-pressed", "true")
    expect(page.page.get_by_role("heading", name="square")).to_be_visible()
    stage.say("")
    expect(page.page.get_by_role("contentinfo")).to_have_count(0)


def test_the_first_touch_stops_the_story_and_a_button_resumes_it(
    workspace: Workspace, stage: Stage, opened: Opening
) -> None:
    page = opened("ada")
    stage.say("1 · Ada Finch orders")
    bar = page.page.get_by_role("contentinfo", name="The story")
    expect(bar).to_be_visible()
    assert not stage.taken_over

    page.composer.press("h")
    expect(bar).to_contain_text("You have taken over.")
    assert workspace.wait_for(lambda: stage.taken_over, "the story to be told so")

    stage.say("2 · Ben Okoro cooks", person="ben")
    expect(bar).to_contain_text("2 · Ben Okoro cooks")
    expect(page.me("ada")).to_have_attribute("aria-pressed", "true")  # the page stays with its human

    page.button("Resume story").click()
    expect(page.me("ben")).to_have_attribute("aria-pressed", "true")
    workspace.wait_for(lambda: not stage.taken_over, "the story to go on")


def test_what_a_script_does_is_not_taken_for_a_human(stage: Stage, opened: Opening) -> None:
    page = opened("ada")
    stage.say("1 · Ada Finch orders")
    expect(page.page.get_by_role("contentinfo")).to_be_visible()
    page.page.evaluate("document.querySelector('.place').click()")
    page.button("Light or dark").click()
    expect(page.page.locator("html")).to_have_attribute("data-theme", "dark")
    assert not stage.taken_over


def test_touching_the_page_when_no_story_is_told_takes_over_nothing(stage: Stage, opened: Opening) -> None:
    page = opened("ada")
    page.say("Hello")
    expect(page.message("Hello")).to_be_visible()
    assert not stage.taken_over


def test_a_story_that_is_over_is_taken_from_nobody(
    workspace: Workspace, stage: Stage, opened: Opening
) -> None:
    page = opened("ada")
    stage.say("1 · Ada Finch orders")
    expect(page.story).to_contain_text("1 · Ada Finch orders")
    page.composer.press("h")
    expect(page.story).to_contain_text("You have taken over.")

    stage.end("The kitchen is closed.")
    expect(page.story).to_have_text("The kitchen is closed.")
    page.say("Good night")
    expect(page.message("Good night")).to_be_visible()
    assert not stage.taken_over


def test_messages_are_dated_by_the_clock_of_the_story(stage: Stage, opened: Opening) -> None:
    page = opened("ada")
    at_noon = datetime(2026, 3, 2, 12, 0, tzinfo=ZoneInfo("Europe/London")).timestamp()
    stage.tell_time(at_noon, began=time.time(), speed=1)
    page.say("Soup is ready")
    expect(page.message("Soup is ready").locator("time")).to_have_text(re.compile("12:0[01]"))
    expect(page.page.locator(".line.day")).to_have_text("Today")
