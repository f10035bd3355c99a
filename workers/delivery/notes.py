"""What a page says about its own way to the channel: that it was delayed, or that the clocks had stood still."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.ports import Outgoing
from bot.time import CaseClock
from bot.views import blocks
from bot.views.message import Message
from workers.outages import Outage

_LATE = 30.0  # machine seconds on the way, from which a page says so


class Notes:
    def __init__(self, clock: CaseClock, zone: ZoneInfo, last_outage: Callable[[], Outage | None]) -> None:
        self._clock = clock
        self._zone = zone
        self._last_outage = last_outage

    def outage(self, rows: Iterable[Outgoing]) -> tuple[datetime, datetime] | None:
        """When the clocks stood still, where these pages make up for it."""
        found = self._last_outage()
        if found and any(found.until <= row.at <= found.caught_up for row in rows):
            return found.since, found.until
        return None

    def with_delay(self, message: Message, rows: Sequence[Outgoing]) -> Message:
        """Says so when Slack was slow to take it: a time on the card must not be mistaken for the time it was seen."""
        due, now = min(row.at for row in rows), self._clock.now()
        if now - due < self._clock.span(_LATE):
            return message
        said = f"Delayed by Slack: due out {self._say(due)}, sent {self._say(now)}."
        *shown, marking = message.blocks or [blocks.marking()]
        noted = [*shown, blocks.context(said), marking]
        return Message(text=f"{message.text} {said}", blocks=noted if message.blocks else [])

    def _say(self, at: datetime) -> str:
        return f"{at.astimezone(self._zone):%H:%M:%S}"
