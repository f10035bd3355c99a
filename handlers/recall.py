"""Earlier episodes on page 2 of a report: found, shown, and recognised as the same child's."""

from collections.abc import Callable, Sequence
from typing import Any

from bot.domain import commands
from bot.domain.episodes import Likely
from bot.domain.permissions import Look
from bot.views import ids
from handlers.dependencies import Body, Dependencies
from handlers.intake import person_of, value_of
from handlers.listeners import Listeners
from handlers.live_pages.live_lines import Live
from handlers.sight import sight

UNREAD = 50  # are named; a view carries them through its redraws


def register(app: Listeners, deps: Dependencies, live: Live) -> None:
    @app.action(ids.SAME_CHILD)
    def same_child(ack: Callable[..., Any], body: Body) -> None:
        ref, earlier = ids.apart(value_of(body), 2)
        deps.do(ref, commands.SameChild(earlier=earlier), deps.actor(person_of(body)))
        ack()
        live.redraw(body)


def looked_at(likely: Sequence[Likely], body: Body, deps: Dependencies) -> None:
    """Each of them was put before this person, with the report that they have saved."""
    sight(body, deps).note(Look.EARLIER, [each.case.ref for each in likely])
