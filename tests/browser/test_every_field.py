"""Every kind of field is filled, refused and saved: by mouse, and by keyboard alone."""

from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from sandbox.client import Workspace
from tests.browser.conftest import Opening
from tests.browser.screen import Screen

pytestmark = pytest.mark.usefixtures("heard")
Heard = list[dict[str, Any]]

PLAIN = {"name": "Ada", "guests": "12", "mail": "ada@example.org", "link": "https://example.org/stew"}
WISHES = "No nuts.\nNo hurry."
MOST_TABS = 12


def by_mouse(ada: Screen) -> None:
    for label, text in (("Your name", "Ada"), ("Wishes", WISHES), ("Guests", "12")):
        ada.field(label).fill(text)
    ada.field("Email").fill(PLAIN["mail"])
    ada.field("Recipe").fill(PLAIN["link"])
    pick(ada, "Dish", "Stew")
    pick(ada, "Sides", "Salad")
    pick(ada, "Sides", "Soup")
    ada.field("Cheese").fill("ch")
    ada.option("Cheddar").click()
    pick(ada, "Cook", "Ben Okoro")
    pick(ada, "Waiters", "Ada Finch")
    pick(ada, "Waiters", "Cat Lund")
    pick(ada, "Table", "#kitchen")
    pick(ada, "Hall", "#square")
    ada.group("Drinks").get_by_label("Water").check()
    ada.group("Drinks").get_by_label("Tea").check()
    ada.group("Size").get_by_label("Large").check()
    ada.field("Day").fill("2026-05-05")
    ada.field("Hour").fill("09:05")
    ada.field("Until").fill("2026-05-05T09:05")


def pick(ada: Screen, label: str, option: str) -> None:
    ada.field(label).click()
    ada.option(option).click()


def by_keyboard(ada: Screen) -> None:
    expect(ada.field("Your name")).to_be_focused()
    ada.write("Ada")
    tab_to(ada, ada.field("Wishes")).write("No nuts.")
    ada.press("Enter")
    ada.write("No hurry.")
    tab_to(ada, ada.field("Guests")).write("12")
    tab_to(ada, ada.field("Email")).write(PLAIN["mail"])
    tab_to(ada, ada.field("Recipe")).write(PLAIN["link"])
    tab_to(ada, ada.field("Dish")).press("ArrowDown", "ArrowDown", "Enter")
    choose(ada, "Sides", "sal", "Salad")
    choose(ada, "Sides", "sou", "Soup")
    choose(ada, "Cheese", "ch", "Cheddar")
    choose(ada, "Cook", "ben", "Ben Okoro")
    choose(ada, "Waiters", "ada", "Ada Finch")
    choose(ada, "Waiters", "cat", "Cat Lund")
    choose(ada, "Table", "kit", "#kitchen")
    choose(ada, "Hall", "sq", "#square")
    tab_to(ada, ada.group("Drinks").get_by_label("Tea")).press("Space", "Tab", "Space")
    tab_to(ada, ada.group("Size").get_by_label("Small")).press("ArrowDown")
    tab_to(ada, ada.field("Day")).write("05052026")
    tab_to(ada, ada.field("Hour")).write("0905a")
    tab_to(ada, ada.field("Until")).write("05052026")
    ada.press("ArrowRight")
    ada.write("0905a")
    tab_to(ada, ada.button("Save"))


def tab_to(ada: Screen, wanted: Locator) -> Screen:
    for _ in range(MOST_TABS):
        if wanted.evaluate("node => node === document.activeElement"):
            return ada
        ada.press("Tab")
    raise AssertionError(f"{MOST_TABS} times Tab do not lead to {wanted}")


def choose(ada: Screen, label: str, typed: str, option: str) -> None:
    tab_to(ada, ada.field(label)).write(typed)
    expect(ada.option(option)).to_have_class("active")
    ada.press("Enter")


