""" "Add as case information" beside a message: it becomes an item of information on a case, with a clock of its own."""

from collections.abc import Callable
from typing import Any

from bot.domain import commands
from bot.views import ids
from bot.views.message import View
from bot.views.modals.information import Heard, hearing
from bot.views.modals.which_case import REFERENCE, which_case
from handlers.commands.finding import look_up
from handlers.form import Form
from handlers.intake import person_of
from handlers.keeping import words_of
from handlers.listeners import Listeners
from handlers.modals.base import Asked, asked_of
from handlers.parts import Body, Parts
from handlers.showing import show
from handlers.threads import case_of_thread

Ack = Callable[..., Any]
ADD_INFORMATION = "add_information"
_OFFERED = 100  # as many as a menu holds


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
        ack(response_action="update", view=information(ref, place, parts))


def first_view(body: Body, parts: Parts) -> View:
    """In a case's thread the case is known; elsewhere it is asked for."""
    parts.need(commands.Inform, person_of(body))
    channel, message = str(body["channel"]["id"]), body["message"]
    place = f"{channel}:{message.get('thread_ts') or message['ts']}:{message['ts']}"
    ref = case_of_thread({**message, "channel": channel}, parts)
    if ref:
        return information(ref, place, parts)
    newest, unread = parts.ask(lambda: parts.cases.readable(parts.cases.open_refs()[-_OFFERED:]))
    view = which_case(newest[::-1], unread, parts.screen)
    return {**view, "private_metadata": Asked("", place).kept()}


def information(ref: str, place: str, parts: Parts) -> View:
    """With the message's words and where it stands; they are read now, since no view carries them hidden."""
    case = parts.the_case(ref)
    heard = Heard(text=_text(place, parts) if parts.setting.full else "", kind="other")
    return {**hearing(case, parts.screen, heard), "private_metadata": Asked(ref, place).kept()}


def _text(place: str, parts: Parts) -> str:
    channel, thread, ts = place.split(":")
    link = parts.asking.chat_getPermalink(channel=channel, message_ts=ts)["permalink"]
    return f"{words_of(channel, thread, ts, parts)}\n{link}"
