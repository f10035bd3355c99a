"""What stands in Slack of a case that was erased: cards say that, and our lines and answers under them go.

What people wrote there themselves is theirs: the bot may not touch it.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from bot.outgoing import CASES, of_one_card
from bot.ports.destination import Destination, OutboxKind
from bot.ports.outbox import Outgoing
from bot.ports.places import (
    CardKey,
    ListKey,
    Place,
    case_key,
    declined_key,
    digest_key,
    offer_key,
    older_key,
    page_key,
)
from bot.ports.time_source import TimeSource
from bot.views.cards.erased_card import erased
from bot.views.screen import Setting
from workers.delivery.turn import Turn


class ErasedPosts:
    def __init__(self, setting: Setting, clock: TimeSource) -> None:
        self._setting = setting
        self._clock = clock

    def redraw(self, turn: Turn, rows: Sequence[Outgoing]) -> None:
        for row in rows:
            if row.kind is OutboxKind.ERASED:
                with turn.apart([row]):
                    self._clear(turn, row)

    def _clear(self, turn: Turn, row: Outgoing) -> None:
        keys: list[CardKey | ListKey] = [*_cards(turn.lane, row.ref), older := older_key(turn.lane, row.ref)]
        cards = [place for key in _cards(turn.lane, row.ref) if (place := turn.outbox.card(key))]
        message = erased(row.ref, row.at, self._setting.at(self._clock.now()))
        for where in (*cards, *map(Place, turn.outbox.listed(older))):
            for said in turn.said_under(where):
                turn.remove(said)
            if others := _others(turn, row.ref, where):
                # As it stands once this case has no page there.
                of_theirs = replace(row, ref=others[0])
                turn.outbox.ask_again(turn.lane, [of_one_card(of_theirs, OutboxKind.REFRESH, where)])
            else:
                turn.redraw(where, message)
        turn.done([row], dict.fromkeys(keys, ""))


def _others(turn: Turn, ref: str, where: Place) -> list[str]:
    """The other cases of the digest there: theirs it still is."""
    refs = [other for other in turn.outbox.listed(digest_key(where)) if other != ref]
    shown = turn.outbox.cards([page_key(turn.lane, other) for other in refs])
    return [other for other in refs if page_key(turn.lane, other) in shown]


def _cards(lane: Destination, ref: str) -> list[CardKey]:
    if lane == CASES:
        return [case_key(ref)]
    return [page_key(lane, ref), offer_key(lane, ref), declined_key(lane, ref)]
