"""Buttons: on cards, on pages, in direct messages and in the open case. The cards change by themselves afterwards."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

from slack_sdk.errors import SlackClientError

from bot.domain import commands
from bot.domain.commands import Command
from bot.domain.events import Acknowledged
from bot.domain.facts import Category
from bot.domain.people import BY_RANK, Actor, Role
from bot.domain.permissions import Look
from bot.domain.refusals import Because
from bot.outgoing import role_lane
from bot.ports.places import page_key
from bot.views import ids
from bot.views.answering import answers
from bot.views.lists.listing import all_that_wait
from bot.views.wording import naming, refusal_words
from handlers import carried
from handlers.dependencies import Body, Dependencies
from handlers.error_replies import follow
from handlers.errors import NotDone
from handlers.intake import person_of, value_of
from handlers.listeners import Listeners, PutUp
from handlers.replies import private, tell
from handlers.showing import drawn, redraw_case, show, show_instead
from handlers.sight import sight

Ack = Callable[..., Any]

# One press, one step. The button's value is the case.
_STEPS: dict[str, Callable[[], Command]] = {
    ids.TAKE: commands.Take,
    ids.RECORD_MISSING: lambda: commands.Categorise(category=Category.MISSING.value),
}


def register(app: Listeners, deps: Dependencies) -> None:
    for action, step in _STEPS.items():
        app.action(action)(_press(step, deps))

    @app.action(ids.ACKNOWLEDGE)
    def acknowledged(ack: Ack, body: Body) -> None:
        acknowledge(ack, body, deps)

    @app.action(ids.ACKNOWLEDGE_MANY)
    def acknowledged_many(ack: Ack, body: Body) -> None:
        acknowledge_many(ack, body, deps)

    @app.shown(ids.SHOW_ALL)
    def all_of_a_role(body: Body) -> PutUp:
        return partial(show, body, everything_for(carried.role(value_of(body)), body, deps), deps)

    @app.shown(ids.OPEN_CASE)
    def opened(body: Body) -> PutUp:
        return partial(show, body, drawn(body, value_of(body), deps), deps)

    @app.shown(ids.REFRESH_CASE)
    def refreshed(body: Body) -> PutUp:
        return partial(show_instead, body["view"]["id"], drawn(body, value_of(body), deps), deps)

    @app.shown(ids.DETAILS)
    def details(body: Body) -> PutUp:
        case = sight(body, deps).case(value_of(body), Look.DETAILS)
        return partial(show, body, answers.details(case, deps.screen), deps)


def _press(step: Callable[[], Command], deps: Dependencies) -> Callable[..., None]:
    def pressed(ack: Ack, body: Body) -> None:
        ref = value_of(body)
        deps.do(ref, step(), deps.actor(person_of(body)))
        ack()
        redraw_case(body, ref, deps)

    return pressed


def acknowledge(ack: Ack, body: Body, deps: Dependencies) -> None:
    """On a card that somebody answered before, say who and when; nothing changes."""
    ref = value_of(body)
    try:
        deps.do(ref, commands.Acknowledge(), deps.actor(person_of(body)))
    except NotDone as no:
        if no.because not in (Because.NOTHING_WAITING, Because.ALREADY_DONE):
            raise
        ack()
        otherwise = no.sentence
        follow(
            "stale page",
            body,
            lambda: tell(body, private(newest_page(ref, otherwise, body, deps)), deps),
            deps,
        )
    else:
        ack()
        redraw_case(body, ref, deps)


def acknowledge_many(ack: Ack, body: Body, deps: Dependencies) -> None:
    """Each on its own: one that was done meanwhile holds up no other."""
    refs = [ref for ref in value_of(body).split(",") if ref]
    actor = deps.actor(person_of(body))
    said_of = deps.at_once(refs, lambda ref: _refusal_of(ref, actor, deps))
    left = {ref: said for ref, said in zip(refs, said_of, strict=True) if said}
    ack()
    if left:
        known, why = len(refs) - len(left), next(iter(left.values()))
        said = f"You know about {known}. Nothing changed for {', '.join(left)}: {why}"
        follow("bulk answer", body, lambda: tell(body, private(said), deps), deps)


def _refusal_of(ref: str, actor: Actor, deps: Dependencies) -> str:
    try:
        deps.do(ref, commands.Acknowledge(), actor)
    except NotDone as no:
        return no.sentence
    return ""


def everything_for(role: Role, body: Body, deps: Dependencies) -> dict[str, Any]:
    """Every open case that is paged to the role; what does not fit is named by its reference."""
    opened = sight(body, deps).open_cases(Look.WAITING)
    waiting = [case for case in opened.cases if any(role in paging.told for paging in case.paging.values())]
    return all_that_wait(waiting, opened.unreadable, deps.screen)


def newest_page(ref: str, otherwise: str, body: Body, deps: Dependencies) -> str:
    """Who acknowledged, when, and where to look now; `otherwise` where nobody has."""
    seen = sight(body, deps)
    entries = seen.entries(seen.again(ref, Look.STATUS))
    said = [entry for entry in entries if isinstance(entry.event, Acknowledged)]
    if not said:
        return otherwise
    screen = deps.screen
    last = said[-1]
    link = _link(ref, body, deps)
    return refusal_words.stale_acknowledgement(naming.staff(last.by, screen), screen.time(last.at), link)


def _link(ref: str, body: Body, deps: Dependencies) -> str:
    """To the newest page of a role that this person holds; empty where there is none."""
    roles = deps.actor(person_of(body)).roles
    for role in BY_RANK:
        where = deps.outbox.card(page_key(role_lane(role), ref)) if role in roles else None
        if where:
            with suppress(SlackClientError, OSError):  # who and when is said all the same
                return str(
                    deps.asking.chat_getPermalink(channel=where.channel, message_ts=where.ts)["permalink"]
                )
    return ""
