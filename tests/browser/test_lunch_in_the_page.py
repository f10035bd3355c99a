"""A stranger's bot, which knows nothing of this page, serves people through it."""

from typing import Any

import pytest
from playwright.sync_api import expect
from slack_sdk import WebClient

from sandbox.client import Workspace
from tests.browser.conftest import Opening

pytestmark = pytest.mark.usefixtures("heard")
Heard = list[dict[str, Any]]


def test_a_command_opens_a_modal_and_what_it_says_is_posted(opened: Opening) -> None:
    ada = opened("ada")
    ada.say("/lunch")
    expect(ada.modal).to_contain_text("Order lunch")

    ada.field("Dish").click()
    ada.option("Stew").click()
    ada.button("Order").click()

    expect(ada.modal).to_have_count(0)
    expect(ada.message("stew for @Ada Finch")).to_be_visible()


def test_what_is_wrong_stands_under_its_field_and_the_rest_is_kept(opened: Opening) -> None:
    ada = opened("ada")
    ada.say("/lunch")
    ada.button("Order").click()
    expect(ada.field("Dish")).to_have_accessible_description("Please complete this required field.")
    expect(ada.field("Dish")).to_be_focused()

    ada.field("Dish").click()
    ada.option("Soup").click()
    ada.field("Note (optional)").fill("nuts")
    ada.button("Order").click()

    expect(ada.field("Note (optional)")).to_have_accessible_description("The kitchen has no nuts.")
    expect(ada.field("Note (optional)")).to_be_focused()
    expect(ada.field("Note (optional)")).to_have_value("nuts")
    expect(ada.field("Dish")).to_have_value("Soup")


def test_one_person_presses_and_another_sees_it(opened: Opening) -> None:
    ada, ben = opened("ada"), opened("ben")
    ada.say("/lunch")
    ada.field("Dish").click()
    ada.option("Soup").click()
    ada.button("Order").click()
    ben.button("Ready").click()
    expect(ada.message("Ready.")).to_contain_text("(edited)")
    expect(ada.button("Ready")).to_have_count(0)


def test_a_dangerous_button_asks_first(opened: Opening) -> None:
    ada = opened("ada")
    ada.say("/lunch")
    ada.field("Dish").click()
    ada.option("Soup").click()
    ada.button("Order").click()
    order = ada.message("soup for")

    order.get_by_role("button", name="Cancel").click()
    asked = ada.page.get_by_role("alertdialog", name="Cancel?")
    expect(asked).to_contain_text("The order goes away.")
    asked.get_by_role("button", name="Keep it").click()
    expect(asked).to_have_count(0)
    expect(order).to_be_visible()

    order.get_by_role("button", name="Cancel").click()
    asked.get_by_role("button", name="Cancel it").click()
    expect(order).to_have_count(0)


def test_the_home_page_is_published_when_it_is_looked_at(opened: Opening) -> None:
    ada = opened("ada")
    ada.place("Lunch").click()
    expect(ada.page.get_by_role("heading", name="Today")).to_be_visible()
    ada.button("Again").click()
    expect(ada.modal).to_contain_text("Order lunch")


def test_shortcuts_of_a_message_and_from_anywhere(opened: Opening) -> None:
    ada = opened("ada")
    ada.say("Two pies, please")
    pies = ada.message("Two pies, please").first
    pies.hover()
    ada.choose(pies.get_by_role("button", name="More with this message"), "Order this")
    expect(ada.message("Noted: Two pies, please")).to_contain_text("Only visible to you")

    ada.choose(ada.button("Shortcuts"), "Lunch")
    expect(ada.modal).to_contain_text("Order lunch")


def test_the_composer_offers_commands_and_names(opened: Opening) -> None:
    ada = opened("ada")
    ada.composer.press_sequentially("/ban")
    expect(ada.option("/banquet [date]")).to_contain_text("Order for everybody")
    ada.press("Tab")
    expect(ada.composer).to_have_value("/banquet ")

    ada.composer.fill("")
    ada.composer.press_sequentially("Ask @be")
    ada.option("Ben Okoro").click()
    ada.press("Enter")
    expect(ada.message("Ask @Ben Okoro")).to_be_visible()


def test_a_thread_stands_beside_its_channel(client: WebClient, opened: Opening) -> None:
    ada = opened("ada")
    client.chat_postMessage(channel="kitchen", text="Who cooks?")
    question = ada.message("Who cooks?")
    question.hover()
    question.get_by_role("button", name="Reply in thread").click()
    thread = ada.page.get_by_role("complementary", name="Thread")
    thread.get_by_role("textbox").fill("I do")
    ada.press("Enter")
    expect(thread.locator("li.message", has_text="I do")).to_be_visible()
    expect(question).to_contain_text("1 reply")
    thread.get_by_role("button", name="Close thread").click()
    expect(thread).to_have_count(0)


def test_one_changes_and_deletes_only_what_one_said(opened: Opening) -> None:
    ada, ben = opened("ada"), opened("ben")
    ada.say("Soop")
    said = ada.message("Soop")
    said.hover()
    ada.choose(said.get_by_role("button", name="More with this message"), "Edit message")
    ada.page.get_by_label("Edit message").fill("Soup")
    ada.press("Enter")
    expect(ben.message("Soup")).to_contain_text("(edited)")

    ben.message("Soup").hover()
    ben.message("Soup").get_by_role("button", name="More with this message").click()
    expect(ben.page.get_by_role("menuitem").first).to_be_visible()
    expect(ben.page.get_by_role("menuitem", name="Delete message")).to_have_count(0)

    said = ada.message("Soup")
    said.hover()
    ada.choose(said.get_by_role("button", name="More with this message"), "Delete message")
    expect(ben.message("Soup")).to_have_count(0)


def test_an_app_that_does_not_answer_is_said_so_and_the_words_are_kept(
    workspace: Workspace, opened: Opening
) -> None:
    workspace.settings(ack_seconds=0.2)
    ada = opened("ada")
    ada.say("/slow please")
    expect(ada.page.get_by_role("main").get_by_role("alert")).to_contain_text("did not answer in time")
    expect(ada.composer).to_have_value("/slow please")
