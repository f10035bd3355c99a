"""Page cards that a newer page replaced: each shrinks to the line that leads to it, however long Slack takes."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from bot.outgoing import edit_after
from bot.ports.destination import Destination, OutboxKind
from bot.ports.outbox import Outbox, Outgoing
from bot.ports.places import CardKey, ListKey, Place, listed, older_key, page_key
from workers.delivery.case_cards import by_case
from workers.delivery.held_lane import Unanswered
from workers.delivery.page_cards import PageCards
from workers.delivery.turn import Turn


class Older:
    def __init__(self, cards: PageCards) -> None:
        self._cards = cards

    def shrink(self, turn: Turn, rows: Sequence[Outgoing]) -> None:
        """Card by card, so that what was done stays done where Slack asks to wait. One digest is the older card of many
        cases: it is edited once for all of them."""
        asked = by_case(rows)
        cards: dict[Place, list[str]] = {}
        for ref, places in _older(turn, asked).items():
            for place in places:
                cards.setdefault(place, []).append(ref)
        whole = {ref for refs in cards.values() for ref in refs}
        if idle := [row for ref, rows in asked.items() if ref not in whole for row in rows]:
            turn.done(idle)
        for place, refs in cards.items():
            together = [row for ref in refs for row in asked[ref]]
            with turn.apart(together, where=place):
                self._shrink(turn, refs[-1], place, together[:1])
                self._settle(turn, asked, refs, place)

    def _shrink(self, turn: Turn, ref: str, place: Place, rows: Sequence[Outgoing]) -> None:
        """Nobody waits for it: what Slack does not answer has a row of its own from then on, and the others go on."""
        try:
            self._cards.draw(turn, ref, place)
        except Unanswered as wait:
            turn.later(wait.ahead or turn.ask_again(rows, place))

    def _settle(
        self, turn: Turn, asked: Mapping[str, list[Outgoing]], refs: Iterable[str], place: Place
    ) -> None:
        """That card is no older card of these cases any more; a case without any other is done."""
        older = _older(turn, refs)
        left = {ref: [other for other in places if other != place] for ref, places in older.items()}
        rows = [row for ref, others in left.items() if not others for row in asked[ref]]
        turn.done(rows, {older_key(turn.lane, ref): listed(others) for ref, others in left.items()})


def older_after(
    outbox: Outbox, lane: Destination, refs: Collection[str], where: Place
) -> dict[CardKey | ListKey, str]:
    """What to remember when a page for these cases has arrived at `where`: the cards that it replaces."""
    kept: dict[CardKey | ListKey, str] = {}
    older = outbox.lists([older_key(lane, ref) for ref in refs])
    newest = outbox.cards([page_key(lane, ref) for ref in refs])
    for ref in refs:
        replaced = [*older.get(older_key(lane, ref), ()), newest.get(page_key(lane, ref))]
        kept[older_key(lane, ref)] = listed(dict.fromkeys(one for one in replaced if one and one != where))
    return {key: places for key, places in kept.items() if places}


def ask_to_shrink(turn: Turn, pages: Iterable[Outgoing], replaced: Collection[CardKey | ListKey]) -> None:
    """A row for each case whose older card these pages replace. Before they are struck off: whoever goes on after a
    crash finds the page again, and asks again. `replaced`: the keys of the older cards."""
    asked = [page for page in pages if older_key(turn.lane, page.ref) in replaced]
    if asked:
        turn.outbox.ask_again(turn.lane, [edit_after(page, OutboxKind.SHRINK) for page in asked])


def _older(turn: Turn, refs: Iterable[str]) -> dict[str, list[Place]]:
    keys = {ref: older_key(turn.lane, ref) for ref in refs}
    found = turn.outbox.lists(list(keys.values()))
    return {ref: [Place(each) for each in found.get(key, ())] for ref, key in keys.items()}
