"""What was posted twice, since Slack took it without an answer: the one that nobody keeps leads to the other."""

from collections.abc import Mapping, Sequence

from bot.ports.destination import OutboxKind
from bot.ports.outbox import Outgoing
from bot.ports.places import Place, case_key, digest_key, offer_key, page_key
from bot.slack.slack_chat import LOOKS_BACK, PostDeclined
from bot.views.message import Renderer
from workers.delivery.turn import Turn


class Copies:
    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer

    def shrink(self, turn: Turn, rows: Sequence[Outgoing]) -> None:
        """One look for all of them."""
        asked = {row: row.place for row in rows if row.kind == OutboxKind.COPIES and row.place}
        if not asked:
            return
        with turn.apart(list(asked), is_awaited=False):
            since = min(float(kept.ts) for kept in asked.values()) - LOOKS_BACK
            found = turn.copies({row.key for row in asked}, since)
            for copy, kept in _copies(turn, asked, found).items():
                self._shrink(turn, copy, kept)
            turn.done(list(asked))

    def _shrink(self, turn: Turn, copy: Place, kept: Place) -> None:
        try:
            turn.redraw(copy, self._renderer.sent_twice(turn.link(kept)))
        except PostDeclined as no:
            if not no.is_gone:
                raise


def _copies(turn: Turn, asked: Mapping[Outgoing, Place], found: Mapping[str, set[str]]) -> dict[Place, Place]:
    """Each with the one that is kept."""
    copies = {turn.place(ts): (row, kept) for row, kept in asked.items() for ts in sorted(found[row.key])}
    return {copy: kept for copy, (row, kept) in copies.items() if not _is_kept(turn, copy, row, kept)}


def _is_kept(turn: Turn, copy: Place, row: Outgoing, kept: Place) -> bool:
    """Also where something of it is shown since."""
    shown = (page_key(turn.lane, row.ref), case_key(row.ref), offer_key(turn.lane, row.ref))
    return copy in (kept, *turn.outbox.cards(shown).values()) or bool(turn.outbox.listed(digest_key(copy)))
