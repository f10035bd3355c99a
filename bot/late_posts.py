"""A post that Slack has not answered may still be taken: as things stood when it left, and after the one that repeats
it, so that both look open. Pure."""

from collections.abc import Iterable

from msgspec.structs import replace

from bot.outgoing import of_one_card
from bot.ports.destination import OutboxKind
from bot.ports.outbox import Outgoing
from bot.ports.places import CardKey, Place, case_key, declined_key, handover_key, offer_key, page_key
from bot.ports.rosters import ROSTER
from bot.rows_again import named


def copies_of(rows: Iterable[Outgoing], where: Place) -> list[Outgoing]:
    """The rows that look for what else was posted of these, which are at `where`: now, and again until nothing of it
    can be on its way (`bot.late_edits`). Of what has a card of its own: that says which one is kept."""
    copies = [
        replace(of_one_card(row, OutboxKind.COPIES, where), key=row.id, tries=0, again=True, drawn_at=0.0)
        for row in rows
    ]
    return [row for row in copies if shown_under(row)]


_DRAWN_BY = {
    OutboxKind.CARD: OutboxKind.CARD,
    OutboxKind.PAGE: OutboxKind.REFRESH,
    OutboxKind.OFFER: OutboxKind.ANSWERED,
    OutboxKind.DECLINED: OutboxKind.OWNED,
    OutboxKind.HANDOVER: OutboxKind.HANDOVER,
}


def found_at(row: Outgoing, where: Place) -> Outgoing | None:
    """The edit that has what was posted for this row, and is found only now, drawn as things stand."""
    kind = None if row.ref == ROSTER and row.kind == OutboxKind.PAGE else _DRAWN_BY.get(row.kind)
    return replace(of_one_card(row, kind, where), role=row.role, tries=0) if kind else None


def shown_under(copies: Outgoing) -> CardKey | None:
    """Of what such a row looks for: under which name it is remembered where it is shown, or what came after it."""
    name = named(copies.key)
    match name.kind if name else None:
        case OutboxKind.CARD:
            return case_key(copies.ref)
        case OutboxKind.PAGE if copies.ref != ROSTER:
            return page_key(copies.lane, copies.ref)
        case OutboxKind.OFFER:
            return offer_key(copies.lane, copies.ref)
        case OutboxKind.DECLINED:
            return declined_key(copies.lane, copies.ref)
        case OutboxKind.HANDOVER:
            return handover_key(copies.lane, copies.version)
    return None
