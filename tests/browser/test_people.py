"""Everybody sees their own: private answers, unread marks, phones."""

from typing import Any

from playwright.sync_api import expect
from slack_sdk import WebClient

from sandbox.client import Workspace
from tests.browser.conftest import Opening
from tests.sandbox.lunch import text


def test_one_click_and_the_page_is_somebody_elses(opened: Opening) -> None:
    page = opened("ada")
    expect(page.place("cellar")).to_have_count(0)
    page.say("I am Ada")
    expect(page.me("ada")).to_contain_text("Head cook")

    page.become("ben")
    page.say("I am Ben")
    expect(page.message("I am Ben")).to_contain_text("Ben Okoro")

    page.become("cat")
    expect(page.place("kitchen")).to_have_count(0)
    expect(page.place("cellar")).to_be_visible()
    expect(page.composer).to_be_visible()  # of a place that she sees, where the last one is not hers


def test_a_private_answer_is_seen_by_its_reader_only(
    workspace: Workspace, client: WebClient, opened: Opening
) -> None:
    ada, ben = opened("ada"), opened("ben")
    client.chat_postEphemeral(channel="kitchen", user=workspace.person("ada").id, text="Your soup is cold.")
    client.chat_postMessage(channel="kitchen", text="All is well.")
    expect(ada.message("Your soup is cold.")).to_contain_text("Only visible to you")
    expect(ben.message("All is well.")).to_be_visible()
    expect(ben.message("Your soup is cold.")).to_have_count(0)


def test_a_phone_shows_the_text_and_nothing_of_the_blocks(
    workspace: Workspace, client: WebClient, opened: Opening
) -> None:
    ben = opened("ben", channel="square")
    mention = workspace.group_mention("cooks")
    blocks: list[dict[str, Any]] = [
        {"type": "header", "text": text("Secret recipe")},
        {"type": "section", "text": {"type": "mrkdwn", "text": f"{mention} stir it"}},
    ]
    client.chat_postMessage(channel="kitchen", text="The kitchen needs a cook.", blocks=blocks)
    expect(ben.place("kitchen 1 unread")).to_be_visible()

    ben.page.get_by_role("button", name="Phone 1 new").click()
    phone = ben.page.get_by_role("complementary", name="Phone")
    expect(phone.get_by_role("listitem")).to_have_count(1)
    expect(phone).to_contain_text("The kitchen needs a cook.")
    expect(phone).not_to_contain_text("Secret recipe")

    phone.get_by_role("button", name="The kitchen needs a cook.").click()
    expect(ben.message("Secret recipe")).to_contain_text("@cooks stir it")


def test_other_phones_ring_in_the_bar_of_people(
    workspace: Workspace, client: WebClient, opened: Opening
) -> None:
    ada = opened("ada")
    expect(ada.me("ben")).not_to_contain_text("1")
    client.chat_postMessage(channel="kitchen", text=f"{workspace.person('ben').mention} come")
    expect(ada.me("ben")).to_contain_text("1 new on their phone")
    ada.become("ben")
    expect(ada.message("@Ben Okoro come")).to_be_visible()


def test_what_is_unread_is_marked_until_it_is_looked_at(client: WebClient, opened: Opening) -> None:
    ada = opened("ada")
    client.chat_postMessage(channel="square", text="Market today")
    client.chat_postMessage(channel="square", text="Fish is fresh")
    expect(ada.place("square 2 unread")).to_be_visible()
    ada.place("square").click()
    expect(ada.message("Fish is fresh")).to_be_visible()
    expect(ada.page.get_by_role("main")).to_contain_text("New")
    ada.place("kitchen").click()
    expect(ada.place("square 2 unread")).to_have_count(0)


def test_a_public_channel_can_be_joined(opened: Opening) -> None:
    cat = opened("cat", channel="square")
    expect(cat.composer).to_be_visible()
    cat.place("cellar").click()
    cat.say("Dark in here")
    expect(cat.message("Dark in here")).to_be_visible()


def test_on_a_phone_the_list_and_the_channel_take_turns(opened: Opening) -> None:
    ada = opened("ada", wide=390)
    expect(ada.place("square")).not_to_be_visible()
    ada.button("Channels").click()
    ada.place("square").click()
    expect(ada.page.get_by_role("heading", name="square")).to_be_visible()
    expect(ada.place("square")).not_to_be_visible()
    ada.page.go_back()
    expect(ada.place("square")).to_be_visible()