def check_saved(workspace: Workspace, heard: Heard) -> None:
    values = workspace.wait_for(lambda: heard[-1:], "the banquet")[0]
    people = {name: workspace.person(name).id for name in ("ada", "ben", "cat")}
    morning = datetime(2026, 5, 5, 8, 5, tzinfo=UTC)  # London is an hour ahead in May
    assert {key: values[key]["value"] for key in PLAIN} == PLAIN
    assert values["wishes"]["value"] == WISHES
    assert values["dish"]["selected_option"]["value"] == "stew"
    assert [each["value"] for each in values["sides"]["selected_options"]] == ["salad", "soup"]
    assert values["cheese"]["selected_option"]["value"] == "cheddar"
    assert values["cook"]["selected_user"] == people["ben"]
    assert values["waiters"]["selected_users"] == [people["ada"], people["cat"]]
    assert values["table"]["selected_conversation"] == workspace.channel_id("kitchen")
    assert values["tables"]["selected_conversations"] == []
    assert values["hall"]["selected_channel"] == workspace.channel_id("square")
    assert [each["value"] for each in values["drinks"]["selected_options"]] == ["tea", "water"]
    assert values["size"]["selected_option"]["value"] == "l"
    assert values["day"]["selected_date"] == "2026-05-05"
    assert values["hour"]["selected_time"] == "09:05"
    assert values["until"]["selected_date_time"] == int(morning.timestamp())


def test_nothing_is_drawn_beside_an_open_form(opened: Opening) -> None:
    ada = opened("ada")
    ada.say("/banquet")
    expect(ada.modal).to_be_visible()
    bare = "nodes => nodes.filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data)"
    page = ada.page.evaluate_handle("[...document.getElementById('page').childNodes]")
    assert page.evaluate(bare) == []


def test_by_mouse(workspace: Workspace, heard: Heard, opened: Opening) -> None:
    ada = opened("ada")
    ada.say("/banquet")
    by_mouse(ada)
    ada.button("Save").click()
    expect(ada.modal).to_have_count(0)
    check_saved(workspace, heard)


def test_by_keyboard_alone(workspace: Workspace, heard: Heard, opened: Opening) -> None:
    ada = opened("ada")
    ada.composer.focus()
    ada.write("/banquet")
    ada.press("Enter")
    by_keyboard(ada)
    ada.press("Enter")
    expect(ada.modal).to_have_count(0)
    check_saved(workspace, heard)
    expect(ada.composer).to_be_focused()


def test_every_required_field_says_that_it_is_empty(heard: Heard, opened: Opening) -> None:
    ada = opened("ada")
    ada.say("/banquet")
    ada.button("Save").click()
    expect(ada.modal.locator(".error")).to_have_count(17)  # all eighteen but the optional one
    expect(ada.field("Your name")).to_be_focused()
    expect(ada.field("Your name")).to_have_attribute("aria-invalid", "true")
    assert heard == []


def test_what_does_not_fit_is_refused_by_the_form_itself(heard: Heard, opened: Opening) -> None:
    ada = opened("ada")
    ada.say("/banquet")
    for label, text in (("Your name", "A"), ("Guests", "41"), ("Email", "ada"), ("Recipe", "stew")):
        ada.field(label).fill(text)
    ada.button("Save").click()
    expect(ada.field("Your name")).to_have_accessible_description("Please write at least 2 characters.")
    expect(ada.field("Guests")).to_have_accessible_description("Please enter 40 or less.")
    expect(ada.field("Email")).to_have_accessible_description(
        "Please enter an email address, like name@example.org."
    )
    expect(ada.field("Recipe")).to_have_accessible_description(
        "Please enter a link, like https://example.org."
    )
    ada.field("Guests").fill("1.5")
    ada.button("Save").click()
    expect(ada.field("Guests")).to_have_accessible_description("Please enter a whole number.")
    assert heard == []


def test_the_apps_refusals_stand_under_their_fields_and_nothing_is_lost(
    workspace: Workspace, heard: Heard, opened: Opening
) -> None:
    ada = opened("ada")
    ada.say("/banquet")
    by_mouse(ada)
    ada.field("Your name").fill("Nobody")
    ada.button("Save").click()
    expect(ada.field("Your name")).to_have_accessible_description("Somebody must order.")
    expect(ada.field("Hall")).to_have_accessible_description("It is locked.")
    expect(ada.field("Hall")).to_have_value("#square")
    ada.field("Your name").fill("Ada")
    ada.button("Save").click()
    expect(ada.modal).to_have_count(0)
    check_saved(workspace, heard)


def test_no_more_are_chosen_than_may_be(opened: Opening) -> None:
    ada = opened("ada")
    ada.say("/banquet")
    pick(ada, "Sides", "Salad")
    pick(ada, "Sides", "Soup")
    ada.field("Sides").click()
    expect(ada.page.get_by_role("listbox")).to_have_count(0)
    ada.button("Remove Salad").click()
    ada.field("Sides").click()
    expect(ada.option("Salad")).to_be_visible()
