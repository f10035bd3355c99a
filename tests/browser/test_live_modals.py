"""Modals that change while they are used: nothing typed is lost, and the focus stays where it is."""

from typing import Any

import pytest
from playwright.sync_api import expect
from slack_sdk import WebClient

from sandbox.client import Workspace
from tests.browser import canteen
from tests.browser.conftest import Opening

pytestmark = pytest.mark.usefixtures("heard")
Heard = list[dict[str, Any]]
CARET = "node => node.selectionStart"


def test_a_redraw_keeps_the_focus_the_caret_and_what_was_typed(
    workspace: Workspace, client: WebClient, heard: Heard, opened: Opening
) -> None:
    ada = opened("ada")
    ada.say("/tasting")
    words = ada.field("Your words (optional)")
    words.fill("rather salty")
    words.evaluate("node => node.setSelectionRange(6, 6)")

    modal = workspace.person("ada").modal
    assert modal is not None
    client.views_update(view_id=modal.id, view=canteen.tasting(["bread", "cheese"]))

    expect(ada.modal).to_contain_text("cheese costs")
    expect(words).to_be_focused()
    expect(words).to_have_value("rather salty")
    assert words.evaluate(CARET) == 6
    ada.write(", and")
    ada.button("Save").click()
    tasted = workspace.wait_for(lambda: heard[-1:], "the tasting")[0]
    assert tasted["words"]["value"] == "rather, and salty"


def test_ticking_redraws_at_once_and_the_box_keeps_the_focus(opened: Opening) -> None:
    ada = opened("ada")
    ada.say("/tasting")
    ada.group("Taste").get_by_label("bread").focus()
    ada.press("Space")
    expect(ada.modal).to_contain_text("bread costs")
    expect(ada.group("Taste").get_by_label("bread")).to_be_focused()
    ada.press("Tab", "Space")
    expect(ada.modal).to_contain_text("cheese costs")
    ada.press("Space")
    expect(ada.modal).not_to_contain_text("cheese costs")
    expect(ada.group("Taste").get_by_label("bread")).to_be_checked()


def test_a_field_with_a_new_name_begins_anew(
    workspace: Workspace, client: WebClient, opened: Opening
) -> None:
    ada = opened("ada")
    ada.say("/tasting")
    ada.field("Your words (optional)").fill("salty")
    modal = workspace.wait_for(lambda: workspace.person("ada").modal, "the tasting")
    assert modal is not None
    fresh = canteen.field("other", "Your words", "plain_text_input", initial_value="sweet", optional=True)
    client.views_update(view_id=modal.id, view=canteen.form("tasting", "Tasting", [fresh]))
    expect(ada.field("Your words (optional)")).to_have_value("sweet")


def test_views_lie_on_each_other_three_deep(workspace: Workspace, heard: Heard, opened: Opening) -> None:
    ada = opened("ada")
    ada.say("/deep")
    ada.field("Note 1 (optional)").fill("one")
    ada.button("Deeper").click()
    expect(ada.modal).to_contain_text("Level 2")
    expect(ada.field("Note 2 (optional)")).to_be_focused()
    ada.button("Deeper").click()
    expect(ada.modal).to_contain_text("Level 3")

    ada.press("Escape")
    expect(ada.modal).to_contain_text("Level 2")
    ada.button("Back").click()
    expect(ada.field("Note 1 (optional)")).to_have_value("one")
    workspace.wait_for(lambda: len(heard) == 2, "each view to be closed")
    assert heard == [{"closed": "Level 3", "cleared": False}, {"closed": "Level 2", "cleared": False}]

    ada.button("Deeper").click()
    expect(ada.modal).to_contain_text("Level 2")
    ada.button("Close").click()
    expect(ada.modal).to_have_count(0)
    workspace.wait_for(lambda: len(heard) == 4, "both views to be closed")
    assert all(each["cleared"] for each in heard[2:])


def test_the_focus_stays_in_the_dialog_and_goes_back_to_where_it_was(opened: Opening) -> None:
    ada = opened("ada")
    ada.composer.focus()
    ada.write("/tasting")
    ada.press("Enter")
    expect(ada.modal).to_be_visible()
    for _ in range(12):
        ada.press("Tab")
        outside = "node => !node.closest('dialog') && node !== document.body"
        assert not ada.focused.count() or not ada.focused.evaluate(outside)
    ada.press("Escape")
    expect(ada.modal).to_have_count(0)
    expect(ada.composer).to_be_focused()
