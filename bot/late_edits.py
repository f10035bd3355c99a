"""An edit that Slack has not answered may still be taken, after a newer one: its card is drawn again until none can be
on its way. By Slack's own clock, since ours may jump. Pure.
"""

from collections.abc import Iterable

from msgspec.structs import replace

from bot.outgoing import of_one_card
from bot.ports.destination import OutboxKind
from bot.ports.outbox import EDITS, Outgoing
from bot.ports.places import Place

LATE = "late"  # how the id of a row ends that does so
ON_ITS_WAY = 30.0  # seconds for which what nobody has answered may still come
HIDDEN = 60.0  # seconds for which Slack may not show a post that it has taken
_BEGUN_AT_MOST = 3  # times by who had lost its lane, or died, and did not say what became of it
_AT_MOST = 20  # rows in a row, each asked for by who had drawn the one before it and lost its lane
# What asks for the first post of a card, and for an edit where it stands already.
_DRAWN_WHERE_IT_STANDS = (OutboxKind.CARD, OutboxKind.HANDOVER)


def drawn_again(
    rows: Iterable[Outgoing], slack_now: float, where: Place | None = None, *, may_come: bool = True
) -> list[Outgoing]:
    """The rows that have the same cards drawn as they stand: now and, where what was sent `may_come` yet, after a
    while. `where`: the one card that all of them drew, and that a newer one may replace. Two machines that take a lane
    from each other, since their clocks are far apart, come to an end of it."""
    late = [row for row in rows if may_come_late(row, where)]
    return [_late(row, slack_now, where, again=may_come) for row in (late[:1] if where else late)]


def may_come_late(row: Outgoing, where: Place | None = None) -> bool:
    is_drawn = bool(where or row.redraws) or row.kind in _DRAWN_WHERE_IT_STANDS
    return is_drawn and row.anew < _AT_MOST


def is_late(row: Outgoing, where: Place | None) -> bool:
    """Whether it draws just that again: what an earlier release has written may not say where that card was."""
    return row.again and row.place == where


def is_seen_to(row: Outgoing, again: Iterable[Outgoing], where: Place | None = None) -> bool:
    """Whether one of `again`, which wait already, draws the same: what is to be posted waits on beside it."""
    if where:
        return any(other.place == where for other in again)
    return any(other.id.startswith(f"{row.id}:{LATE}") for other in again)


def _late(row: Outgoing, slack_now: float, where: Place | None, *, again: bool) -> Outgoing:
    """One for each row and second in which that goes unanswered: what waits already may be settled sooner than what has
    just been sent."""
    card = of_one_card(row, OutboxKind.REFRESH, where) if where else row
    once = "" if again else "once"
    return replace(
        card,
        id=f"{card.id.partition(f':{LATE}')[0]}:{LATE}{slack_now:.0f}{once}",
        rank=max(row.rank, EDITS),
        tries=0,
        again=again,
        anew=row.anew + 1 if LATE in row.id else 0,
        drawn_at=0.0,
    )


def begun_anew(row: Outgoing) -> Outgoing:
    """One that went unanswered once more: its half minute begins with the next answer."""
    return replace(row, drawn_at=0.0)


def begun_ahead(row: Outgoing) -> Outgoing:
    """The same before one leaves, of who may die or lose its lane meanwhile. That is counted, for the same machines."""
    is_counted_out = row.anew >= _BEGUN_AT_MOST
    return row if is_counted_out or not row.drawn_at else replace(begun_anew(row), anew=row.anew + 1)


def drawn(row: Outgoing, slack_now: float) -> Outgoing:
    """With when it was drawn first; what seems to lie ahead was written down by a wrong clock."""
    return row if 0.0 < row.drawn_at <= slack_now else replace(row, drawn_at=slack_now)


def may_be_overtaken(row: Outgoing, slack_now: float) -> bool:
    """Whether what was sent before it was drawn first may still be on its way."""
    for_long = HIDDEN if row.kind == OutboxKind.COPIES else ON_ITS_WAY
    return row.again and not 0.0 < row.drawn_at < slack_now - for_long
