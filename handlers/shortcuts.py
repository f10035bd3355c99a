""" "Add as case information" beside a message: it becomes an item of information on a case, with a clock of its own."""

from collections.abc import Callable
from typing import Any, TypeVar

import structlog
from slack_sdk.errors import SlackClientError

from bot.domain import commands
from bot.views import ids, limits
from bot.views.forms.information import InformationHeard, hearing
from bot.views.forms.which_case import REFERENCE, WORDS, which_case
from bot.views.message import View
from handlers.commands.finding import look_up
from handlers.errors import RecordSilent
from handlers.form import Form
from handlers.intake import person_of
from handlers.listeners import Listeners
from handlers.modals.base import Asked, asked_of
from handlers.parts import Body, Parts
from handlers.showing import show
from handlers.threads import case_of_thread
from handlers.wire_form import said_in, written_at

Ack = Callable[..., Any]
ADD_INFORMATION = "add_information"
_OFFERED = 100  # as many as a menu holds
_LONGEST = 2500  # of the 3,000 that an input takes: who said it, and where, follow
_SOON = 0.7  # seconds, of the three in which Slack wants its answer
T = TypeVar("T")
log = structlog.get_logger()


def register(app: Listeners, parts: Parts) -> None:
    @app.shortcut(ADD_INFORMATION)
    def add(ack: Ack, body: Body) -> None:
        view = first_view(body, parts)
        ack()
        show(body, view, parts)

    @app.view(ids.WHICH_CASE)
    def chosen(ack: Ack, body: Body) -> None:
        form, place = Form(body["view"]), asked_of(body["view"]).item
        ref = form.chosen("case") or look_up(form.text(REFERENCE), parts)
        if ref is None:
            ack(response_action="errors", errors={REFERENCE: "No such case. Choose one, or type its number."})
            return
        ack(response_action="update", view=information(ref, place, form.text(WORDS), parts))


def first_view(body: Body, parts: Parts) -> View:
    """In a case's thread the case is known; elsewhere, and where Slack does not say whose it is, it is asked for.

    The message is the one that Slack sent along: it may stand in a channel that the bot is not in.
    """
    parts.need(commands.Inform, person_of(body))
    channel, message = str(body["channel"]["id"]), body["message"]
    place = f"{channel}:{message.get('thread_ts') or message['ts']}:{message['ts']}"
    words = _words(message, channel, parts) if parts.setting.full else ""
    ref = _soon(lambda: case_of_thread({**message, "channel": channel}, parts), parts)
    if ref:
        return information(ref, place, words, parts)
    newest, unread = parts.ask(lambda: parts.cases.readable(parts.cases.open_refs()[-_OFFERED:]))
    view = which_case(newest[::-1], unread, words, parts.screen)
    return {**view, "private_metadata": Asked("", place).kept()}


def information(ref: str, place: str, words: str, parts: Parts) -> View:
    """With the message's words, in sight and to be changed: no view carries them hidden."""
    heard = InformationHeard(text=words, kind="other")
    view = hearing(parts.the_case(ref), parts.screen, heard)
    return {**view, "private_metadata": Asked(ref, place).kept()}


def _words(message: dict[str, Any], channel: str, parts: Parts) -> str:
    """What was said, by whom and when, and where it stands, for whom that is open."""
    name, screen = parts.setting.directory.name, parts.screen
    by, at = str(message.get("user") or ""), written_at(message)
    said = limits.clip(said_in(message, name), _LONGEST)
    who = name(by) if parts.is_known(by) else str(message.get("username") or "somebody outside the force")
    when = f", {screen.time(at)}" if at else ""
    return "\n".join(
        part for part in (said, f"({who} in Slack{when})", _link(message, channel, parts)) if part
    )


def _link(message: dict[str, Any], channel: str, parts: Parts) -> str:
    """Empty where the bot is not in the channel, or Slack takes its time: the words are what counts."""

    def found() -> str:
        return str(parts.asking.chat_getPermalink(channel=channel, message_ts=message["ts"])["permalink"])

    return _soon(found, parts) or ""


def _soon(question: Callable[[], T], parts: Parts) -> T | None:
    """What Slack says, before it was answered itself: None where it refuses, or takes its time."""
    try:
        return parts.ask(question, within=_SOON)
    except (SlackClientError, OSError, RecordSilent) as no:
        log.info("nothing heard of a message's place", why=type(no).__name__)
        return None
