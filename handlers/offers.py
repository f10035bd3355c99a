"""A case offered to somebody in their messages: accepted by a press, declined with a reason."""

from collections.abc import Callable
from typing import Any

from bot.domain import commands
from bot.domain.permissions import Look
from bot.ports.places import Place
from bot.views import ids
from bot.views.cards.offer_card import offer
from handlers.dependencies import Body, Dependencies
from handlers.errors import NotDone
from handlers.intake import person_of, value_of
from handlers.listeners import Listeners
from handlers.replies import private
from handlers.sight import Sight

Ack = Callable[..., Any]


def register(app: Listeners, deps: Dependencies) -> None:
    @app.action(ids.ACCEPT)
    def accepted(ack: Ack, body: Body) -> None:
        ref, person = value_of(body), person_of(body)
        deps.do(ref, commands.Accept(), deps.actor(person))
        ack()
        settle(place_of(body), ref, person, deps)


def place_of(body: Body) -> Place | None:
    """Where the pressed message is; None where it was not a message."""
    container = body.get("container") or {}
    is_message = container.get("type") == "message" and not container.get("is_ephemeral")
    return Place.of(container["channel_id"], container["message_ts"]) if is_message else None


def settle(place: Place | None, ref: str, person: str, deps: Dependencies) -> None:
    """An answered offer must not look open."""
    if not place:
        return

    def redraw() -> None:
        try:
            message = offer(Sight(person, place.channel, deps).again(ref, Look.FORM), person, deps.screen)
        except NotDone:  # who declined and holds no role reads nothing of it any more
            message = private(f"You have answered this: {ref}.")
        deps.asking.chat_update(channel=place.channel, ts=place.ts, text=message.text, blocks=message.blocks)

    deps.background.do("offer", redraw)
