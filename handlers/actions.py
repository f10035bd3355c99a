"""Buttons: on cards, on pages, in direct messages and in the open case. The cards change by themselves afterwards."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import Any

from slack_sdk.errors import SlackClientError

from bot.domain import commands
from bot.domain.commands import Command
from bot.domain.facts import Category
from bot.domain.people import BY_RANK, Role
from bot.domain.permissions import Look
from bot.domain.refusals import Because
from bot.outgoing import role_lane
from bot.ports.places import page_key
from bot.views import ids
from bot.views.answering import answers
from bot.views.cards import page_state
from bot.views.lists.listing import all_that_wait
from bot.views.wording import refusal_words
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
    no = _refusal_of(ref, body, deps)
    if no and not _is_stale(no):
        raise no
    ack()
    if no:
        follow("stale page", body, lambda: _tell_of_one(ref, no, body, deps), deps)
    else:
        redraw_case(body, ref, deps)


def _tell_of_one(ref: str, no: NotDone, body: Body, deps: Dependencies) -> None:
    tell(body, private(_why_not(ref, no, body, deps, _link(ref, body, deps))), deps)


def acknowledge_many(ack: Ack, body: Body, deps: Dependencies) -> None:
    """Each on its own: one that was done meanwhile holds up no other."""
    refs = [ref for ref in value_of(body).split(",") if ref]
    all_of = deps.at_once(refs, lambda ref: _refusal_of(ref, body, deps))
    ack()
    if left := {ref: no for ref, no in zip(refs, all_of, strict=True) if no}:
        follow("bulk answer", body, lambda: _tell_of_many(len(refs) - len(left), left, body, deps), deps)


def _tell_of_many(known: int, left: Mapping[str, NotDone], body: Body, deps: Dependencies) -> None:
    """What is true of one case may be so of no other: each reason stands with those that it is about."""
    refs_of = defaultdict[str, list[str]](list)
    for ref, no in left.items():
        refs_of[_why_not(ref, no, body, deps)].append(ref)
    said = [f"You know about {known}."] if known else []
    said += [f"{', '.join(refs)}: {why}" for why, refs in refs_of.items()]
    tell(body, private("\n".join(said)), deps)


def _refusal_of(ref: str, body: Body, deps: Dependencies) -> NotDone | None:
    try:
        deps.do(ref, commands.Acknowledge(), deps.actor(person_of(body)))
    except NotDone as no:
        return no
    return None


def _is_stale(no: NotDone) -> bool:
    return no.because in (Because.NOTHING_WAITING, Because.ALREADY_DONE)


def _why_not(ref: str, no: NotDone, body: Body, deps: Dependencies, link: str = "") -> str:
    """With a link to where to look now."""
    why = _why_over(ref, body, deps) if _is_stale(no) else ""
    return refusal_words.stale_page(why, link) if why else no.sentence


def everything_for(role: Role, body: Body, deps: Dependencies) -> dict[str, Any]:
    """Every open case that is paged to the role, of the owner's their own; what does not fit is named by its
    reference."""
    opened, person = sight(body, deps).open_cases(Look.WAITING), person_of(body)
    cases = [case for case in opened.cases if role is not Role.OWNER or case.owner == person]
    waiting = [case for case in cases if any(role in paging.told for paging in case.paging.values())]
    return all_that_wait(waiting, opened.unreadable, deps.screen)


def _why_over(ref: str, body: Body, deps: Dependencies) -> str:
    """Who acknowledged it, or what ended it, and when; empty where nothing was paged."""
    seen = sight(body, deps)
    case = seen.again(ref, Look.STATUS)
    roles = deps.actor(person_of(body)).roles
    return page_state.why_over(case, seen.entries(case), roles, deps.screen)


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
