"""Which pages join a card that is there already, by edit, instead of ringing a second time. Pure.

A clock that breaches while an unacknowledged card is less than a minute old joins it (docs: escalation).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from bot.domain.events import Acknowledged, Entry, Paged, PageLine
from bot.ports.outbox import Outgoing

WITHIN = timedelta(minutes=1)


class _Card(Struct, frozen=True):
    since: datetime
    lines: tuple[PageLine, ...]

    def takes(self, at: datetime) -> bool:
        return at - self.since < WITHIN


def lines_joined(entries: Sequence[Entry], page: Outgoing) -> tuple[PageLine, ...]:
    """What stands on the card that `page` joins; nothing where it is a new post. `entries`: the case's whole record."""
    card: _Card | None = None
    for entry in entries[: page.version - 1]:
        match entry.event:
            case Acknowledged():
                card = None
            case Paged(lines=lines):
                card = _after(card, entry.at, tuple(line for line in lines if line.role is page.role))
    return card.lines if card and card.takes(page.at) else ()


def _after(card: _Card | None, at: datetime, lines: tuple[PageLine, ...]) -> _Card | None:
    if not lines:
        return card
    if card and card.takes(at):
        return _Card(card.since, (*card.lines, *lines))
    return _Card(at, lines)
