"""Nothing stands in the way of people who see little, or nothing, or use no mouse: axe finds no fault."""

from typing import Any

import pytest
from playwright.sync_api import expect
from slack_sdk import WebClient

from sandbox.client import Workspace
from sandbox.client.stage import Stage
from tests.browser import gallery
from tests.browser.conftest import Opening
from tests.browser.screen import Screen

Heard = list[dict[str, Any]]
RUN = "async () => (await axe.run(document, {resultTypes: ['violations']})).violations"

pytestmark = [
    pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"]),
    pytest.mark.usefixtures("heard"),
]


def faults(screen: Screen, axe: str) -> list[str]:
    if not screen.page.evaluate("typeof axe === 'object'"):
        screen.page.evaluate(axe)
    found = screen.page.evaluate(RUN)
    return [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]]


def test_messages_of_every_kind(
    workspace: Workspace, client: WebClient, opened: Opening, axe: str, dark: bool
) -> None:
    people = {name: workspace.person(name).id for name in ("ada", "ben")}
    group = next(each["id"] for each in workspace.info["groups"])
    url, now = f"{workspace.url}/page/mark.svg", int(workspace.now)
    shown = gallery.blocks(people["ada"], workspace.channel_id("square"), group, now, url)
    client.chat_postMessage(channel="kitchen", text="Everything", blocks=shown)
    said = client.chat_postMessage(channel="kitchen", text=f"<@{people['ada']}> come")
    client.chat_postMessage(channel="kitchen", text="A reply", thread_ts=str(said["ts"]))
    client.chat_postEphemeral(channel="kitchen", user=people["ada"], text="Only you")
    ada = opened("ada", dark=dark, thread=str(said["ts"]))
    ada.say("And mine")
    expect(ada.message("And mine")).to_be_visible()
    assert faults(ada, axe) == []


def test_an_open_menu_and_an_open_list(client: WebClient, opened: Opening, axe: str, dark: bool) -> None:
    actions = [{"type": "actions", "elements": gallery.ACTIONS}]
    client.chat_postMessage(channel="kitchen", text="Choose", blocks=actions)
    ada = opened("ada", dark=dark)
    ada.page.get_by_role("combobox", name="Dish").click()
    expect(ada.option("Soup")).to_be_visible()
    assert faults(ada, axe) == []
    ada.button("More actions").click()
    expect(ada.page.get_by_role("menuitem", name="Soup")).to_be_visible()
    assert faults(ada, axe) == []
    ada.composer.fill("/")
    expect(ada.option("/lunch")).to_be_visible()
    assert faults(ada, axe) == []


def test_a_form_with_every_field_and_every_error(opened: Opening, axe: str, dark: bool) -> None:
    ada = opened("ada", dark=dark)
    ada.say("/banquet")
    expect(ada.modal).to_be_visible()
    assert faults(ada, axe) == []
    ada.button("Save").click()
    expect(ada.modal.locator(".error").first).to_be_visible()
    ada.field("Waiters").click()
    ada.option("Ben Okoro").click()
    assert faults(ada, axe) == []


def test_the_phone_the_home_page_and_a_story(
    workspace: Workspace, client: WebClient, stage: Stage, opened: Opening, axe: str, dark: bool
) -> None:
    ada = opened("ada", dark=dark)
    client.chat_postMessage(channel="kitchen", text=f"{workspace.person('ada').mention} come")
    ada.page.get_by_role("button", name="Phone").click()
    expect(ada.page.get_by_role("complementary", name="Phone")).to_contain_text("come")
    assert faults(ada, axe) == []
    ada.place("Lunch").click()
    expect(ada.page.get_by_role("heading", name="Today")).to_be_visible()
    stage.say("12 · Ada Finch (head cook) tastes")
    stage.offer("next", "again", "run", speeds=(0.5, 1, 2), speed=1)
    stage.tell_time(workspace.now, began=workspace.now, speed=0)
    ada.button("Home").click()
    expect(ada.story).to_contain_text("Paused")
    assert faults(ada, axe) == []
    stage.end("13 · The kitchen is closed")
    expect(ada.button("Play again")).to_be_visible()
    assert faults(ada, axe) == []


@pytest.mark.parametrize("wide", [1200, 390], ids=["wide", "phone"])
def test_the_opening_of_a_story_and_its_bar_over_a_form(
    stage: Stage, opened: Opening, axe: str, dark: bool, wide: int
) -> None:
    stage.offer("next", "again", speeds=(0.5, 1, 2), speed=1)
    stage.open("Lunch", ["One.", "Two.", "Three."])
    ada = opened("ada", wide=wide, dark=dark)
    expect(ada.button("Start")).to_be_visible()
    assert faults(ada, axe) == []
    stage.say("1 · Ada Finch plans a banquet")
    ada.say("/banquet")
    expect(ada.modal).to_be_visible()
    expect(ada.story).to_contain_text("Paused")
    assert faults(ada, axe) == []


def test_a_phones_width(opened: Opening, axe: str, dark: bool) -> None:
    ada = opened("ada", wide=390, dark=dark)
    expect(ada.composer).to_be_visible()
    assert faults(ada, axe) == []
    ada.button("Channels").click()
    expect(ada.place("square")).to_be_visible()
    assert faults(ada, axe) == []
