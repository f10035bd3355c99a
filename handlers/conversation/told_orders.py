"""Steps told to the bot in free words, in a thread or to the bot itself: not done, with the button that does it."""

from collections.abc import Callable
from typing import Any

from bot.domain.case import Case
from bot.domain.people import Actor
from bot.questions.orders import Order
from bot.views.lists.listing import is_of
from bot.views.message import Message
from bot.views.wording.dealt_with import not_done
from handlers.dependencies import Dependencies


def _is_theirs(case: Case, who: Actor) -> bool:
    return is_of(who.id, case)


_MEANT: dict[Order, Callable[[Case, Actor], bool]] = {
    Order.ACCEPT: lambda case, who: case.ownership.assigned_to == who.id,
    Order.DECLINE: lambda case, who: case.ownership.assigned_to == who.id,
    Order.ACKNOWLEDGE: lambda case, who: any(who.roles & set(page.told) for page in case.paging.values()),
}


def refused(order: Order, ref: str | None, person: str, deps: Dependencies) -> Message:
    """With the case that is meant; where none is, with those of this person that may be."""
    if ref:
        return not_done(order, [ref])
    actor = deps.actor(person)
    is_meant = _MEANT.get(order, _is_theirs)
    cases = deps.ask(deps.cases.open_cases).cases
    return not_done(order, [case.ref for case in cases if is_meant(case, actor)])


def whisper(event: dict[str, Any], message: Message, deps: Dependencies) -> None:
    """To who wrote, where they wrote it."""
    thread = event.get("thread_ts")
    deps.asking.chat_postEphemeral(
        channel=event["channel"],
        user=event["user"],
        thread_ts=thread,
        text=message.text,
        blocks=message.blocks,
    )
