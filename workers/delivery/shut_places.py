"""Places that Slack lets nothing into: an archived channel, an account that was closed, a bot that was put out.

What was on its way to a person is told to who can give it to somebody else, and their cards are redrawn once they can
be reached; what was for a role with a channel of its own is paged in the FIM's, and its own is tried again each minute.
Only the FIM's and the cases' channels have no other to go to: their lanes wait, are tried every few seconds, and are
named in the health report; what pages leaves another way meanwhile.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

import structlog
from msgspec import Struct

from bot.domain.people import Role
from bot.outgoing import role_lane
from bot.ports.destination import Destination, LaneKind, OutboxKind
from bot.ports.metrics import Metric, Metrics
from bot.ports.notes import Documents
from bot.ports.outbox import Outbox, Outgoing
from bot.ports.places import handover_key
from bot.ports.reach_answers import Shut, note_shut
from bot.ports.stores import RateLimits
from bot.ports.time_source import TimeSource
from bot.slack.slack_chat import PostDeclined
from bot.time import LONGEST_WAIT, MachineClock, is_ahead
from bot.views.cards.undelivered import not_reached
from bot.views.screen import Setting
from workers.delivery.case_cards import by_key
from workers.delivery.claiming import TRIES, put_by
from workers.delivery.turn import Turn

log = structlog.get_logger()

# Lane → channel, as the force has set them up.


class Opens(Protocol):
    def direct(self, person: str) -> str: ...


class LaneChannels(Struct, frozen=True, kw_only=True):
    """A role without a channel of its own is paged in the FIM's: a page always has somewhere to go."""

    cases: str
    fim: str
    roles: Mapping[Role, str]
    direct: Mapping[
        Role, Callable[[], frozenset[str]]
    ] = {}  # paged in person, while one person holds the role

    def of(self, lane: Destination, chat: Opens, is_shut: Callable[[str], bool] = lambda _: False) -> str:
        """The channel of a role that lets nothing in (`is_shut`) is none. Raises ChatError where a person cannot be
        written to."""
        if lane.kind is LaneKind.CASES:
            return self.cases
        if lane.person:
            return chat.direct(lane.person)
        own = self._own(Role(lane.name), chat)
        return self.fim if own is None or is_shut(own) else own

    def _own(self, role: Role, chat: Opens) -> str | None:
        people = list(self.direct[role]()) if role in self.direct else []
        if len(people) == 1:
            try:
                return chat.direct(people[0])
            except PostDeclined as no:
                log.error("who holds the role cannot be written to", role=role.value, code=no.code)
        # Of several, each has to see what another has answered.
        return self.roles.get(role)


_AT_ONCE = 2000  # rows of one lane
_TOLD = (OutboxKind.PAGE, OutboxKind.OFFER, OutboxKind.HANDOVER)  # the others are of no use to anybody else


class ShutPlaces:
    def __init__(
        self,
        outbox: Outbox,
        documents: Documents,
        metrics: Metrics,
        channels: LaneChannels,
        rate_limits: RateLimits,
        machine: MachineClock,
        setting: Setting,
        clock: TimeSource,
    ) -> None:
        self._outbox = outbox
        self._documents = documents
        self._metrics = metrics
        self._channels = channels
        self._rate_limits = rate_limits
        self._machine = machine
        self._setting = setting
        self._clock = clock

    def is_shut(self, channel: str) -> bool:
        """It has refused everything within the last minute."""
        return is_ahead(self._rate_limits.opens(_gate(channel)), self._machine.seconds())

    def meet(self, lane: Destination, channel: str | None, token: int, no: PostDeclined) -> bool:
        """Whether the lane may be looked at again at once, since what it holds has another way to go now."""
        self._metrics.count(Metric.PLACES_REFUSED)
        log.error("place refuses everything", lane=lane, code=no.code)
        if lane.person:
            self._pass_on(lane, token)
            return True
        if channel is not None and channel not in (self._channels.fim, self._channels.cases):
            until = self._machine.seconds() + LONGEST_WAIT
            self._rate_limits.shut(_gate(channel), until)
            note_shut(self._documents, channel, Shut(no.code, until))
            return True
        self._rate_limits.refuse(lane, no.code)
        return False

    def _pass_on(self, lane: Destination, token: int) -> None:
        rows = self._outbox.pending(lane, _AT_ONCE)
        told = [row for row in rows if self._is_told(row)]
        for to, some in by_key(told, _told_instead).items():
            self._outbox.move(lane, token, [row.id for row in some], role_lane(to))
        others = [row for row in rows if row not in told and row.kind is not OutboxKind.UNKNOWN]
        redrawn = [row for row in others if row.is_edit or row.kind is OutboxKind.HANDOVER]
        redrawn = [row for row in redrawn if row.tries < TRIES]
        now = self._machine.seconds()
        put_by(self._outbox, self._rate_limits, lane, token, redrawn, now, is_tried=True)
        self._outbox.sent(lane, token, [row.id for row in others if row not in redrawn], {})

    def _is_told(self, row: Outgoing) -> bool:
        """Not what only redraws: the same kind of row asks for a hand-over's first post and for its edits."""
        if row.kind not in _TOLD or row.is_edit:
            return False
        is_there = row.kind is OutboxKind.HANDOVER and self._outbox.card(handover_key(row.lane, row.version))
        return not is_there

    def tell(self, turn: Turn, rows: Sequence[Outgoing]) -> None:
        """What was passed on to this lane: one post for each person who cannot be reached."""
        for lane, together in by_key(rows, lambda row: row.lane).items():
            role = _told_instead(together[0])
            screen = self._setting.at(self._clock.now())
            with turn.apart(together):
                turn.post(together, not_reached(lane.person, together, role, screen))
                turn.done(together)


def _told_instead(row: Outgoing) -> Role:
    """A page is to the owner, an offer to whom a supervisor chose; a hand-over is the role's own business."""
    return row.role if row.kind == OutboxKind.HANDOVER and row.role else Role.SUPERVISOR


def _gate(channel: str) -> str:
    return f"{channel}:refused"
