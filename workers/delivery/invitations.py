"""Whoever takes a role is let into its channel: a page that mentions somebody outside calls nobody."""

from collections.abc import Sequence

import structlog
from msgspec import Struct

from bot.domain.events import Entry, HandoverAccepted, PutOnDuty
from bot.ports.clock import Clock
from bot.ports.outbox import Outgoing
from bot.ports.rosters import RosterStore
from bot.slack.slack_chat import Limited, PostDeclined, Unsure
from bot.views.cards.handover_card import left_outside
from bot.views.screen import Setting
from workers.delivery.turn import Turn

log = structlog.get_logger()


class Left(Struct, frozen=True):
    """Who is not in yet."""

    busy: bool = False  # Slack has to be asked again
    outside: tuple[tuple[Outgoing, str], ...] = ()  # whom Slack does not let in, whatever it is asked


class Invitations:
    def __init__(self, rosters: RosterStore, setting: Setting, clock: Clock) -> None:
        self._rosters = rosters
        self._setting = setting
        self._clock = clock

    def let_in(self, turn: Turn, rows: Sequence[Outgoing]) -> Left:
        """Before any page, and without holding one up. Raises TurnLost, Unreadable."""
        left = Left()
        for row in rows:
            person = _who(self._rosters.entries()[row.version - 1])
            try:
                turn.chat.invite(turn.channel, person)
            except (Limited, Unsure) as busy:
                log.warning("invitation put off", lane=turn.lane, why=str(busy))
                left = Left(True, left.outside)
            except PostDeclined as no:
                log.error("not invited", lane=turn.lane, code=no.code)
                left = Left(left.busy, (*left.outside, (row, person)))
            else:
                turn.done([row])
        return left

    def tell(self, turn: Turn, left: Left) -> None:
        """The people in the channel may invite where the bot may not. Raises NotNow, TurnLost, ChatError."""
        for row, person in left.outside:
            assert row.role is not None, "an invitation is for a role"
            turn.post([row], left_outside(person, row.role, self._setting.at(self._clock.now())))
            turn.done([row])


def _who(entry: Entry) -> str:
    match entry.event:
        case PutOnDuty(person=person):
            return person
        case HandoverAccepted():
            return entry.by
    raise AssertionError("its row is written with the entry")
