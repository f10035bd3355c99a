"""An unmodified Bolt app, connected over Socket Mode, serves people."""

import pytest

from sandbox.client import Message, Workspace
from sandbox.errors import NotPossible


def test_a_command_opens_a_modal_and_its_submission_posts(bot: Workspace) -> None:
    ada = bot.person("ada")
    assert ada.type("/lunch", "kitchen").acked
    modal = bot.wait_for(lambda: ada.modal, "the order form")
    assert modal is not None and modal.title == "Order lunch"

    ada.submit({"dish": {"choice": "stew"}})

    order = bot.expect("stew", "kitchen")
    assert ada.modal is None
    assert order.text == f"stew for {ada.mention}"
    assert bot.person("ben").sees("kitchen")[-1].action_ids == ["ready", "cancel"]
    bot.expect_nothing_more()


def test_an_error_stands_under_its_field(bot: Workspace) -> None:
    ada = bot.person("ada")
    ada.type("/lunch", "kitchen")
    bot.wait_for(lambda: ada.modal, "the order form")

    ada.submit({"choice": "soup", "words": "nuts"})

    assert ada.modal is not None
    assert ada.modal.errors == {"note": "The kitchen has no nuts."}


def test_the_browser_refuses_an_empty_required_field(bot: Workspace) -> None:
    ada = bot.person("ada")
    ada.type("/lunch", "kitchen")
    bot.wait_for(lambda: ada.modal, "the order form")
    with pytest.raises(NotPossible, match="please fill in 'Dish'"):
        ada.submit()
    with pytest.raises(NotPossible, match="no more than 20 characters"):
        ada.fill({"words": "x" * 21})


def test_a_click_edits_the_message_and_the_button_is_gone(bot: Workspace) -> None:
    ada, ben = bot.person("ada"), bot.person("ben")
    ada.type("/lunch", "kitchen")
    bot.wait_for(lambda: ada.modal, "the order form")
    ada.submit({"choice": "soup"})
    order = bot.expect("soup", "kitchen")

    assert ben.click("ready", on=order).acked

    bot.wait_for(lambda: ben.sees("kitchen")[-1].text == "Ready.", "the edited order")
    with pytest.raises(NotPossible, match="there is no 'ready'"):
        ben.click("ready", on=order)


def order(bot: Workspace, dish: str) -> Message:
    ada = bot.person("ada")
    ada.type("/lunch", "kitchen")
    bot.wait_for(lambda: ada.modal, "the order form")
    ada.submit({"choice": dish})
    return bot.expect(dish, "kitchen")


def test_a_confirmed_click_can_take_the_message_away(bot: Workspace) -> None:
    placed = order(bot, "stew")
    assert bot.person("ben").click("cancel", on=placed, confirm=True).acked
    bot.wait_for(lambda: bot.person("ben").sees("kitchen") == [], "the order gone")


def test_closing_the_form_is_noticed(bot: Workspace) -> None:
    ada = bot.person("ada")
    ada.type("/lunch", "kitchen")
    bot.wait_for(lambda: ada.modal, "the order form")
    ada.close()
    bot.expect("No lunch, then.")
    assert ada.notifications == ["No lunch, then."]
    assert ada.sees("@lunch")[-1].text == "No lunch, then."


def test_a_command_answers_one_or_all(bot: Workspace) -> None:
    ada, ben = bot.person("ada"), bot.person("ben")
    ada.type("/lunch help", "kitchen")
    ada.type("/lunch loud", "kitchen")
    ada.type("/lunch later", "kitchen")
    bot.expect("Say /lunch and choose.", to="ada")
    bot.expect("Lunch is here.")
    bot.expect("Lunch is at one.", to="ada")
    assert [each.text for each in ben.sees("kitchen")] == ["Lunch is here."]


def test_a_mention_is_answered_in_its_thread(bot: Workspace) -> None:
    ada = bot.person("ada")
    said = ada.type(f"<@{bot.app().bot_user}> what is there?", "kitchen")
    bot.expect("Soup or stew?", "kitchen")
    assert [each.text for each in ada.sees("kitchen")] == [f"<@{bot.app().bot_user}> what is there?"]
    assert len(ada.thread("kitchen", said.ts)) == 2
    assert ada.notifications == ["Soup or stew?"]


def test_the_home_page_leads_to_the_form(bot: Workspace) -> None:
    ada = bot.person("ada")
    ada.open_home()
    bot.wait_for(lambda: ada.home, "the home page")
    assert ada.home is not None and ada.home.says("Today")
    ada.click("again", home=True)
    bot.wait_for(lambda: ada.modal, "the order form")
    with pytest.raises(NotPossible, match="a modal is in front"):
        ada.click("again", home=True)
    assert bot.person("ben").home is None


def test_a_press_on_a_home_page_that_was_drawn_anew_meanwhile_is_what_the_person_saw(bot: Workspace) -> None:
    ada = bot.person("ada")
    ada.open_home()
    home = bot.wait_for(lambda: ada.home, "the home page")
    assert home is not None
    seen = next(block["block_id"] for block in home.blocks if block["type"] == "actions")
    ada.open_home()
    bot.wait_for(
        lambda: ada.home and seen not in [b["block_id"] for b in ada.home.blocks], "it is drawn anew"
    )
    ada.click("again", home=True, block_id=seen)
    bot.wait_for(lambda: ada.modal, "the order form")


def test_shortcuts(bot: Workspace) -> None:
    ada = bot.person("ada")
    said = ada.type("pancakes", "square")
    ada.shortcut("order_this", on=ada.sees("square")[-1])
    noted = bot.expect("Noted: pancakes", "square", to="ada")
    assert noted.ts > said.ts
    ada.shortcut("lunch")
    bot.wait_for(lambda: ada.modal, "the order form")
