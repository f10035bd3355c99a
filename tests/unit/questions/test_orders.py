"""Told to the bot, and not done by it: nothing but an order is one."""

import pytest

from bot.questions.orders import Order, order_in


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("accept", Order.ACCEPT),
        ("I accept it.", Order.ACCEPT),
        ("ack", Order.ACKNOWLEDGE),
        ("Acknowledged, thanks", Order.ACKNOWLEDGE),
        ("ok I’ll take it", Order.TAKE),
        ("take ownership", Order.TAKE),
        ("assign it to me", Order.TAKE),
        ("close it", Order.CLOSE),
        ("please close MC-26-0142 now", Order.CLOSE),
        ("assign it to Ola", Order.ASSIGN),
        ("assign <@U0OLA>", Order.ASSIGN),
        ("give it to Ola Brandt", Order.ASSIGN),
        ("decline", Order.DECLINE),
        ("record it as missing", Order.MISSING),
        ("sign it off", Order.SIGN_OFF),
        ("make it high", Order.GRADE),
        ("release it", Order.RELEASE),
        ("re-open the case", Order.REOPEN),
    ],
)
def test_an_order_is_read(text: str, order: Order) -> None:
    assert order_in(text) is order


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ok",
        "status",
        "who has it?",
        "take care",
        "Bus station searched",
        "closed the park, nothing found",
        "I accept that the bus station was wrong",
        "taking him to hospital",
        "assigned PC Wells to search the river",
        "the school is closed",
        "Dad says she will not close the door again",
    ],
)
def test_talk_is_none(text: str) -> None:
    assert order_in(text) is None
