"""Buttons: on cards, on pages, in direct messages and in the open case. The cards change by themselves afterwards."""

from collections.abc import Callable
from typing import Any

from slack_bolt import App

from bot.domain import commands
from bot.domain.commands import Command
from bot.domain.facts import Category
from bot.domain.people import Actor, Role
from bot.domain.refusals import Because
from bot.views import answers, ids, small_modals
from bot.views.listing import all_that_wait
from bot.views.offer import offer
from handlers import form as forms
from handlers.errors import NotDone
from handlers.form import Form
from handlers.intake import person_of, value_of
from handlers.links import newest_page
from handlers.parts import Body, Parts
from handlers.replies import private, tell
from handlers.showing import redraw_case, show, show_case

Ack = Callable[..., Any]

# One press, one step. The button's value is the case.
_STEPS: dict[str, Callable[[], Command]] = {
    ids.TAKE: commands.Take,
    ids.RECORD_MISSING: lambda: commands.Categorise(category=Category.MISSING.value),
}


def register(app: App, parts: Parts) -> None:
    for action, step in _STEPS.items():
        app.action(action)(_press(step, parts))

    @app.action(ids.ACKNOWLEDGE)
    def acknowledged(ack: Ack, body: Body) -> None:
        acknowledge(ack, body, parts)

    @app.action(ids.ACKNOWLEDGE_MANY)
    def acknowledged_many(ack: Ack, body: Body) -> None:
        acknowledge_many(ack, body, parts)

    @app.action(ids.ACCEPT)
    def accepted(ack: Ack, body: Body) -> None:
        ref, person = value_of(body), person_of(body)
        parts.do(ref, commands.Accept(), parts.actor(person))
        ack()
        settle_offer(place_of(body), ref, person, parts)

    @app.action(ids.SHOW_ALL)
    def all_of_a_role(ack: Ack, body: Body) -> None:
        ack()
        show(body, everything_for(Role(value_of(body)), parts), parts)

    @app.action(ids.OPEN_CASE)
    def opened(ack: Ack, body: Body) -> None:
        ack()
        show_case(body, value_of(body), parts)

    @app.action(ids.REFRESH_CASE)
    def refreshed(ack: Ack, body: Body) -> None:
        ack()
        redraw_case(body, value_of(body), parts)

    @app.action(ids.DETAILS)
    def details(ack: Ack, body: Body) -> None:
        ack()
        case = parts.the_case(value_of(body))
        parts.viewed(parts.actor(person_of(body)), case.ref, "details")
        show(body, answers.details(case, parts.screen), parts)

    @app.action(ids.DECLINE)
    def decline(ack: Ack, body: Body) -> None:
        ack()
        case = parts.the_case(value_of(body))
        show(body, small_modals.declining(case, parts.screen, offer=place_of(body)), parts)

    @app.view(ids.DECLINING)
    def declined(ack: Ack, body: Body) -> None:
        decline_offer(ack, body, parts)


def _press(step: Callable[[], Command], parts: Parts) -> Callable[..., None]:
    def pressed(ack: Ack, body: Body) -> None:
        ref = value_of(body)
        parts.do(ref, step(), parts.actor(person_of(body)))
        ack()
        redraw_case(body, ref, parts)

    return pressed


def decline_offer(ack: Ack, body: Body, parts: Parts) -> None:
    """The view's private metadata is the case, and the message that asked where there was one."""
    form = Form(body["view"])
    why = forms.reason(form, "why", parts.screen)
    if form.errors:
        ack(response_action="errors", errors=form.errors)
        return
    ref, _, asked_at = str(body["view"]["private_metadata"]).partition(" ")
    parts.do(ref, commands.Decline(why=why), parts.actor(person_of(body)))
    ack()
    settle_offer(asked_at, ref, person_of(body), parts)


def place_of(body: Body) -> str:
    """Where the pressed message is: `channel:ts`; empty where it was not a message."""
    container = body.get("container") or {}
    is_message = container.get("type") == "message" and not container.get("is_ephemeral")
    return f"{container['channel_id']}:{container['message_ts']}" if is_message else ""


def settle_offer(place: str, ref: str, person: str, parts: Parts) -> None:
    """An answered offer must not look open."""
    channel, _, ts = place.partition(":")
    if not ts:
        return

    def redraw() -> None:
        message = offer(parts.the_case(ref), person, parts.screen)
        parts.asking.chat_update(channel=channel, ts=ts, text=message.text, blocks=message.blocks)

    parts.later.do("offer", redraw)


def acknowledge(ack: Ack, body: Body, parts: Parts) -> None:
    """On a card that somebody answered before, say who and when; nothing changes."""
    ref = value_of(body)
    try:
        parts.do(ref, commands.Acknowledge(), parts.actor(person_of(body)))
    except NotDone as no:
        if no.because is not Because.NOTHING_WAITING:
            raise
        ack()
        otherwise = no.sentence
        parts.later.do(
            "stale page", lambda: tell(body, private(newest_page(ref, otherwise, body, parts)), parts)
        )
    else:
        ack()
        redraw_case(body, ref, parts)


def acknowledge_many(ack: Ack, body: Body, parts: Parts) -> None:
    """Each on its own: one that was done meanwhile holds up no other."""
    refs = [ref for ref in value_of(body).split(",") if ref]
    actor = parts.actor(person_of(body))
    left = {ref: said for ref in refs if (said := _refusal_of(ref, actor, parts))}
    ack()
    if left:
        known, why = len(refs) - len(left), next(iter(left.values()))
        said = f"You know about {known}. Nothing changed for {', '.join(left)}: {why}"
        parts.later.do("bulk answer", lambda: tell(body, private(said), parts))


def _refusal_of(ref: str, actor: Actor, parts: Parts) -> str:
    try:
        parts.do(ref, commands.Acknowledge(), actor)
    except NotDone as no:
        return no.sentence
    return ""


def everything_for(role: Role, parts: Parts) -> dict[str, Any]:
    """Every open case that is paged to the role; what does not fit is named by its reference."""
    opened = parts.ask(parts.cases.open_cases)
    waiting = [case for case in opened.cases if any(role in paging.told for paging in case.paging.values())]
    return all_that_wait(waiting, opened.unreadable, parts.screen)
