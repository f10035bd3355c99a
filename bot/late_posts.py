"""A post that Slack has not answered may still be taken, after the one that repeats it: then both look open. Pure."""

from collections.abc import Iterable

from msgspec.structs import replace

from bot.outgoing import row_id
from bot.ports.destination import OutboxKind
from bot.ports.outbox import EDITS, Outgoing
from bot.ports.places import Place


def copies_of(rows: Iterable[Outgoing], where: Place, slack_now: float) -> list[Outgoing]:
    """The rows that look for what else was posted of these, which are at `where`: now, and again until nothing of it
    can be on its way (`bot.late_edits`), so that of two the later one looks for as long as the earlier."""
    return [
        replace(
            row,
            id=f"{row_id(row.ref, row.version, OutboxKind.COPIES, row.lane)}:{where}",
            kind=OutboxKind.COPIES,
            lines=(),
            rank=EDITS,
            place=where,
            key=row.id,
            tries=0,
            again=True,
            drawn_at=slack_now,
        )
        for row in rows
        if row.kind != OutboxKind.LINE  # in a thread, with nothing to press
    ]
