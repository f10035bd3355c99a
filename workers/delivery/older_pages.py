"""Page cards that a newer page replaced: each shrinks to the line that leads to it, however long Slack takes."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import structlog
from msgspec.structs import replace

from bot.domain.case import Case
from bot.outgoing import row_id
from bot.ports.cases import CaseStore
from bot.ports.destination import Destination, OutboxKind
from bot.ports.metrics import Metric, Metrics
from bot.ports.outbox import EDITS, Outbox, Outgoing
from bot.ports.places import CardKey, ListKey, Place, digest_key, listed, older_key, page_key
from bot.slack.slack_chat import PostDeclined
from bot.views.message import Message, Renderer
from workers.delivery.case_cards import by_case
from workers.delivery.outcomes import case_of
from workers.delivery.turn import Turn, TurnLost, Unanswered

log = structlog.get_logger()


class Older:
    def __init__(self, cases: CaseStore, renderer: Renderer, metrics: Metrics) -> None:
        self._cases = cases
        self._renderer = renderer
        self._metrics = metrics

    def shrink(self, turn: Turn, rows: Sequence[Outgoing]) -> None:
        """Card by card, so that what was done stays done where Slack asks to wait. One digest is the older card of many
        cases: it is edited once for all of them."""
        for row in rows:
            if row.place:
                with self._apart(turn, [row]):
                    self._shrink(turn, row.ref, row.place)
                    turn.done([row])
        self._shrink_listed(turn, by_case(row for row in rows if not row.place))

    def _shrink_listed(self, turn: Turn, asked: Mapping[str, list[Outgoing]]) -> None:
        cards: dict[Place, list[str]] = {}
        for ref, places in _older(turn, asked).items():
            for place in places:
                cards.setdefault(place, []).append(ref)
        whole = {ref for refs in cards.values() for ref in refs}
        if idle := [row for ref, rows in asked.items() if ref not in whole for row in rows]:
            turn.done(idle)
        for place, refs in cards.items():
            together = [row for ref in refs for row in asked[ref]]
            with drawn_at(place, turn, together[0]), self._apart(turn, together):
                self._shrink(turn, refs[-1], place)
                self._settle(turn, asked, refs, place)

    @contextmanager
    def _apart(self, turn: Turn, rows: Sequence[Outgoing]) -> Iterator[None]:
        """Nobody waits for an older card: where Slack does not answer for it, the others go on."""
        with turn.apart(rows):
            try:
                yield
            except Unanswered:
                turn.later(rows)

    def _settle(
        self, turn: Turn, asked: Mapping[str, list[Outgoing]], refs: Iterable[str], place: Place
    ) -> None:
        """That card is no older card of these cases any more; a case without any other is done."""
        older = _older(turn, refs)
        left = {ref: [other for other in places if other != place] for ref, places in older.items()}
        rows = [row for ref, others in left.items() if not others for row in asked[ref]]
        turn.done(rows, {older_key(turn.lane, ref): listed(others) for ref, others in left.items()})

    def _shrink(self, turn: Turn, ref: str, place: Place) -> None:
        newest = turn.outbox.card(page_key(turn.lane, ref))
        if newest is None:
            return
        try:
            # For one that lives there again, too: Slack's answer says what time it is.
            link = turn.link(newest)
            if newest != place or turn.outbox.listed(digest_key(place)):
                turn.redraw(place, self._shrunk(turn, ref, place, link))
        except PostDeclined as no:
            if not no.is_gone:
                raise
            self._metrics.count(Metric.CARDS_LEFT)
            log.warning("older page card left as it is", lane=turn.lane, why=no.code)

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


def live_in_digest(turn: Turn, place: Place, cases: CaseStore) -> tuple[list[Case], tuple[str, ...]]:
    """The cases whose newest page is that digest, and the references of those that cannot be read."""
    refs = turn.outbox.listed(digest_key(place))
    newest = turn.outbox.cards([page_key(turn.lane, ref) for ref in refs])
    return cases.readable([ref for ref in refs if newest.get(page_key(turn.lane, ref)) == place])


def _older(turn: Turn, refs: Iterable[str]) -> dict[str, list[Place]]:
    keys = {ref: older_key(turn.lane, ref) for ref in refs}
    found = turn.outbox.lists(list(keys.values()))
    return {ref: [Place(each) for each in found.get(key, ())] for ref, key in keys.items()}


@contextmanager
def drawn_at(where: Place | None, turn: Turn, row: Outgoing) -> Iterator[None]:
    """What is drawn may come after a newer card: of whoever has the lane now, where it is lost meanwhile, or of a later
    turn, where Slack does not answer. The one at `where` shrinks once more then, in its own turn."""
    try:
        yield
    except (TurnLost, Unanswered):
        if where:
            turn.outbox.ask_again(turn.lane, [shrinks_again(row, where)])
        raise


def shrinks_again(row: Outgoing, where: Place) -> Outgoing:
    """`row`: what was drawn there."""
    return replace(
        row,
        id=f"{row_id(row.ref, row.version, OutboxKind.SHRINK, row.lane)}:{where}",
        kind=OutboxKind.SHRINK,
        role=None,
        lines=(),
        rank=max(row.rank, EDITS),
        place=where,
        tries=0,
        again=True,
        drawn_at=0.0,
    )
