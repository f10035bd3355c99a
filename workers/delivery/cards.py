"""The case channel: each case's card, edited in place, with the case's only thread under it."""

from collections.abc import Iterable, Sequence

import structlog

from bot.ports import CaseStore, Outgoing
from bot.slack_chat import Declined
from bot.views.blocks import marking
from bot.views.message import Message, Renderer
from workers.delivery.reading import case_of
from workers.delivery.turn import Turn

log = structlog.get_logger()

# Several lines that wait for one thread go in one post: one post per second is all that a channel takes.
_LINES_TOGETHER = 10


class CaseCards:
    def __init__(self, cases: CaseStore, renderer: Renderer) -> None:
        self._cases = cases
        self._renderer = renderer

    def post(self, turn: Turn, rows: Sequence[Outgoing]) -> None:
        """New cards first: who looks at the channel sees every child before any child's history."""
        cards = by_case(row for row in rows if row.kind == "card")
        for ref, together in cards.items():
            if any(not row.is_edit for row in together):
                with turn.aside_if_unreadable(together):
                    self._card(turn, ref, together)
        for ref, together in by_case(row for row in rows if row.kind == "line").items():
            with turn.aside_if_unreadable(together):
                self._history(turn, ref, sorted(together, key=lambda row: row.version))

    def redraw(self, turn: Turn, rows: Sequence[Outgoing]) -> None:
        """Each card once, however many rows asked for it."""
        for ref, together in by_case(row for row in rows if row.kind == "card").items():
            with turn.aside_if_unreadable(together):
                self._card(turn, ref, together)

    def _card(self, turn: Turn, ref: str, rows: list[Outgoing]) -> str:
        """Where the card is now, after one edit or one post, however many rows asked for it."""
        message = self._renderer.card(case_of(self._cases, ref))
        where = turn.outbox.card(case_key(ref))
        if where and not turn.edit(where, message):
            turn.done(
                [], {case_key(ref): (where := "")}
            )  # so that it is posted, though perhaps not in this turn
        if not where:
            where = f"{turn.channel}:{turn.post(rows, message)}"
        turn.done(rows, {case_key(ref): where})
        return where

    def _history(self, turn: Turn, ref: str, rows: list[Outgoing]) -> None:
        for first in range(0, len(rows), _LINES_TOGETHER):
            self._lines(turn, ref, rows[first : first + _LINES_TOGETHER])

    def _lines(self, turn: Turn, ref: str, rows: list[Outgoing]) -> None:
        message = self._said(ref, rows)
        if message is not None:
            # The card was sent before its lines; where Redis lost its place, a new card says as much as the lines.
            where = turn.outbox.card(case_key(ref)) or self._card(turn, ref, rows)
            self._reply(turn, where, rows, message)
        turn.done(rows)

    def _reply(self, turn: Turn, where: str, rows: list[Outgoing], message: Message) -> None:
        try:
            turn.post(rows, message, thread=where.split(":")[1])
        except Declined as no:
            if not no.is_gone:
                raise
            # Somebody deleted the card. The record has the line; it must not hold up the lane.
            log.error("thread is gone, line dropped", lane=turn.lane, code=no.code)

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


def case_key(ref: str) -> str:
    return f"case:{ref}"


def by_case(rows: Iterable[Outgoing]) -> dict[str, list[Outgoing]]:
    """In the order in which the cases first appear."""
    found: dict[str, list[Outgoing]] = {}
    for row in rows:
        found.setdefault(row.ref, []).append(row)
    return found
