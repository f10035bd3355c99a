"""When shifts change: times of day where the force is, on every day of its year, those of clock changes included."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

_DAY = timedelta(days=1)


class Shifts(Struct, frozen=True):
    """A time that the spring change leaves out comes as much later; one that the autumn change gives twice, once."""

    times: Sequence[time]
    zone: ZoneInfo

    def last(self, now: datetime) -> datetime | None:
        """The newest change of shift, at `now` or before."""
        return max((at for at in self._around(now) if at <= now), default=None)

    def next(self, now: datetime) -> datetime | None:
        return min((at for at in self._around(now) if at > now), default=None)

    def _around(self, now: datetime) -> Iterator[datetime]:
        today = now.astimezone(self.zone).date()
        for day in (today - _DAY, today, today + _DAY):
            for each in self.times:
                yield datetime.combine(day, each, tzinfo=self.zone).astimezone(UTC)
