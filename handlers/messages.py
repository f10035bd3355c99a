"""What people write where the bot reads along: replies in a case's thread, and messages to the bot itself."""

from typing import Any

from bot.questions.orders import order_in
from handlers import direct, keeping
from handlers.listeners import Listeners
from handlers.orders import refused, whisper
from handlers.parts import Body, Parts
from handlers.threads import case_of_thread, words_to_the_bot
from handlers.wire_form import bot_of


def register(app: Listeners, parts: Parts) -> None:
    @app.event("message")
    def written(body: Body) -> None:
        event = body["event"]
        if direct.is_to_the_bot(event):
            parts.later.do("direct message", lambda: direct.answer(event, body, parts))
        elif keeping.is_talk(event, bot_of(body)):
            parts.later.do("reply", lambda: replied(event, body, parts))


def replied(event: dict[str, Any], body: Body, parts: Parts) -> None:
    """Talk is offered to be kept; an order is not done, and never kept as if it had been."""
    order = order_in(words_to_the_bot(event, body))
    if order is None:
        if parts.setting.full:
            keeping.ask(event, parts)
        return
    ref = case_of_thread(event, parts)
    if ref and parts.is_known(event["user"]):
        whisper(event, refused(order, ref, event["user"], parts), parts)
