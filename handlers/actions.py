"""Buttons: on cards, on pages, in direct messages and in the open case. The cards change by themselves afterwards."""

from collections.abc import Callable
from typing import Any

from bot.domain import commands
from bot.domain.commands import Command
from bot.domain.facts import Category
from bot.domain.people import Actor, Role
from bot.domain.refusals import Because
from bot.views import ids
from bot.views.answering import answers
from bot.views.lists.listing import all_that_wait
from handlers.errors import NotDone
from handlers.intake import person_of, value_of
from handlers.links import newest_page
from handlers.listeners import Listeners
from handlers.parts import Body, Parts
from handlers.replies import private, tell
from handlers.showing import drawn, redraw_case, show, show_instead
from handlers.trouble import follow

Ack = Callable[..., Any]

# One press, one step. The button's value is the case.
_STEPS: dict[str, Callable[[], Command]] = {
    ids.TAKE: commands.Take,
    ids.RECORD_MISSING: lambda: commands.Categorise(category=Category.MISSING.value),
}


def register(app: Listeners, parts: Parts) -> None:
    for action, step in _STEPS.items():
        app.action(action)(_press(step, parts))

    @app.action(ids.ACKNOWLEDGE)
    def acknowledged(ack: Ack, body: Body) -> None:
        acknowledge(ack, body, parts)

    @app.action(ids.ACKNOWLEDGE_MANY)
    def acknowledged_many(ack: Ack, body: Body) -> None:
        acknowledge_many(ack, body, parts)

    @app.action(ids.SHOW_ALL)
    def all_of_a_role(ack: Ack, body: Body) -> None:
        view = everything_for(Role(value_of(body)), body, parts)
        ack()
        show(body, view, parts)

    @app.action(ids.OPEN_CASE)
    def opened(ack: Ack, body: Body) -> None:
        view = drawn(body, value_of(body), parts)
        ack()
        show(body, view, parts)

    @app.action(ids.REFRESH_CASE)
    def refreshed(ack: Ack, body: Body) -> None:
        view, shown = drawn(body, value_of(body), parts), body["view"]["id"]
        ack()
        follow("open case", body, lambda: show_instead(shown, view, parts), parts)

    @app.action(ids.DETAILS)
    def details(ack: Ack, body: Body) -> None:
        parts.need_known(person_of(body))
        case = parts.the_case(value_of(body))
        view = answers.details(case, parts.screen)
        ack()
        parts.viewed(parts.actor(person_of(body)), case.ref, "details")
        show(body, view, parts)


def _press(step: Callable[[], Command], parts: Parts) -> Callable[..., None]:
    def pressed(ack: Ack, body: Body) -> None:
        ref = value_of(body)
        parts.do(ref, step(), parts.actor(person_of(body)))
        ack()
        redraw_case(body, ref, parts)

    return pressed


def acknowledge(ack: Ack, body: Body, parts: Parts) -> None:
    """On a card that somebody answered before, say who and when; nothing changes."""
    ref = value_of(body)
    try:
        parts.do(ref, commands.Acknowledge(), parts.actor(person_of(body)))
    except NotDone as no:
        if no.because not in (Because.NOTHING_WAITING, Because.ALREADY_DONE):
            raise
        ack()
        otherwise = no.sentence
        follow(
            "stale page",
            body,
            lambda: tell(body, private(newest_page(ref, otherwise, body, parts)), parts),
            parts,
        )
    else:
        ack()
        redraw_case(body, ref, parts)


def acknowledge_many(ack: Ack, body: Body, parts: Parts) -> None:
    """Each on its own: one that was done meanwhile holds up no other."""
    refs = [ref for ref in value_of(body).split(",") if ref]
    actor = parts.actor(person_of(body))
    said_of = parts.at_once(refs, lambda ref: _refusal_of(ref, actor, parts))
    left = {ref: said for ref, said in zip(refs, said_of, strict=True) if said}
    ack()
    if left:
        known, why = len(refs) - len(left), next(iter(left.values()))
        said = f"You know about {known}. Nothing changed for {', '.join(left)}: {why}"
        follow("bulk answer", body, lambda: tell(body, private(said), parts), parts)


def _refusal_of(ref: str, actor: Actor, parts: Parts) -> str:
    try:
        parts.do(ref, commands.Acknowledge(), actor)
    except NotDone as no:
        return no.sentence
    return ""


def everything_for(role: Role, body: Body, parts: Parts) -> dict[str, Any]:
    """Every open case that is paged to the role; what does not fit is named by its reference."""
    parts.need_known(person_of(body))
    opened = parts.ask(parts.cases.open_cases)
    waiting = [case for case in opened.cases if any(role in paging.told for paging in case.paging.values())]
    return all_that_wait(waiting, opened.unreadable, parts.screen)
