"""What was posted twice, since Slack took it without an answer: the one that nobody keeps leads to the other."""

from collections.abc import Collection, Mapping, Sequence

from bot.ports.destination import OutboxKind
from bot.ports.outbox import Outgoing
from bot.ports.places import (
    CardKey,
    Place,
    case_key,
    declined_key,
    digest_key,
    handover_key,
    offer_key,
    page_key,
)
from bot.ports.rosters import ROSTER
from bot.rows_again import named
from bot.slack.slack_chat import LOOKS_BACK, PostDeclined
from bot.views.message import Renderer
from workers.delivery.case_cards import by_key
from workers.delivery.turn import Turn


class Copies:
    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer

    def shrink(self, turn: Turn, rows: Sequence[Outgoing]) -> None:
        """One look for all of them, once it is known which is kept."""
        rows = [row for row in rows if row.kind == OutboxKind.COPIES and row.place]
        undecided = turn.still_wait([row.key for row in rows])
        turn.put_by([row for row in rows if row.key in undecided])
        asked = [row for row in rows if row.key not in undecided]
        if not asked:
            return
        with turn.apart(asked, is_awaited=False):
            since = min(float(row.place.ts) for row in asked if row.place) - LOOKS_BACK
            found = turn.copies({row.key for row in asked}, since)
            for copy, kept in _copies(turn, asked, found).items():
                self._shrink(turn, copy, kept)
            turn.done(asked)

    def _shrink(self, turn: Turn, copy: Place, kept: Place) -> None:
        try:
            turn.redraw(copy, self._renderer.sent_twice(turn.link(kept)))
        except PostDeclined as no:
            if not no.is_gone:
                raise


def _copies(
    turn: Turn, asked: Sequence[Outgoing], found: Mapping[str, Collection[str]]
) -> dict[Place, Place]:
    """Each with the one that is kept."""
    copies: dict[Place, Place] = {}
    for key, together in by_key(asked, lambda row: row.key).items():
        kept = _kept(turn, together)
        others = [place for place in map(turn.place, sorted(found[key], key=float)) if place != kept]
        copies |= {place: kept for place in others if not turn.outbox.listed(digest_key(place))}
    return copies


def _kept(turn: Turn, rows: Sequence[Outgoing]) -> Place:
    """Where it is shown, or what came after it; of what has no such place the last."""
    key = _shown_under(rows[0])
    shown = turn.outbox.card(key) if key else None
    return shown or max((row.place for row in rows if row.place), key=lambda place: float(place.ts))


def _shown_under(row: Outgoing) -> CardKey | None:
    name = named(row.key)
    match name.kind if name else None:
        case OutboxKind.CARD:
            return case_key(row.ref)
        case OutboxKind.PAGE if row.ref != ROSTER:
            return page_key(row.lane, row.ref)
        case OutboxKind.OFFER:
            return offer_key(row.lane, row.ref)
        case OutboxKind.DECLINED:
            return declined_key(row.lane, row.ref)
        case OutboxKind.HANDOVER:
            return handover_key(row.lane, row.version)
    return None
