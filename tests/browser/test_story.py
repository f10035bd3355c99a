"""A told story: its caption, where it makes the page look, and how it yields to whoever touches the page."""

import re
import time
from datetime import datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect
from slack_sdk import WebClient

from sandbox.client import Workspace
from sandbox.client.stage import Stage
from sandbox.guard import new_token
from sandbox.runner import running_workspace
from tests.browser import canteen, gallery
from tests.browser.conftest import SEED, Opening


def test_the_page_shows_the_caption_and_turns_where_the_story_looks(stage: Stage, opened: Opening) -> None:
    page = opened("ada")
    stage.say("1 · Ben Okoro (waiter) looks at the square", person="ben", channel="square")
    expect(page.story).to_contain_text("1 · Ben Okoro")
    expect(page.me("ben")).to_have_attribute("aria-pressed", "true")
    expect(page.page.get_by_role("heading", name="square")).to_be_visible()
    stage.say("")
    expect(page.story).to_have_count(0)


@pytest.mark.parametrize("wide", [1200, 390], ids=["wide", "phone"])
def test_only_what_is_in_the_page_scrolls_and_not_the_page_itself(
    stage: Stage, opened: Opening, wide: int
) -> None:
    page = opened("ada", wide=wide)
    stage.say("1 · Ada Finch orders")
    expect(page.story).to_be_visible()
    assert page.page.evaluate("document.documentElement.scrollHeight - innerHeight") == 0


def test_the_first_touch_stops_the_story_and_a_button_resumes_it(
    workspace: Workspace, stage: Stage, opened: Opening
) -> None:
    page = opened("ada")
    stage.say("1 · Ada Finch orders")
    bar = page.story
    expect(bar).to_be_visible()
    assert not stage.taken_over

    page.composer.press("h")
    expect(bar).to_contain_text("Paused. Case time stands.")
    assert workspace.wait_for(lambda: stage.taken_over, "the story to be told so")

    stage.say("2 · Ben Okoro cooks", person="ben")
    expect(bar).to_contain_text("2 · Ben Okoro cooks")
    expect(page.me("ada")).to_have_attribute("aria-pressed", "true")  # the page stays with its human

    page.button("Resume story").click()
    expect(page.me("ben")).to_have_attribute("aria-pressed", "true")  # back to where the story looks
    workspace.wait_for(lambda: not stage.taken_over, "the story to go on")


def test_what_a_script_does_is_not_taken_for_a_human(stage: Stage, opened: Opening) -> None:
    page = opened("ada")
    stage.say("1 · Ada Finch orders")
    expect(page.story).to_be_visible()
    page.page.evaluate("document.querySelector('.place').click()")
    page.button("Light or dark").click()
    expect(page.page.locator("html")).to_have_attribute("data-theme", "dark")
    stage.say("2 · Ben Okoro cooks", person="ben", channel="kitchen")
    expect(page.me("ben")).to_have_attribute("aria-pressed", "true")  # it still follows the story
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
    expect(page.story).to_contain_text("Paused. Case time stands.")

    stage.end("The kitchen is closed.")
    expect(page.story).to_contain_text("The kitchen is closed.")
    expect(page.story).not_to_contain_text("Paused")
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


def test_it_turns_to_a_place_that_only_the_next_person_sees(stage: Stage, opened: Opening) -> None:
    page = opened("ada")
    stage.say("1 · Cat Lund fetches wine", person="cat", channel="cellar")
    expect(page.me("cat")).to_have_attribute("aria-pressed", "true")
    expect(page.page.get_by_role("heading", name="cellar")).to_be_visible()


def test_the_message_and_the_button_that_it_tells_of_are_pointed_at_and_in_sight(
    client: WebClient, stage: Stage, opened: Opening
) -> None:
    page = opened("ada")
    blocks = [{"type": "actions", "elements": gallery.ACTIONS}]
    said = client.chat_postMessage(channel="kitchen", text="Choose", blocks=blocks)
    for number in range(30):
        client.chat_postMessage(channel="kitchen", text=f"Order {number}")
    expect(page.message("Order 29")).to_be_in_viewport()
    expect(page.page.locator(f"[data-ts='{said['ts']}']")).not_to_be_in_viewport()

    button = next(each for each in gallery.ACTIONS if each["type"] == "button")
    look = {"person": "ada", "channel": "kitchen", "message": said["ts"], "action": button["action_id"]}
    stage.say("1 · Ada Finch chooses", **look)
    expect(page.page.locator(".message.pointed .button.pointed")).to_be_in_viewport()
    stage.say("2 · Ada Finch has chosen", person="ada", channel="kitchen")
    expect(page.page.locator(".pointed")).to_have_count(0)


def test_it_opens_with_what_it_is_and_begins_when_its_reader_wishes(
    workspace: Workspace, stage: Stage, opened: Opening
) -> None:
    assert not stage.wishes().watched
    stage.open("Lunch", ["One.", "Two.", "Three."], ready=False)
    page = opened("ada")
    card = page.page.get_by_role("region", name="Lunch")
    expect(card).to_contain_text("One.Two.Three.")
    assert workspace.wait_for(lambda: stage.wishes().watched, "the page to be noticed")
    stage.open("Lunch", ["One.", "Two.", "Three."])
    page.button("Start").click()
    workspace.wait_for(lambda: stage.wishes().next == 1, "the story to begin")
    stage.say("1 · Ada Finch orders")
    expect(card).to_have_count(0)


