"""Questions in a case's thread: "@bot status". The answer is a dated snapshot beside the question."""

import re
from typing import Any

from slack_bolt import App

from bot.views import answers, ids
from bot.views.message import Message
from handlers.errors import HandlerError
from handlers.intake import person_of
from handlers.parts import Body, Parts
from handlers.replies import private

_MENTION = re.compile(r"<@[A-Z0-9]+>")
_REF = re.compile(r"MC-\d{2}-\d{4,}", re.IGNORECASE)


def register(app: App, parts: Parts) -> None:
    @app.event("app_mention")
    def asked(body: Body) -> None:
        event = body["event"]
        parts.later.do("answer", lambda: answer(event, body, parts))


def answer(event: dict[str, Any], body: Body, parts: Parts) -> None:
    if event.get("bot_id") or not parts.is_known(person_of(body)):
        return
    thread = event.get("thread_ts") or event["ts"]
    said = _answer(event, body, parts)
    parts.posting.chat_postMessage(
        channel=event["channel"],
        thread_ts=thread,
        text=said.text,
        blocks=said.blocks,
        unfurl_links=False,
        unfurl_media=False,
    )


def _answer(event: dict[str, Any], body: Body, parts: Parts) -> Message:
    question = _MENTION.sub("", str(event.get("text", "")))
    named = _REF.search(question)
    ref = named[0].upper() if named else case_of_thread(event, parts)
    if ref is None:
        return private("Ask in a case's thread, or name the case: status MC-26-0142.")
    try:
        case = parts.the_case(ref)
    except HandlerError as no:
        return private(getattr(no, "sentence", "The record did not answer. Ask again."))
    parts.viewed(parts.actor(person_of(body)), ref, "thread")
    words = _REF.sub("", question).strip(" ?.!,:")
    return answers.answer(words, case, parts.screen) or answers.not_understood()


def case_of_thread(event: dict[str, Any], parts: Parts) -> str | None:
    """The case of the card on top of the thread: its buttons say which. No index, so none to lose."""
    thread = event.get("thread_ts")
    if not thread:
        return None
    found = parts.asking.conversations_replies(channel=event["channel"], ts=thread, limit=1)
    messages: list[dict[str, Any]] = found.get("messages") or []
    return next((ref for message in messages for ref in _refs_on(message)), None)


def _refs_on(message: dict[str, Any]) -> list[str]:
    elements = [
        element
        for block in message.get("blocks", [])
        for element in block.get("elements", [])
        if message.get("bot_id")
    ]
    return [str(each["value"]) for each in elements if each.get("action_id") == ids.OPEN_CASE]
