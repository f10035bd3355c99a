"""An edit that Slack has not answered may still be taken, after a newer one: its card is drawn again until none can be
on its way. By Slack's own clock, since ours may jump. Pure.
"""

from collections.abc import Iterable

from msgspec.structs import replace

from bot.ports.destination import OutboxKind
from bot.ports.outbox import EDITS, Outgoing

LATE = "late"  # how the id of a row ends that does so
_ON_ITS_WAY = 30.0  # seconds for which what nobody has answered may still come
_AT_MOST = 20  # times that one row is drawn for it
# What asks for the first post of a card, and for an edit where it stands already.
_DRAWN_WHERE_IT_STANDS = (OutboxKind.CARD, OutboxKind.HANDOVER)


def drawn_again(rows: Iterable[Outgoing], slack_now: float) -> list[Outgoing]:
    """The rows that have the same cards drawn as they stand, now and after a while. Two machines that take a lane from
    each other, since their clocks are far apart, come to an end of it."""
    return [
        replace(
            row,
            id=_late(row, slack_now),
            rank=max(row.rank, EDITS),
            tries=row.tries + 1 if row.again else 0,
            again=True,
            drawn_at=0.0,
        )
        for row in rows
        if (row.redraws or row.kind in _DRAWN_WHERE_IT_STANDS) and not (row.again and row.tries >= _AT_MOST)
    ]


def _late(row: Outgoing, slack_now: float) -> str:
    """One for each row and second in which that goes unanswered: what waits already may be settled sooner than what has
    just been sent."""
    return f"{row.id.partition(f':{LATE}')[0]}:{LATE}{slack_now:.0f}"


def drawn(row: Outgoing, slack_now: float) -> Outgoing:
    """With when it was drawn first; what seems to lie ahead was written down by a wrong clock."""
    return row if 0.0 < row.drawn_at <= slack_now else replace(row, drawn_at=slack_now)


def may_be_overtaken(row: Outgoing, slack_now: float) -> bool:
    """Whether what was sent before it was drawn first may still be on its way."""
    return row.again and not 0.0 < row.drawn_at < slack_now - _ON_ITS_WAY
