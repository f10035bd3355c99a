"""The case channel: each case's card, edited in place, with the case's only thread under it."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

import structlog
from msgspec.structs import replace

from bot.outgoing import row_id
from bot.ports.cases import CaseStore
from bot.ports.destination import OutboxKind
from bot.ports.outbox import EDITS, Outgoing
from bot.ports.places import Place, case_key, listed, older_key
from bot.slack.slack_chat import PostDeclined
from bot.views.blocks import marking
from bot.views.message import Message, Renderer
from workers.delivery.held_lane import NotNow
from workers.delivery.outcomes import case_of
from workers.delivery.turn import Turn

Thing = TypeVar("Thing")
Key = TypeVar("Key", bound=Hashable)

log = structlog.get_logger()

# Several lines that wait for one thread go in one post: one post per second is all that a channel takes.
_LINES_TOGETHER = 10


class CaseCards:
    def __init__(self, cases: CaseStore, renderer: Renderer) -> None:
        self._cases = cases
        self._renderer = renderer

    def post(self, turn: Turn, rows: Sequence[Outgoing]) -> None:
        """New cards first: who looks at the channel sees every child before any child's history."""
        cards = by_case(row for row in rows if row.kind == OutboxKind.CARD)
        for ref, together in cards.items():
            if any(not row.is_edit for row in together):
                with turn.apart(together):
                    self._card(turn, ref, together)
        for ref, together in by_case(row for row in rows if row.kind == OutboxKind.LINE).items():
            with turn.apart(together):
                self._history(turn, ref, sorted(together, key=lambda row: row.version))

    def redraw(self, turn: Turn, rows: Sequence[Outgoing]) -> None:
        """Each card once, however many rows asked for it."""
        for ref, together in by_case(row for row in rows if row.kind == OutboxKind.CARD).items():
            with turn.apart(together):
                self._card(turn, ref, together)

    def _card(self, turn: Turn, ref: str, rows: list[Outgoing]) -> None:
        """One edit or one post, however many rows asked for it."""
        message = self._renderer.card(case_of(self._cases, ref))
        where = turn.outbox.card(case_key(ref))
        if where and turn.edit(where, message):
            self._lead_on(turn, ref, where, rows)
            turn.done(rows)
            return
        if where:
            self._forget(turn, ref, where)
        self.arrived(turn, rows, turn.post(rows, message))

    def arrived(self, turn: Turn, rows: Sequence[Outgoing], ts: str) -> None:
        """A new card is in its place."""
        where = turn.place(ts)
        self._has_to_lead_on(turn, rows[0], where)
        turn.done(rows, {case_key(rows[0].ref): where})

    def _forget(self, turn: Turn, ref: str, where: Place) -> None:
        """Somebody deleted the card, or locked its thread: a newer one is posted, though perhaps not in this turn."""
        key = older_key(turn.lane, ref)
        older = dict.fromkeys((*turn.outbox.listed(key), where))
        turn.done([], {case_key(ref): "", key: listed(older)})

    def _has_to_lead_on(self, turn: Turn, asking: Outgoing, newer: Place) -> None:
        """Where an older card may still stand, a row of its own sees to it, however long Slack takes, and until no
        drawing of it can be on its way: the newer one is drawn anew for it."""
        if turn.outbox.listed(older_key(turn.lane, asking.ref)):
            turn.ask_again([_of_the_card(asking, newer)])

    def _lead_on(self, turn: Turn, ref: str, newer: Place, rows: Sequence[Outgoing]) -> None:
        """Each card before it, if it still stands, says where the case goes on."""
        key = older_key(turn.lane, ref)
        if older := turn.outbox.listed(key):
            moved = self._renderer.moved(turn.link(newer))
            for each in older:
                turn.edit(Place(each), moved)
            if turn.is_settled(rows):
                turn.done([], {key: ""})

    def _history(self, turn: Turn, ref: str, rows: list[Outgoing]) -> None:
        for first in range(0, len(rows), _LINES_TOGETHER):
            self._lines(turn, ref, rows[first : first + _LINES_TOGETHER])

    def _lines(self, turn: Turn, ref: str, rows: list[Outgoing]) -> None:
        message = self._said(ref, rows)
        if message is not None:
            where = turn.outbox.card(case_key(ref)) or self._begin_anew(turn, ref, rows[0])
            self._reply(turn, ref, where, rows, message)
        turn.done(rows)

    def _reply(self, turn: Turn, ref: str, where: Place, rows: list[Outgoing], message: Message) -> None:
        try:
            turn.post(rows, message, thread=where.ts)
        except PostDeclined as no:
            if not no.is_gone:
                raise
            log.error("thread takes no more, the case gets a new card", lane=turn.lane, code=no.code)
            self._forget(turn, ref, where)
            raise NotNow(0.0) from no  # in the next turn the card, and then the lines under it

    def _begin_anew(self, turn: Turn, ref: str, asking: Outgoing) -> Place:
        """A card for lines that have none, so that no line is lost. Where it is."""
        older = listed(turn.outbox.listed(older_key(turn.lane, ref)))
        ts = turn.post_once(f"{ref} after {older}", self._renderer.card(case_of(self._cases, ref)))
        newer = turn.place(ts)
        turn.disclosed([_of_the_card(asking, newer)])
        self._has_to_lead_on(turn, asking, newer)
        turn.done([], {case_key(ref): newer})
        return newer

    def _said(self, ref: str, rows: list[Outgoing]) -> Message | None:
        case, entries = case_of(self._cases, ref), self._cases.entries(ref)
        lines = [self._renderer.line(case, entries[row.version - 1]) for row in rows]
        said = [line for line in lines if line is not None]
        if not said:
            return None
        # However many lines go in one post, it is marked once, at its end.
        shown = [block for line in said for block in line.blocks if block != marking()]
        return Message(
            text="\n".join(line.text for line in said), blocks=[*shown, marking()] if shown else []
        )


def _of_the_card(row: Outgoing, where: Place) -> Outgoing:
    id = f"{row_id(row.ref, row.version, OutboxKind.CARD, row.lane)}:{where.ts}"
    rank = max(row.rank, EDITS)
    return replace(row, id=id, kind=OutboxKind.CARD, rank=rank, tries=0, again=False, drawn_at=0.0)


def by_case(rows: Iterable[Outgoing]) -> dict[str, list[Outgoing]]:
    """In the order in which the cases first appear."""
    return by_key(rows, lambda row: row.ref)


def by_key(things: Iterable[Thing], key: Callable[[Thing], Key]) -> dict[Key, list[Thing]]:
    found: dict[Key, list[Thing]] = {}
    for thing in things:
        found.setdefault(key(thing), []).append(thing)
    return found
