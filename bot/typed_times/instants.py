"""Words → the one instant that they mean."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from bot import durations
from bot.typed_times import day
from bot.typed_times import time_of_day as clock
from bot.typed_times.day import (
    EXAMPLES,
    TO_COME,
    DaySaid,
    StillToCome,
    over_already,
    skipped,
    unread,
    which,
    which_hour,
    year_or_time,
)
from bot.typed_times.time_of_day import ClockSaid, Plain, plain, zone_said

_UTC = ("gmt", "utc", "z")
_LONGEST = 80  # characters; more is a story, not a time
_AGO = re.compile(r"(?P<length>.+) (?:ago|earlier|back)")
_AHEAD = re.compile(r"in (?P<length>.+)")
_ISO_T = re.compile(r"(?<=\d)[tT](?=\d)")
_YEAR = re.compile(r"\b((?:19|20)\d\d)$")
_NOT_KNOWN = ("not known", "not_known", "unknown", "?", "n/k", "nk")


def is_not_known(typed: str) -> bool:
    return typed.strip().casefold() in _NOT_KNOWN


class _Said(Struct, frozen=True):
    """A time of day, of a day unless none was named."""

    day: DaySaid | None
    clock: ClockSaid
    plain: Plain
    zone_name: str

    @property
    def times(self) -> list[time]:
        return [each for each in self.clock.times if self.plain.has(each.hour)]

    @property
    def is_bare(self) -> bool:
        """No hint of morning or evening, and no minutes."""
        return len(self.times) > 1 and not self.clock.is_loose


def parse(text: str, now: datetime, zone: ZoneInfo) -> datetime:
    """The instant meant, in the zone of `now`: not after it. Raises NotATime, which says what to ask; StillToCome."""
    exact = _exact(text, now, _AGO, lambda length: now - abs(length))
    if exact is not None:
        return _not_after(exact, now)
    said, today = _read(text, now, zone), _today(now, zone)
    yesterday = today - timedelta(days=1)
    if said.day or not said.is_bare:
        meant = _Meaning(said, said.day or DaySaid((today,)), zone, today)
    else:  # it is asked about anyway: as what was last
        meant = _Meaning(said, DaySaid((today, yesterday), is_series=True), zone, today)
    past = meant.fitting(lambda at: at <= now)
    if not past and said.day is None and len(said.times) > 1:
        past = _Meaning(said, DaySaid((yesterday,)), zone, today).all()
    if not past:
        raise StillToCome(meant.all()[0].astimezone(now.tzinfo))
    return _only(past, text, now, zone)


def parse_coming(text: str, now: datetime, zone: ZoneInfo) -> datetime:
    """The next instant meant: "0100" typed before midnight is tonight's. Raises NotATime."""
    exact = _exact(text, now, _AHEAD, lambda length: now + length)
    if exact is not None:
        return _not_before(exact, now)
    said, today = _read(text, now, zone, TO_COME), _today(now, zone)
    days = said.day or DaySaid((today, today + timedelta(days=1)), is_series=True)
    meant = _Meaning(said, DaySaid(tuple(sorted(days.days)), days.is_series), zone, today)
    coming = meant.fitting(lambda at: at > now)
    if not coming:
        meant.all()
        raise over_already()
    return _only(coming, text, now, zone)


def _exact(
    text: str, now: datetime, lengthy: "re.Pattern[str]", away: Callable[[timedelta], datetime]
) -> datetime | None:
    """Now, so long ago or ahead, or a time as programs write it."""
    words = plain(text).text
    if words == "now":
        return now
    found = lengthy.fullmatch(words)
    length = read(found["length"]) if found else _short(words)
    try:
        if length is not None:
            return away(length)
        at = datetime.fromisoformat(text.strip())
    except (ValueError, OverflowError):
        return None
    return at.astimezone(now.tzinfo) if at.tzinfo else None


def _short(words: str) -> timedelta | None:
    """20m, 1h30m; but 915h is a time of day."""
    return None if clock.read(words) else short(words)


def _not_after(at: datetime, now: datetime) -> datetime:
    if at > now:
        raise StillToCome(at)
    return at


def _not_before(at: datetime, now: datetime) -> datetime:
    if at < now:
        raise over_already()
    return at


def _read(text: str, now: datetime, zone: ZoneInfo, examples: str = EXAMPLES) -> _Said:
    """Raises NotATime."""
    typed, today = text.strip(), _today(now, zone)
    if len(typed) > _LONGEST:
        raise unread(examples)
    words = plain(_ISO_T.sub(" ", typed))
    rest, zone_name = zone_said(words.text, (*_UTC, *_names_of(now, zone)))
    words = Plain(rest, words.part)
    _check_day_alone(words, typed, today)
    for day_said, clock_said in words.cuts():
        read = clock.read(clock_said)
        found = day.read(day_said, today) if day_said else None
        if read is None or (day_said and not found):
            continue
        said = _Said(found, read, words, zone_name)
        if said.times:
            return said
    raise unread(examples)


