"""What was posted twice, since Slack took it without an answer: the one that nobody keeps leads to the other."""

from collections.abc import Sequence

from bot.ports.destination import HELD, Destination, LaneKind, OutboxKind
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
from workers.delivery.held_lane import NotNow
from workers.delivery.turn import Turn

_AT_ONCE = 2000  # rows of one lane


class Copies:
    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer

    def shrink(self, turn: Turn, rows: Sequence[Outgoing]) -> None:
        """One look for all of them, once it is known which is kept. What Slack, or the pace of edits, does not take now
        is done in half a minute: whatever else is looked for in the channel needs its looks."""
        rows = [row for row in rows if _is_looked_for(row)]
        undecided = _undecided(turn, rows)
        turn.put_by([row for row in rows if row.key in undecided])
        asked = [row for row in rows if row.key not in undecided]
        if not asked:
            return
        try:
            with turn.apart(asked, is_awaited=False):
                self._look(turn, asked)
        except NotNow:
            turn.later(asked)

    def _look(self, turn: Turn, asked: Sequence[Outgoing]) -> None:
        """Key by key, so that what was done stays done."""
        since = min(float(row.place.ts) for row in asked if row.place) - LOOKS_BACK
        found = turn.copies({row.key for row in asked}, since)
        kept = _kept(turn, asked)
        for key, together in by_key(asked, lambda row: row.key).items():
            copies = {turn.place(ts) for ts in found[key]} - {*kept.values()}
            with turn.apart(together, is_awaited=False):
                for copy in sorted(copies):
                    self._lead_on(turn, copy, kept[key])
                turn.done(together)

    def _lead_on(self, turn: Turn, copy: Place, kept: Place) -> None:
        """Not into another channel, which not all see, nor from a digest that others live in."""
        if copy.channel == kept.channel and not turn.outbox.listed(digest_key(copy)):
            self._shrink(turn, copy, kept)

    def _shrink(self, turn: Turn, copy: Place, kept: Place) -> None:
        try:
            turn.redraw(copy, self._renderer.sent_twice(turn.link(kept)))
        except PostDeclined as no:
            if not no.is_gone:
                raise


def _undecided(turn: Turn, rows: Sequence[Outgoing]) -> frozenset[str]:
    """Keys: all of them while anything of the lane is in doubt, since it may stand in a copy, and there alone."""
    keys = frozenset(row.key for row in rows)
    lanes = (turn.lane, *(Destination.of(held, turn.lane) for held in HELD)) if keys else ()
    return keys if any(map(turn.outbox.doubtful, lanes)) else turn.still_wait(keys)


def _kept(turn: Turn, asked: Sequence[Outgoing]) -> dict[str, Place]:
    """By key, of all that is looked for, put by or not: what one says more than another may be asked there alone."""
    lanes = (turn.lane, Destination.of(LaneKind.POSTPONED, turn.lane))
    rows = [row for lane in lanes for row in turn.outbox.pending(lane, _AT_ONCE)]
    copies = by_key(filter(_is_looked_for, [*asked, *rows]), lambda row: row.key)
    return {key: _kept_of(turn, together) for key, together in copies.items()}


def _is_looked_for(row: Outgoing) -> bool:
    return row.kind == OutboxKind.COPIES and row.place is not None


def _kept_of(turn: Turn, rows: Sequence[Outgoing]) -> Place:
    """Where it is shown, or what came after it; of what has no such place that which is looked for the longest."""
    key = _shown_under(rows[0])
    shown = turn.outbox.card(key) if key else None
    return shown or max((row.drawn_at, row.place) for row in rows if row.place)[1]


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
