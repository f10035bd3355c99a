"""Pages and hand-overs that Slack has not taken in time, or refuses for good.

Noticed by looking at what still waits, so that it does not matter whether Slack refuses, hangs, asks to wait, or nobody
delivers at all. `bot.outgoing` has what then leaves another way.
"""

from collections.abc import Callable, Iterator, Mapping

import structlog

from bot.desk import Desk
from bot.duty_desk import DutyDesk
from bot.ports.destination import LaneKind, kind_of
from bot.ports.errors import Unreadable
from bot.ports.outbox import Outgoing
from bot.ports.rosters import ROSTER
from bot.ports.stores import Stores
from bot.time import CaseClock
from workers.delivery.case_of_row import case_of
from workers.delivery.outcomes import is_followed, silence
from workers.delivery.page_posts import is_waiting

_LOOKED_AT = 2000  # rows of one lane

log = structlog.get_logger()


class Unsent:
    def __init__(
        self,
        stores: Stores,
        desk: Desk,
        duty_desk: DutyDesk,
        clock: CaseClock,
        refused: Callable[[], Mapping[str, str]],
        *,
        patience: float,
    ) -> None:
        """`patience` in machine seconds; none is had with lanes that Slack has refused for good."""
        self._stores = stores
        self._desk = desk
        self._duty_desk = duty_desk
        self._clock = clock
        self._refused = refused
        self._patience = patience
        self._asked: frozenset[str] = frozenset()

    def look(self) -> None:
        """Each goes on its other way once, however many look and however often."""
        late = list(self._late())
        self._asked = frozenset(row.id for row in late if row.id in self._asked or self._is_seen_to(row))

    def _is_seen_to(self, row: Outgoing) -> bool:
        """False where its case cannot be read now: the watchdog names that one, and the others are looked at."""
        try:
            said = silence(row, self._refused().get(row.lane, ""))
            if row.ref == ROSTER:
                self._duty_desk.remark(said)
            elif is_waiting(case_of(self._stores.cases, row.ref), row):
                self._desk.remark(row.ref, said)
        except Unreadable as why:
            log.error("nobody knows whether a page has to go another way", why=str(why))
            return False
        return True

    def _late(self) -> Iterator[Outgoing]:
        refused = self._refused()
        for lane in self._stores.outbox.lanes():
            if kind_of(lane) not in (LaneKind.CASES, LaneKind.FALLBACK, LaneKind.QUARANTINE):
                for row in self._stores.outbox.pending(lane, _LOOKED_AT):
                    if is_followed(row) and (lane in refused or self._is_late(row)):
                        yield row

    def _is_late(self, row: Outgoing) -> bool:
        return self._clock.seconds_since(row.at) > self._patience
