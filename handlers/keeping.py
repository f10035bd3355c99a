"""A person's reply in a case's thread is talk until somebody says that it belongs to the case (screens.md §2).

Full-content mode only: where Slack may carry nobody's words, none are taken from it either.
"""

from collections.abc import Callable
from typing import Any

from bot.domain import commands
from bot.domain.commands import Command
from bot.domain.permissions import may
from bot.questions.orders import order_in
from bot.views import ids
from bot.views.blocks import actions, button, marking, section
from bot.views.cards.case_card import their_words
from bot.views.message import Message
from bot.views.wording import asked
from bot.views.wording.not_done import not_done
from handlers.errors import NotDone
from handlers.intake import person_of, value_of
from handlers.listeners import Listeners
from handlers.parts import Body, Parts
from handlers.replies import private, replace_own
from handlers.threads import case_of_thread
from handlers.trouble import follow
from handlers.wire_form import people_in, said_in

Ack = Callable[..., Any]
_WRITTEN = (None, "file_share", "thread_broadcast")  # with a file; also sent to the channel


def register(app: Listeners, parts: Parts) -> None:
    if not parts.setting.full:
        return

    @app.action(ids.KEEP_ACTIVITY)
    def activity(ack: Ack, body: Body) -> None:
        may_keep(body, commands.Note, parts)
        ack()
        follow("keep", body, lambda: keep(body, lambda _, text: commands.Note(text=text), parts), parts)

    @app.action(ids.KEEP_INFORMATION)
    def information(ack: Ack, body: Body) -> None:
        may_keep(body, commands.Inform, parts)
        ack()
        follow(
            "keep",
            body,
            lambda: keep(body, lambda id, text: commands.Inform(id=id, kind="other", text=text), parts),
            parts,
        )


def may_keep(body: Body, step: type[Command], parts: Parts) -> None:
    """Before the words are fetched from Slack. Raises NotDone."""
    parts.need(step, person_of(body))
    parts.the_case(value_of(body).split()[0])


def is_talk(event: dict[str, Any], bot: str) -> bool:
    """A reply that a person wrote, and that asks the bot nothing: colleagues may be mentioned in it."""
    is_reply = event.get("thread_ts") not in (None, event.get("ts"))
    by_person = not event.get("bot_id") and event.get("subtype") in _WRITTEN
    return is_reply and by_person and bot not in people_in(str(event.get("text") or ""))


def ask(event: dict[str, Any], parts: Parts) -> None:
    ref = case_of_thread(event, parts)
    if ref is None or not may(parts.actor(event["user"]).roles, commands.Note):
        return
    place = f"{ref} {event['thread_ts']} {event['ts']}"
    message = _question(ref, place)
    parts.asking.chat_postEphemeral(
        channel=event["channel"],
        user=event["user"],
        thread_ts=event["thread_ts"],
        text=message.text,
        blocks=message.blocks,
    )


def _question(ref: str, place: str) -> Message:
    said = f"Save your reply to {ref}?"
    return Message(
        text=said,
        blocks=[
            section(said),
            actions(
                button("As a note", ids.KEEP_ACTIVITY, place),
                button("As new information", ids.KEEP_INFORMATION, place),
            ),
            marking(),
        ],
    )


def keep(body: Body, step: Callable[[str, str], Command], parts: Parts) -> None:
    """The words are read from the thread when they are kept: a button holds none."""
    ref, thread, ts = value_of(body).split()
    text = words_of(str(body["channel"]["id"]), thread, ts, parts)
    if order := order_in(text):
        replace_own(body, not_done(order, [ref]), parts)
        return
    try:
        parts.do(ref, step(f"reply-{ts}", text), parts.actor(person_of(body)))
    except NotDone as no:
        replace_own(body, private(no.sentence), parts)
        return
    replace_own(body, _kept(ref, text, parts), parts)


def _kept(ref: str, text: str, parts: Parts) -> Message:
    """With what these words ask about, where nobody has answered it."""
    said, screen = f"Saved to {ref}.", parts.screen
    asking = {ask.marker for ask in asked.asks_of(text, screen)}
    if not asking or asking.isdisjoint(ask.marker for ask in asked.unanswered(parts.the_case(ref), screen)):
        return private(said)
    return Message(text=said, blocks=[section(said), *their_words(parts.the_case(ref), screen), marking()])


def words_of(channel: str, thread: str, ts: str, parts: Parts) -> str:
    found = parts.asking.conversations_replies(
        channel=channel, ts=thread, oldest=ts, latest=ts, inclusive=True
    )
    messages: list[dict[str, Any]] = found.get("messages") or []
    name = parts.setting.directory.name
    return next((said_in(each, name) for each in messages if each.get("ts") == ts), "")
