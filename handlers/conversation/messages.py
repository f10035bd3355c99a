"""What people write where the bot reads along: replies in a case's thread, and messages to the bot itself."""

from typing import Any

from bot.questions.orders import order_in
from handlers.conversation import direct, recorded_replies
from handlers.conversation.threads import case_of_thread, words_to_the_bot
from handlers.conversation.told_orders import refused, whisper
from handlers.dependencies import Body, Dependencies
from handlers.listeners import Listeners
from handlers.wire_form import bot_of


def register(app: Listeners, deps: Dependencies) -> None:
    @app.event("message")
    def written(body: Body) -> None:
        event = body["event"]
        if direct.is_to_the_bot(event):
            deps.background.do("direct message", lambda: direct.answer(event, body, deps))
        elif recorded_replies.is_talk(event, bot_of(body)):
            deps.background.do("reply", lambda: replied(event, body, deps))


def replied(event: dict[str, Any], body: Body, deps: Dependencies) -> None:
    """Talk is offered to be kept; an order is not done, and never kept as if it had been."""
    order = order_in(words_to_the_bot(event, body))
    if order is None:
        if deps.setting.full:
            recorded_replies.ask(event, deps)
        return
    ref = case_of_thread(event, deps)
    if ref and deps.is_known(event["user"]):
        whisper(event, refused(order, ref, event["user"], deps), deps)
