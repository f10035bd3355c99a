"""What was posted twice, since Slack took it without an answer: the one that is no card of its case leads to that."""

from collections.abc import Iterable, Sequence

from bot.late_posts import shown_under
from bot.ports.destination import OutboxKind
from bot.ports.outbox import Outgoing
from bot.ports.places import Place
from bot.slack.slack_chat import PostDeclined
from bot.views.message import Renderer
from workers.delivery.case_cards import by_key
from workers.delivery.held_lane import NotNow
from workers.delivery.turn import Turn


class Copies:
    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer

    def shrink(self, turn: Turn, rows: Sequence[Outgoing]) -> None:
        """One look for all of them, once it is known where each is shown. What Slack, or the pace of edits, does not
        take now is done in half a minute: whatever else is looked for in the channel needs its looks."""
        rows = [row for row in rows if row.kind == OutboxKind.COPIES and row.place]
        undecided = turn.still_wait([row.key for row in rows])
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
        found = turn.copies(list(asked))
        for key, together in by_key(asked, lambda row: row.key).items():
            with turn.apart(together, is_awaited=False):
                self._lead_on(turn, together[0], found[key])
                turn.done(together)

    def _lead_on(self, turn: Turn, row: Outgoing, found: Iterable[Place]) -> None:
        """To where its case is shown, of that or what came after it; or, since not all see another channel, to the last
        of them in its own. Where it is shown nowhere, it may be asked here alone."""
        key = shown_under(row)
        if not (kept := turn.outbox.card(key) if key else None):
            return
        in_order = sorted(found, key=lambda place: float(place.ts))
        for channel, copies in by_key(in_order, lambda place: place.channel).items():
            stays = kept if kept.channel == channel else copies[-1]
            for copy in copies:
                if copy != stays:
                    self._shrink(turn, copy, stays)

    def _shrink(self, turn: Turn, copy: Place, kept: Place) -> None:
        try:
            turn.redraw(copy, self._renderer.sent_twice(turn.link(kept)))
        except PostDeclined as no:
            if not no.is_gone:
                raise
