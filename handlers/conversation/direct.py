"""What people write where the bot reads along: replies in a case's thread, and messages to the bot itself."""

import re
from typing import Any

from bot.domain.permissions import Look
from bot.ports.errors import StoreUnavailable
from bot.questions import cases_named, understand
from bot.questions.orders import order_in
from bot.typed_cases import holds_a_number
from bot.views.answering import answers
from bot.views.message import Message
from handlers import commands
from handlers.commands.case_commands import WordAsked
from handlers.conversation import recorded_replies, threads
from handlers.conversation.threads import (
    ONE_AT_A_TIME,
    SILENT,
    WHICH_CASE,
    about,
    case_of_thread,
    refused,
    words_to_the_bot,
)
from handlers.dependencies import Body, Dependencies
from handlers.error_replies import note
from handlers.errors import NotDone, RecordSilent
from handlers.intake import person_of
from handlers.listeners import Listeners
from handlers.replies import Followed, private, whisper
from handlers.sight import Sight, sight
from handlers.wire_form import bot_of

# What people write where the bot reads along: replies in a case's thread, and messages to the bot itself.


def register(app: Listeners, deps: Dependencies) -> None:
    @app.event("message")
    def written(body: Body) -> None:
        event = body["event"]
        if is_to_the_bot(event):
            deps.background.do("direct message", lambda: answer(event, body, deps))
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


ALSO = "Here I also know: status MC-26-0142, list, mine, help."
BY_COMMAND = "That needs a form, which only a command can open. Type here: /missing {word}"


_COMMAND = re.compile(r"^/?missing\s+", re.IGNORECASE)
_REPORTS = re.compile(r"/?missing|(?:new |make a )?report", re.IGNORECASE)


def is_to_the_bot(event: dict[str, Any]) -> bool:
    by_a_program = event.get("bot_id") or event.get("subtype") not in (None, "file_share", "thread_broadcast")
    return event.get("channel_type") == "im" and not by_a_program


def answer(event: dict[str, Any], body: Body, deps: Dependencies) -> None:
    try:
        said = _said(event, body, deps)
    except NotDone as no:
        said = private(no.sentence)
    except (RecordSilent, StoreUnavailable) as away:
        note(away)
        said = private(SILENT)
    thread = event.get("thread_ts")
    deps.posting.chat_postMessage(
        channel=event["channel"],
        thread_ts=thread,
        text=said.text,
        blocks=said.blocks,
        unfurl_links=False,
        unfurl_media=False,
    )
    if isinstance(said, Followed):
        said.then()


def _said(event: dict[str, Any], body: Body, deps: Dependencies) -> Message:
    person = person_of(body)
    deps.need_known(person)
    text = words_to_the_bot(event, body)
    if _REPORTS.fullmatch(text):
        return private(BY_COMMAND.format(word=""))
    verb, _, rest = _COMMAND.sub("", text).partition(" ")
    if word := commands.WORDS.get(verb.lower().strip("?.!")):
        said = word(WordAsked(rest.strip(" ?.!"), body | {"channel_id": event["channel"]}, deps))
        return (
            said if isinstance(said, Message) else private(BY_COMMAND.format(word=f"{verb} {rest}".strip()))
        )
    return _in_free_words(text, event, sight(body, deps), deps)


def _in_free_words(text: str, event: dict[str, Any], seen: Sight, deps: Dependencies) -> Message:
    named = {seen.find(name, Look.ANSWER) for name in cases_named(text)}
    if len(named) > 1:
        raise NotDone(ONE_AT_A_TIME)
    # Of an incident, with nothing else said.
    is_number = seen.look_up(text, Look.ANSWER) if not named and holds_a_number(text) else None
    ref = next(iter(named), None) or is_number or case_of_thread(event, deps)
    if (order := order_in(text)) is not None:
        return threads.refused(order, ref, seen.person, deps)
    if ref is None:
        raise NotDone(WHICH_CASE if understand(text) else f"{answers.NOT_UNDERSTOOD} {ALSO}")
    case = seen.case(ref, Look.ANSWER)
    if is_number:
        return answers.status(case, deps.screen)
    asked = understand(text, cases=[case.ref, case.incident])
    return answers.answer(asked, about(case, seen), deps.screen) if asked else answers.not_understood()
