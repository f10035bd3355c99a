"""An unmodified Bolt app, connected over Socket Mode, serves people."""

import pytest

from sandbox.client import Workspace
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
