"""A time as a call handler types it: four digits for today, a word for yesterday, a date for anything older."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

_CLOCK = r"(?P<hour>[0-2]?\d)[:.]?(?P<minute>[0-5]\d)"
_PATTERNS = (
    re.compile(rf"(?P<day_word>today|yest|yesterday)?\s*{_CLOCK}", re.IGNORECASE),
    re.compile(
        rf"(?P<day>\d{{1,2}})\s*(?P<month>[a-z]{{3}})[a-z]*\.?\s*(?P<year>\d{{4}})?\s+{_CLOCK}",
        re.IGNORECASE,
    ),
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_IS_BARE_CLOCK = re.compile(_CLOCK)


class NotATime(ValueError):
    """The text is no time of the kinds that are understood."""


class StillToCome(ValueError):
    """The time is after now."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at)
        self.at = at


def parse(text: str, now: datetime, zone: ZoneInfo) -> datetime:
    """The instant meant, in UTC. Raises NotATime or StillToCome.

    Of the hour that happens twice when the clocks go back, the first is meant: clocks that run from it are due
    sooner. A time that the spring change skips is read as if the clocks had not changed.
    """
    found = next((match for pattern in _PATTERNS if (match := pattern.fullmatch(text.strip()))), None)
    if found is None:
        raise NotATime(text)
    parts = found.groupdict()
    today = now.astimezone(zone).date()
    try:
        at = datetime(*_day(parts, today), int(parts["hour"]), int(parts["minute"]), tzinfo=zone).astimezone(
            now.tzinfo
        )
    except (ValueError, IndexError):
        raise NotATime(text) from None
    if at > now:
        raise StillToCome(at)
    return at


def parse_coming(text: str, now: datetime, zone: ZoneInfo) -> datetime:
    """The next instant meant, in UTC: "0100" typed before midnight is tonight's. Raises NotATime."""
    word, _, rest = text.strip().partition(" ")
    tomorrow = word.lower() in ("tomorrow", "tom")
    try:
        at = parse(rest if tomorrow else text, now, zone)
    except StillToCome as coming:
        at = coming.at
    if not tomorrow and at > now:
        return at
    if not _IS_BARE_CLOCK.fullmatch((rest if tomorrow else text).strip()):
        raise NotATime(text)
    return (at.astimezone(zone) + timedelta(days=1)).astimezone(now.tzinfo)


def _day(parts: dict[str, str | None], today: date) -> tuple[int, int, int]:
    if parts.get("day") is None:
        past = 1 if (parts.get("day_word") or "").lower().startswith("yest") else 0
        day = today - timedelta(days=past)
        return day.year, day.month, day.day
    month = _MONTHS.index(str(parts["month"]).lower()) + 1
    number = int(str(parts["day"]))
    if parts["year"]:
        return int(str(parts["year"])), month, number
    # Without a year, the last such day.
    this_year = (month, number) <= (today.month, today.day)
    return today.year if this_year else today.year - 1, month, number


_BORN = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
    re.compile(r"(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>\d{4})"),
    re.compile(r"(?P<day>\d{1,2})\s+(?P<name>[a-z]{3})[a-z]*\s+(?P<year>\d{4})", re.IGNORECASE),
)


def parse_birth_date(text: str, today: date) -> date | None:
    """ "2 Mar 2013", "02/03/2013" or "2013-03-02"; None where it is no birth date."""
    found = next((match for pattern in _BORN if (match := pattern.fullmatch(text.strip()))), None)
    if found is None:
        return None
    parts = found.groupdict()
    name = parts.get("name")
    if name is not None and name.lower() not in _MONTHS:
        return None
    month = _MONTHS.index(name.lower()) + 1 if name else int(parts["month"])
    try:
        born = date(int(parts["year"]), month, int(parts["day"]))
    except ValueError:
        return None
    return born if born <= today else None
