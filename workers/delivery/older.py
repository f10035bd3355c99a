"""Page cards that a newer page replaced: each shrinks to the line that leads to it, however long Slack takes.

The outbox row that asks for it is written with the page's own; where the older cards are is written with the page's
arrival. So neither a crash nor a busy Slack leaves two cards that look open.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta

import structlog

from bot.domain.case import Case
from bot.ports.cases import CaseStore
from bot.ports.destination import Destination
from bot.ports.notes import Metrics
from bot.ports.outbox import Outbox, Outgoing
from bot.ports.places import CardKey, ListKey, Place, digest_key, listed, older_key, page_key
from bot.slack.slack_chat import PostDeclined
from bot.views.message import Message, Renderer
from workers.delivery.case_cards import by_case
from workers.delivery.outcomes import case_of
from workers.delivery.turn import Turn

log = structlog.get_logger()

Waited = Callable[[Outgoing, timedelta], bool]
_TRIED_FOR = timedelta(
    hours=1
)  # of a real clock; a click on the older card says where the newest is all the same


class Older:
    def __init__(self, cases: CaseStore, renderer: Renderer, metrics: Metrics, waited: Waited) -> None:
        self._cases = cases
        self._renderer = renderer
        self._metrics = metrics
        self._waited = waited

    def shrink(self, turn: Turn, rows: Sequence[Outgoing]) -> None:
        """Card by card, so that what was done stays done where Slack asks to wait. One digest is the older card of many
        cases: it is edited once for all of them."""
        asked = by_case(rows)
        cards: dict[Place, list[str]] = {}
        for ref in asked:
            for place in _places(turn, ref):
                cards.setdefault(place, []).append(ref)
        whole = {ref for refs in cards.values() for ref in refs}
        if idle := [row for row in rows if row.ref not in whole]:
            turn.done(idle)
        for place, refs in cards.items():
            together = [row for ref in refs for row in asked[ref]]
            with turn.apart(together):
                self._shrink(
                    turn, refs[-1], place, is_late=all(self._waited(row, _TRIED_FOR) for row in together)
                )
                self._settle(turn, asked, refs, place)

    def _settle(
        self, turn: Turn, asked: Mapping[str, list[Outgoing]], refs: Iterable[str], place: Place
    ) -> None:
        """That card is no older card of these cases any more; a case without any other is done."""
        left = {ref: [other for other in _places(turn, ref) if other != place] for ref in refs}
        rows = [row for ref, others in left.items() if not others for row in asked[ref]]
        turn.done(rows, {older_key(turn.lane, ref): listed(others) for ref, others in left.items()})

    def _shrink(self, turn: Turn, ref: str, place: Place, *, is_late: bool) -> None:
        newest = turn.outbox.card(page_key(turn.lane, ref))
        if newest is None or newest == place:
            return
        if is_late:
            self._leave(turn, "tried for an hour")
            return
        try:
            turn.edit(place, self._shrunk(turn, ref, place, turn.link(newest)))
        except PostDeclined as no:
            if not no.is_gone:
                raise
            self._leave(turn, no.code)

    def _shrunk(self, turn: Turn, ref: str, place: Place, link: str) -> Message:
        """A digest shrinks once none of its cases lives there any more; until then it shows those that do."""
        role = turn.lane.role
        if turn.outbox.listed(digest_key(place)):
            left, unread = live_in_digest(turn, place, self._cases)
            if left or unread:
                return self._renderer.digest(left, role, unreadable=unread)
            return self._renderer.superseded_digest(link)
        case = case_of(self._cases, ref)
        return self._renderer.superseded(case, self._cases.entries(ref), role, link=link)

    def _leave(self, turn: Turn, why: str) -> None:
        self._metrics.count("cards_not_shrunk")
        log.warning("older page card left as it is", lane=turn.lane, why=why)


def older_after(
    outbox: Outbox, lane: Destination, refs: Iterable[str], where: Place
) -> dict[CardKey | ListKey, str]:
    """What to remember when a page for these cases has arrived at `where`: the cards that it replaces."""
    kept: dict[CardKey | ListKey, str] = {}
    for ref in refs:
        replaced = [*outbox.listed(older_key(lane, ref)), outbox.card(page_key(lane, ref))]
        kept[older_key(lane, ref)] = listed(dict.fromkeys(one for one in replaced if one and one != where))
    return {key: places for key, places in kept.items() if places}


def live_in_digest(turn: Turn, place: Place, cases: CaseStore) -> tuple[list[Case], tuple[str, ...]]:
    """The cases whose newest page is that digest, and the references of those that cannot be read."""
    refs = turn.outbox.listed(digest_key(place))
    return cases.readable([ref for ref in refs if turn.outbox.card(page_key(turn.lane, ref)) == place])


def _places(turn: Turn, ref: str) -> list[Place]:
    return [Place(each) for each in turn.outbox.listed(older_key(turn.lane, ref))]
