"""A person's reply in a case's thread is talk until somebody says that it belongs to the case (screens.md §2).

Full-content mode only: where Slack may carry nobody's words, none are taken from it either.
"""

from collections.abc import Callable
from typing import Any

from bot.domain import commands
from bot.domain.commands import Command
from bot.domain.permissions import may
from bot.views import ids
from bot.views.blocks import actions, button, marking, section
from bot.views.message import Message
from handlers.errors import NotDone
from handlers.intake import person_of, value_of
from handlers.listeners import Listeners
from handlers.parts import Body, Parts
from handlers.replies import private, replace_own
from handlers.threads import case_of_thread
from handlers.trouble import follow

Ack = Callable[..., Any]


def register(app: Listeners, parts: Parts) -> None:
    if not parts.setting.full:
        return

    @app.event("message")
    def replied(body: Body) -> None:
        event = body["event"]
        if is_talk(event):
            parts.later.do("offer to keep", lambda: ask(event, parts))

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


def is_talk(event: dict[str, Any]) -> bool:
    """A reply that a person wrote, and that asks the bot nothing."""
    own = event.get("bot_id") or event.get("subtype")
    return bool(event.get("thread_ts")) and not own and "<@" not in str(event.get("text", ""))


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
    try:
        parts.do(ref, step(f"reply-{ts}", text), parts.actor(person_of(body)))
        said = f"Saved to {ref}."
    except NotDone as no:
        said = no.sentence
    replace_own(body, private(said))


def words_of(channel: str, thread: str, ts: str, parts: Parts) -> str:
    found = parts.asking.conversations_replies(
        channel=channel, ts=thread, oldest=ts, latest=ts, inclusive=True
    )
    messages: list[dict[str, Any]] = found.get("messages") or []
    return next((str(each.get("text", "")) for each in messages if each.get("ts") == ts), "")
