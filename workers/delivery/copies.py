"""What was posted twice, since Slack took it without an answer: the one that is no card of its case leads to that."""

from collections.abc import Sequence

from bot.late_posts import shown_under
from bot.ports.damaged import DamageStore
from bot.ports.destination import HELD, Destination, OutboxKind
from bot.ports.outbox import Outgoing
from bot.ports.places import Place, digest_key, page_key
from bot.rows_again import named
from bot.slack.post_keys import Posted
from bot.slack.slack_chat import LOOKS_BACK, PostDeclined
from bot.views.message import Renderer
from workers.delivery.case_cards import by_key
from workers.delivery.held_lane import NotNow
from workers.delivery.turn import Turn

_ASKED_IN_DOUBT = 20  # times, half a minute apart: then a digest is left as it is


class Copies:
    def __init__(self, renderer: Renderer, damaged: DamageStore) -> None:
        self._renderer = renderer
        self._damaged = damaged

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
        posts = sorted(turn.posted_in(channel, since), key=lambda post: float(post.ts))
        for key, together in by_key(asked, lambda row: row.key).items():
            with turn.apart(together, is_awaited=False):
                carry_it = [post for post in posts if post.carries(key)]
                is_done = self._lead_on(turn, together[0], channel, carry_it)
                (turn.done if is_done else turn.later)(together)

    def _lead_on(self, turn: Turn, row: Outgoing, channel: str, posts: Sequence[Posted]) -> bool:
        """To where its case is shown, of that or what came after it; or, since not all see another channel, to the last
        that was made for it alone. Where it is shown nowhere, it may be asked here alone. Whether nothing is left."""
        key = shown_under(row)
        kept = turn.outbox.card(key) if key else None
        if kept is None:
            return True
        places = {Place.of(channel, post.ts): post for post in posts}
        alone = [place for place, post in places.items() if not post.also]
        if kept.channel != channel:
            if alone:
                self._shrink(turn, alone, alone[-1])
            return True
        self._shrink(turn, alone, kept)
        digests = [place for place, post in places.items() if _may_be_left(turn, place, post)]
        if digests and self._is_in_doubt(turn):
            return row.tries >= _ASKED_IN_DOUBT
        self._shrink(turn, digests, kept)
        return True

    def _is_in_doubt(self, turn: Turn) -> bool:
        """Whether something of this lane may be found yet in a post that nothing is known of."""
        lanes = (turn.lane, *(Destination.of(kind, turn.lane) for kind in HELD))
        damaged = [each.lane for each in self._damaged.all() if each.mark and not each.mended]
        return any(lane in damaged or turn.outbox.doubtful(lane) for lane in lanes)

    def _shrink(self, turn: Turn, copies: Sequence[Place], kept: Place) -> None:
        for copy in copies:
            if copy != kept:
                self._lead(turn, copy, kept)

    def _lead(self, turn: Turn, copy: Place, kept: Place) -> None:
        try:
            turn.redraw(copy, self._renderer.sent_twice(turn.link(kept)))
        except PostDeclined as no:
            if not no.is_gone:
                raise


def _may_be_left(turn: Turn, place: Place, post: Posted) -> bool:
    """Made for several, and no card of any of its cases: who made it, or found it, has written that down. An earlier
    release did not where it found one alone."""
    if not (post.also and post.cases):
        return False
    name = named(post.first)
    of_the_first = turn.outbox.card(page_key(turn.lane, name.ref)) if name else None
    return of_the_first != place and not turn.outbox.listed(digest_key(place))