def test_an_opening_says_that_its_story_begins_by_itself_while_nobody_holds_it(
    workspace: Workspace, stage: Stage, opened: Opening
) -> None:
    stage.open("Lunch", ["One."], begins_after=17.4)
    page = opened("ada")
    card = page.page.get_by_role("region", name="Lunch")
    expect(card).to_contain_text("Begins by itself after 17 seconds.")
    page.page.keyboard.press("a")
    workspace.wait_for(lambda: not stage.wishes().playing, "the story to stand")
    expect(card).not_to_contain_text("by itself")
    expect(page.button("Start")).to_be_visible()


def test_whoever_watches_pauses_goes_on_a_step_and_chooses_the_speed(
    workspace: Workspace, stage: Stage, opened: Opening
) -> None:
    page = opened("ada")
    stage.offer("next", "again", speeds=(0.5, 1, 2), speed=1)
    stage.say("1 · Ada Finch orders")
    page.button("Pause").click()
    workspace.wait_for(lambda: not stage.wishes().playing, "the story to stand")
    page.button("Next").click()
    workspace.wait_for(lambda: stage.wishes().next == 1, "the next caption to be asked for")
    stage.say("2 · Ben Okoro cooks", person="ben", channel="square")
    expect(page.page.get_by_role("heading", name="square")).to_be_visible()  # led on, although it is held
    page.place("kitchen").click()
    stage.say("3 · Ben Okoro serves", person="ben", channel="square")
    expect(page.story).to_contain_text("3 · Ben Okoro serves")
    expect(page.page.get_by_role("heading", name="kitchen")).to_be_visible()
    page.story.get_by_label("Speed").select_option("2")
    workspace.wait_for(lambda: stage.wishes().speed == 2, "the speed")
    assert not stage.wishes().playing
    page.button("Play again").click()
    workspace.wait_for(lambda: stage.wishes().again == 1, "another time")
    expect(page.story).to_contain_text("Setting it up again")


def test_after_the_end_time_runs_only_where_that_is_wished(
    workspace: Workspace, stage: Stage, opened: Opening
) -> None:
    page = opened("ada")
    stage.offer("again", "run")
    stage.say("1 · Ada Finch orders")
    stage.end("The kitchen is closed.")
    expect(page.story).to_contain_text("The kitchen is closed.")
    assert not stage.wishes().playing
    page.button("Let time run").click()
    workspace.wait_for(lambda: stage.wishes().playing, "time to run")
    page.composer.press("h")
    workspace.wait_for(lambda: not stage.wishes().playing, "time to stand at the first touch")


@pytest.mark.usefixtures("heard")
def test_its_bar_is_in_reach_over_a_form_and_what_the_story_fills_in_is_seen(
    workspace: Workspace, stage: Stage, opened: Opening
) -> None:
    page = opened("ada")
    stage.say("1 · Ada Finch plans a banquet", person="ada", channel="kitchen")
    ada = workspace.person("ada")
    ada.type("/banquet", "kitchen")
    expect(page.modal).to_be_visible()
    field = page.modal.locator("input.typed").first
    block = field.locator("xpath=ancestor::*[@data-block]").get_attribute("data-block")
    assert block
    element = next(each["element"] for each in ada.modal.blocks if each["block_id"] == block)
    ada.fill({block: {element["action_id"]: "Soup for twenty"}})
    expect(field).to_have_value("Soup for twenty")
    page.button("Pause").click()
    workspace.wait_for(lambda: not stage.wishes().playing, "the story to stand")
    expect(page.modal).to_be_visible()


def test_the_clock_of_the_story_stands_where_it_was_told_to(stage: Stage, opened: Opening) -> None:
    at_noon = datetime(2026, 3, 2, 12, 0, tzinfo=ZoneInfo("Europe/London")).timestamp()
    began = time.time() - 1000
    stage.tell_time(at_noon, began=began, speed=60)
    stage.tell_time(at_noon + 300, began=began + 5, speed=0)
    stage.say("1 · Ada Finch orders")
    page = opened("ada")
    expect(page.story.locator(".story-clock")).to_have_text("12:05clock stands")
    stage.tell_time(at_noon + 300, began=time.time(), speed=60)
    expect(page.story.locator(".story-clock")).to_contain_text("clock runs")
    expect(page.story.locator(".story-clock")).to_contain_text(re.compile("12:0[6-9]|12:[1-5]"))


def test_another_workspace_at_the_same_address_begins_anew(opened: Opening) -> None:
    token = new_token()
    with running_workspace(canteen.MANIFEST, SEED, token=token) as first:
        port = urlsplit(first.url).port
        page = opened("ada")
        page.page.goto(first.address + page.place_of(person="cat", channel="cellar")[1:])
        expect(page.me("cat")).to_have_attribute("aria-pressed", "true")
    assert port
    with running_workspace(canteen.MANIFEST, SEED, port=port, token=token):
        expect(page.me("ada")).to_have_attribute("aria-pressed", "true")
        assert page.page.url == f"{first.url}/" or "cellar" not in page.page.url
