"""When the clocks stood still: no timer had looked at the time for a while, and now one does."""

from datetime import datetime

import msgspec
from msgspec import Struct

from bot.ports.damaged import read
from bot.ports.notes import Documents, Heartbeats
from bot.time import CaseClock, MachineClock

# Machine seconds without a timer, from which what came due goes out in one digest and says why.
STOOD_STILL = 30.0
_MAKING_UP = 10.0  # machine seconds after which new pages are no longer those of the outage
_NAME = "outage"


class Outage(Struct, frozen=True, kw_only=True):
    """Case time: when the clocks stood still, and until when the pages of that time were being made up for."""

    since: datetime
    until: datetime
    caught_up: datetime


class Outages:
    def __init__(
        self,
        beats: Heartbeats,
        documents: Documents,
        clock: CaseClock,
        machine: MachineClock,
        beat: str,
        *,
        stood_still: float = STOOD_STILL,
    ) -> None:
        self._beats = beats
        self._documents = documents
        self._clock = clock
        self._machine = machine
        self._beat = beat
        self._stood_still = stood_still
        self._looked_at: float | None = None

    def notice(self) -> None:
        """Before each cycle's work: whoever is first after an outage writes it down. Who was stopped alone, while
        another timer went on, has nothing to tell."""
        now, last = self._machine.seconds(), self._looked_at
        if last is None or now - last > self._stood_still:
            known = [at for at in (last, self._beats.beats().get(self._beat)) if at is not None]
            if known and now - max(known) > self._stood_still:
                self._write(now - max(known))
        self._looked_at = now

    def _write(self, length: float) -> None:
        until = self._clock.now()
        outage = Outage(
            since=self._clock.after(-length),
            until=until,
            caught_up=self._clock.after(_MAKING_UP),
        )
        self._documents.put(_NAME, msgspec.json.encode(outage))

    def last(self) -> Outage | None:
        return read(self._documents, _NAME, Outage)
