"""An edit that Slack has not answered may still be taken, after a newer one: its card is drawn again until none can be
on its way. By Slack's own clock, since ours may jump. Pure.
"""

from collections.abc import Iterable

from msgspec.structs import replace

from bot.ports.destination import OutboxKind
from bot.ports.outbox import EDITS, Outgoing

LATE = "late"  # how the id of a row ends that does so
_ON_ITS_WAY = 30.0  # seconds for which what nobody has answered may still come
# What asks for the first post of a card, and for an edit where it stands already.
_DRAWN_WHERE_IT_STANDS = (OutboxKind.CARD, OutboxKind.HANDOVER)


def drawn_again(rows: Iterable[Outgoing]) -> list[Outgoing]:
    """The rows that have the same cards drawn as they stand, now and after a while."""
    return [
        replace(row, id=_late(row), rank=max(row.rank, EDITS), tries=0, again=True, drawn_at=0.0)
        for row in rows
        if row.redraws or row.kind in _DRAWN_WHERE_IT_STANDS
    ]


def _late(row: Outgoing) -> str:
    """One for each row, however often that goes unanswered."""
    return row.id if row.again else f"{row.id}:{LATE}"


def drawn(row: Outgoing, slack_now: float) -> Outgoing:
    """With when it was drawn first; what seems to lie ahead was written down by a wrong clock."""
    return row if 0.0 < row.drawn_at <= slack_now else replace(row, drawn_at=slack_now)


def may_be_overtaken(row: Outgoing, slack_now: float) -> bool:
    """Whether what was sent before it was drawn first may still be on its way."""
    return row.again and not 0.0 < row.drawn_at < slack_now - _ON_ITS_WAY
