"""Earlier episodes on page 2 of a report: found, shown, noted as seen, and recognised as the same child's."""

from collections.abc import Callable, Sequence
from typing import Any

from bot.domain import commands
from bot.domain.case import Case
from bot.domain.episodes import Likely, seen_before
from bot.domain.likeness import traces
from bot.domain.people import Actor
from bot.views import ids
from handlers.intake import person_of, value_of
from handlers.listeners import Listeners
from handlers.live import Live
from handlers.parts import Body, Parts

_OF_EACH_TRACE = 100  # the newest; a name that a hundred children share says nothing by itself
_UNREAD = 50  # are named; a view carries them through its redraws


def register(app: Listeners, parts: Parts, live: Live) -> None:
    @app.action(ids.SAME_CHILD)
    def same_child(ack: Callable[..., Any], body: Body) -> None:
        ref, _, earlier = value_of(body).partition(" ")
        parts.do(ref, commands.SameChild(earlier=earlier), parts.actor(person_of(body)))
        ack()
        live.redraw(body)


def look(case: Case, parts: Parts) -> tuple[tuple[Likely, ...], tuple[str, ...]]:
    """By person record, by incident number and birth date, by name. What was never typed finds nothing.

    And the references of those that could not be read: the report is saved, and its second page must come.
    """

    def candidates() -> tuple[list[Case], tuple[str, ...]]:
        person_ref = case.child.person_ref
        known = parts.cases.episodes(person_ref) if person_ref else []
        alike = parts.cases.alike(traces(case), _OF_EACH_TRACE)
        return parts.cases.readable(list(dict.fromkeys([*known, *case.same_as, *alike])))

    found, unread = parts.ask(candidates)
    return seen_before(case, found), unread[:_UNREAD]


def note_shown(case: Case, likely: Sequence[Likely], actor: Actor, parts: Parts) -> Case:
    """On the case, since a grade was chosen with these in sight; and in the log of who looked at what."""
    if not likely:
        return case
    refs = tuple(each.case.ref for each in likely)
    for ref in refs:
        parts.viewed(actor, ref, "earlier episode")
    return parts.do(case.ref, commands.ShowEpisodes(refs=refs), actor).case