def _check_day_alone(words: Plain, typed: str, today: date) -> None:
    """A day without its hour; and "1 Mar 2026", where the year may be a time."""
    found = day.read(words.text, today) if words.text else None
    year = _YEAR.search(words.text)
    if (found and year is None) or (words.part and not words.text):
        raise which_hour(typed)
    if found and year and abs(int(year[1]) - today.year) <= 2:
        raise year_or_time(typed.removesuffix(year[1]).strip(), year[1])


def _today(now: datetime, zone: ZoneInfo) -> date:
    return now.astimezone(zone).date()


def _names_of(now: datetime, zone: ZoneInfo) -> set[str]:
    """What the zone is called in winter and in summer."""
    return {str(datetime(now.year, month, 1, tzinfo=zone).tzname()).lower() for month in (1, 7)}


class _Meaning:
    """The instants that words may mean, in UTC. Of a series of days (this monday, the one before) the first fits."""

    def __init__(self, said: _Said, days: DaySaid, zone: ZoneInfo, today: date) -> None:
        self._said = said
        self._days = days
        self._zone = zone
        self._today = today

    def fitting(self, fits: Callable[[datetime], bool]) -> list[datetime]:
        found: set[datetime] = set()
        for each in self._said.times:
            for on in self._days.days:
                here = {at for at in self._on(on, each) if fits(at)}
                found |= here
                if here and self._days.is_series:
                    break
        return sorted(found)

    def all(self) -> list[datetime]:
        """Raises NotATime where the clocks jumped over all of them."""
        if found := self.fitting(lambda _: True):
            return found
        wall = datetime.combine(self._days.days[0], self._said.times[0])
        raise unread() if self._said.zone_name else skipped(wall, self._zone)

    def _on(self, on: date, each: time) -> Iterator[datetime]:
        for wall in self._walls(on, each):
            yield from _at(wall, self._said.zone_name, self._zone)

    def _walls(self, on: date, each: time) -> Iterator[datetime]:
        """The night belongs to the day on which it began; "midnight" of a day may be either end of it."""
        begins = datetime.combine(on, each)
        small_hours = self._said.plain.part == "night" and each.hour < 6
        either_end = self._said.clock.is_midnight and self._said.day is not None
        if not small_hours or on == self._today:
            yield begins
        if small_hours or either_end:
            yield begins + timedelta(days=1)


def _at(wall: datetime, zone_name: str, zone: ZoneInfo) -> set[datetime]:
    """None for what the clocks jumped over, two for what they showed twice."""
    if zone_name in _UTC:
        return {wall.replace(tzinfo=UTC)}
    folds = [wall.replace(tzinfo=zone, fold=fold) for fold in (0, 1)]
    return {
        at.astimezone(UTC)
        for at in folds
        if at.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == wall
        and zone_name in ("", str(at.tzname()).lower())
    }


def _only(meant: list[datetime], text: str, now: datetime, zone: ZoneInfo) -> datetime:
    if len(meant) > 1:
        raise which(text.strip(), meant, now, zone)
    return meant[0].astimezone(now.tzinfo)


# How long ago, or ahead: an hour, 1h30m, half an hour, 20 minutes.

_UNITS = {"hour": 60, "hr": 60, "minute": 1, "min": 1}
_SAID = re.compile(
    r"(?:(?P<count>\d{1,3}|an?|half|half an?|quarter|an? quarter an?|quarter an?|3 quarters an?)\s*)?"
    r"(?P<unit>hour|hr|minute|min)s?(?P<half> and a half)?(?: (?:and )?(?P<minutes>\d{1,2}) ?min(?:ute)?s?)?"
)
_PARTS = {"half": 0.5, "quarter": 0.25, "3": 0.75, "a": 1, "an": 1}


def read(text: str) -> timedelta | None:
    return short(text) or _said(text)


def short(text: str) -> timedelta | None:
    """As the scenario files have it: 90s, 15m, 1h30m."""
    try:
        return durations.parse(text)
    except ValueError:
        return None


def _said(text: str) -> timedelta | None:
    found = _SAID.fullmatch(text)
    if found is None:
        return None
    count = re.sub(r"^an? (?=quarter)", "", found["count"] or "1").split()[0]
    many = _PARTS.get(count) if not count.isdigit() or "quarters" in text else float(count)
    if many is None:
        return None
    unit = _UNITS[found["unit"]]
    minutes = many * unit + (unit / 2 if found["half"] else 0) + int(found["minutes"] or 0)
    return timedelta(minutes=minutes)
