"""What was posted twice, since Slack took it without an answer: the one that is no card of its case leads to that."""

from collections.abc import Sequence

from bot.late_posts import shown_under
from bot.ports.destination import OutboxKind
from bot.ports.outbox import Outgoing
from bot.ports.places import Place
from bot.slack.slack_chat import LOOKS_BACK, PostDeclined
from bot.views.message import Renderer
from workers.delivery.case_cards import by_key
from workers.delivery.held_lane import NotNow
from workers.delivery.turn import Turn


class Copies:
    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer

    def shrink(self, turn: Turn, rows: Sequence[Outgoing]) -> None:
        """Once it is known where each is shown. What Slack, or the pace of edits, does not take now is done in half a
        minute: whatever else is looked for in the channel needs its looks."""
        rows = [row for row in rows if row.kind == OutboxKind.COPIES and row.place]
        undecided = turn.still_wait([row.key for row in rows])
        turn.put_by([row for row in rows if row.key in undecided])
        asked = [row for row in rows if row.key not in undecided]
        try:
            # Where each was posted: the lane may go elsewhere by now.
            for channel, there in by_key(asked, lambda row: row.place.channel if row.place else "").items():
                with turn.apart(there, is_awaited=False):
                    self._look(turn, channel, there)
        except NotNow:
            turn.later(asked)

    def _look(self, turn: Turn, channel: str, asked: Sequence[Outgoing]) -> None:
        """One for all of a channel; then key by key, so that what was done stays done."""
        since = min(float(row.place.ts) for row in asked if row.place) - LOOKS_BACK
        found = by_key(turn.posted_alone(channel, since), lambda each: each[0])
        for key, together in by_key(asked, lambda row: row.key).items():
            in_order = sorted((ts for _, ts in found.get(key, ())), key=float)
            with turn.apart(together, is_awaited=False):
                self._lead_on(turn, together[0], [Place.of(channel, ts) for ts in in_order])
                turn.done(together)

    def _lead_on(self, turn: Turn, row: Outgoing, copies: Sequence[Place]) -> None:
        """To where its case is shown, of that or what came after it; or, since not all see another channel, to the last
        of them in their own. Where it is shown nowhere, it may be asked here alone."""
        key = shown_under(row)
        kept = turn.outbox.card(key) if key else None
        if kept is None or not copies:
            return
        stays = kept if kept.channel == copies[-1].channel else copies[-1]
        for copy in copies:
            if copy != stays:
                self._shrink(turn, copy, stays)

    def _shrink(self, turn: Turn, copy: Place, kept: Place) -> None:
        try:
            turn.redraw(copy, self._renderer.sent_twice(turn.link(kept)))
        except PostDeclined as no:
            if not no.is_gone:
                raise
