"""What a page says about its own way to the channel: that it was delayed, or that the clocks had stood still."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.ports.outbox import Outgoing
from bot.ports.outbox_kind import OutboxKind
from bot.time import CaseClock
from bot.views import blocks
from bot.views.message import Message
from bot.views.wording import words
from workers.timing.outages import Outage

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
        """Says so, whatever held it up: a time on the card must not be mistaken for the time it was seen."""
        due, now = min(row.at for row in rows), self._clock.now()
        if self._clock.seconds_since(due) < _LATE:
            return message
        return _with_note(message, f"Late on its way: due out {self._say(due)}, sent {self._say(now)}.")

    def with_gap(self, message: Message) -> Message:
        """Its card was drawn from the case as it stands, without what led there."""
        return _with_note(message, "Its history cannot be read. Call the technician.")

    def with_doubt(self, message: Message, rows: Sequence[Outgoing]) -> Message:
        """`rows` may have been posted before: whoever sees both must not take them for two things."""
        if not rows:
            return message
        what = "page" if rows[0].kind == OutboxKind.PAGE else "message"
        at = words.time(min(row.at for row in rows), self._clock.now(), self._zone)
        return _with_note(message, f"May repeat the {at} {what}.")

    def has_waited(self, row: Outgoing, span: timedelta) -> bool:
        """Whether that much real time has passed since it was written."""
        return self._clock.seconds_since(row.at) > span.total_seconds()

    def _say(self, at: datetime) -> str:
        return f"{at.astimezone(self._zone):%H:%M:%S}"


def _with_note(message: Message, said: str) -> Message:
    """Above the marking, which is the last of every surface; in the text alone where there are no blocks."""
    *shown, marking = message.blocks or [blocks.marking()]
    noted = [*shown, blocks.context(said), marking] if message.blocks else []
    return Message(text=f"{message.text} {said}", blocks=noted)
