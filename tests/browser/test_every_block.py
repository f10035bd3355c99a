"""Every kind of block is drawn as Slack means it, and what can be used in a message tells the app."""

from typing import Any

import pytest
from playwright.sync_api import Locator, expect
from slack_sdk import WebClient

from sandbox.client import Workspace
from tests.browser import gallery
from tests.browser.conftest import Opening
from tests.browser.screen import Screen

pytestmark = pytest.mark.usefixtures("heard")
Heard = list[dict[str, Any]]
PIXEL = "/page/mark.svg"


@pytest.fixture
def ada(workspace: Workspace, client: WebClient, opened: Opening) -> Screen:
    group = next(each["id"] for each in workspace.info["groups"])
    hour_ago = int(workspace.now) - 3700
    place = workspace.channel_id("square")
    shown = gallery.blocks(workspace.person("ada").id, place, group, hour_ago, workspace.url + PIXEL)
    client.chat_postMessage(channel="kitchen", text="Everything", blocks=shown)
    return opened("ada")


@pytest.fixture
def message(ada: Screen) -> Locator:
    return ada.page.get_by_role("main").locator("li.message")


def test_marks_in_text(message: Locator) -> None:
    words = message.locator(".block-section").first
    for tag, inside in (("strong", "bold"), ("em", "slanted"), ("s", "gone"), ("code", "x = 1")):
        expect(words.locator(tag)).to_have_text(inside)
    expect(words.get_by_role("link", name="a link")).to_have_attribute(
        "href", "https://example.org/a?b=1&c=2"
    )
    expect(words.locator("blockquote")).to_have_text("quoted")
    expect(words.locator("pre")).to_have_text("kept   as it is")
    expect(words).to_contain_text("✅ <tag> 2*3*4 snake_case_name")


def test_people_groups_channels_and_times_in_text(message: Locator, ada: Screen) -> None:
    words = message.locator(".block-section").first
    for named in ("@Ada Finch", "@cooks", "@here", "#square", "1 hour ago"):
        expect(words).to_contain_text(named)
    expect(words.locator("time").first).to_contain_text(" at ")
    expect(words.locator(".mention-me")).to_have_text(["@Ada Finch", "@here"])
    words.get_by_role("button", name="#square").click()
    expect(ada.page.get_by_role("heading", name="square")).to_be_visible()


def test_what_is_only_shown(message: Locator) -> None:
    expect(message.get_by_role("heading", name="Today 🍲")).to_be_visible()
    expect(message.locator(".fields .words")).to_have_text(["DishSoup", "Plain *stars*"])
    expect(message.get_by_role("separator")).to_have_count(1)
    expect(message.locator(".block-context")).to_contain_text("in small")
    expect(message.get_by_role("img", name="A bowl of soup")).to_have_count(3)
    expect(message.locator("figure").first).to_contain_text("The soup")
    expect(message.get_by_role("link", name="Cooking soup")).to_have_attribute(
        "href", "https://example.org/film"
    )
    expect(message.get_by_role("columnheader")).to_have_text(["Dish", "Price"])
    expect(message.get_by_role("cell")).to_have_text(["Soup", "4.20"])


def test_rich_text(message: Locator) -> None:
    rich = message.locator(".block-rich_text")
    expect(rich.locator("strong").first).to_have_text("very")
    expect(rich.get_by_role("listitem")).to_contain_text("@Ada Finch🎉there")
    expect(rich.locator("blockquote")).to_have_text("said so")
    expect(rich.locator("pre")).to_have_text("a\n  b")


def actions(workspace: Workspace) -> list[dict[str, Any]]:
    return [each["payload"]["actions"][0] for each in workspace.deliveries("block_actions")]


def test_everything_in_a_message_can_be_used(
    workspace: Workspace, heard: Heard, ada: Screen, message: Locator
) -> None:
    message.get_by_role("button", name="Plain").click()
    workspace.wait_for(lambda: heard and heard[-1]["value"] == "plain", "the button")

    message.get_by_role("combobox", name="Dish").click()
    ada.option("Stew").click()
    told(workspace, "s", "selected_option", "stew")
    expect(message.get_by_role("combobox", name="Dish")).to_have_value("Stew")

    message.get_by_role("button", name="More actions").click()
    expect(ada.page.get_by_role("menuitem", name="Soup")).to_be_focused()
    ada.press("ArrowDown", "Enter")
    told(workspace, "o", "selected_option", "stew")
    expect(message.get_by_role("button", name="More actions")).to_be_focused()

    message.get_by_label("Day").fill("2026-03-02")
    ada.press("Enter")
    told(workspace, "d", "selected_date", "2026-03-02")

    message.get_by_role("checkbox", name="Soup").check()
    told(workspace, "c", "selected_options", ["soup"])
    message.get_by_role("radio", name="Stew").check()
    told(workspace, "r", "selected_option", "stew")


def told(workspace: Workspace, action_id: str, key: str, value: Any) -> None:
    def heard() -> bool:
        return any(
            each["action_id"] == action_id and plain(each[key]) == value for each in actions(workspace)
        )

    workspace.wait_for(heard, f"{action_id} to be told as {value!r}")


def plain(value: Any) -> Any:
    if isinstance(value, list):
        return [plain(each) for each in value]
    return value["value"] if isinstance(value, dict) else value


def test_a_button_beside_text_asks_before_it_acts(
    workspace: Workspace, ada: Screen, message: Locator
) -> None:
    message.get_by_role("button", name="Beside").click()
    asked = ada.page.get_by_role("alertdialog", name="Sure?")
    expect(asked).to_contain_text("It is gone then.")
    ada.press("Escape")
    expect(asked).to_have_count(0)
    expect(message.get_by_role("button", name="Beside")).to_be_focused()
    message.get_by_role("button", name="Plain").click()
    told(workspace, "chosen", "value", "plain")
    assert [each["action_id"] for each in actions(workspace)] == ["chosen"]


def test_a_picture_that_cannot_be_loaded_leaves_its_words(client: WebClient, opened: Opening) -> None:
    lost = {"type": "image", "image_url": "http://127.0.0.1:9/no.png", "alt_text": "A lost picture"}
    client.chat_postMessage(channel="kitchen", text="x", blocks=[lost])
    ada = opened("ada")
    expect(ada.page.get_by_role("img", name="A lost picture")).to_have_class("picture not-loaded")


def test_files_and_links_to_messages(workspace: Workspace, client: WebClient, opened: Opening) -> None:
    first = client.chat_postMessage(channel="square", text="The first word")
    for number in range(40):
        client.chat_postMessage(channel="square", text=f"word {number:02}")
    link = client.chat_getPermalink(channel=str(first["channel"]), message_ts=str(first["ts"]))["permalink"]
    client.chat_postMessage(channel="kitchen", text=f"See <{link}|what was said>")
    client.files_upload_v2(
        channel=workspace.channel_id("kitchen"), content="1,2", filename="list.csv", title="The list"
    )
    ada = opened("ada")
    expect(ada.page.get_by_role("link", name="The list")).to_have_attribute("download", "list.csv")
    ada.page.get_by_role("link", name="what was said").click()
    expect(ada.message("The first word")).to_be_in_viewport()
    expect(ada.message("The first word")).to_be_focused()
