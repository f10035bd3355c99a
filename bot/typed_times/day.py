"""The day in some words: yesterday, friday, 1 Mar, 01/03/2026."""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

# What is asked of a person whose time cannot be told.

EXAMPLES = '"2215", "9pm", "yest 2130", "1 Mar 0910" or "an hour ago"'
TO_COME = '"1630", "tomorrow 0900" or "in 30 minutes"'


class NotATime(ValueError):
    """`ask`: what to type instead, a sentence."""

    def __init__(self, ask: str) -> None:
        super().__init__(ask)
        self.ask = ask


class StillToCome(ValueError):
    """The time is after now."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at)
        self.at = at


def unread(examples: str = EXAMPLES) -> NotATime:
    return NotATime(f"Type a time: {examples}.")


def which_hour(text: str) -> NotATime:
    return NotATime(f'Type the time of day too, such as "{text} 2130".')


def year_or_time(before: str, number: str) -> NotATime:
    return NotATime(
        f"Is {number} the year, or a time? "
        f'Type "{before} {number[:2]}:{number[2:]}", or the time of day too: "{before} {number} 2130".'
    )


def over_already() -> NotATime:
    return NotATime(f"That time is over. Type a time to come: {TO_COME}.")


def which(text: str, meant: Iterable[datetime], now: datetime, zone: ZoneInfo) -> NotATime:
    """Each reading as it is to be typed, so that one of them need only be copied."""
    offers = [f'"{as_typed(at, now, zone)}"' for at in sorted(set(meant))]
    return NotATime(f'"{text}" may mean several times. Type {", ".join(offers[:-1])} or {offers[-1]}.')


def skipped(at: datetime, zone: ZoneInfo) -> NotATime:
    """`at`: a wall time that the clocks jumped over."""
    before = at.replace(tzinfo=zone, fold=0).tzname()
    return NotATime(
        f"There was no {at:%H:%M}: the clocks went forward. "
        f'Type "{at + timedelta(hours=1):%H%M}", or "{at:%H%M} {before}" by a clock that was not changed.'
    )


def as_typed(at: datetime, now: datetime, zone: ZoneInfo) -> str:
    """The shortest text that is read as this time and no other."""
    there, today = at.astimezone(zone), now.astimezone(zone).date()
    ago = (today - there.date()).days
    day = {0: "", 1: "yest ", -1: "tomorrow "}.get(ago, f"{there.day} {there:%b} ")
    if abs(ago) > 150:
        day = f"{there.day} {there:%b %Y} "
    is_twice = there.replace(fold=0).utcoffset() != there.replace(fold=1).utcoffset()
    return f"{day}{there:%H%M}{f' {there.tzname()}' if is_twice else ''}"


MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_DAYS = {
    "today": 0,
    "yest": -1,
    "yesterday": -1,
    "yday": -1,
    "tomorrow": 1,
    "tom": 1,
    "tmrw": 1,
    "day before yesterday": -2,
}
_AGO = re.compile(r"(\d{1,2}) days ago")
_WEEKDAY = re.compile(r"(?P<last>last |this |next )?(?P<name>[a-z]{3})[a-z]*")
_NAMED = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)? (?P<name>[a-z]{3})[a-z]*\.?(?: (?P<year>(?:19|20)\d\d))?"
)
_AMERICAN = re.compile(
    r"(?P<name>[a-z]{3})[a-z]*\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?(?: (?P<year>(?:19|20)\d\d))?"
)
_SLASHED = re.compile(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})(?:/(?P<year>\d{4}|\d\d))?")
_DOTTED = re.compile(r"(?P<day>\d{1,2})(?P<sep>[.-])(?P<month>\d{1,2})(?P=sep)(?P<year>\d{4}|\d\d)")
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")


class DaySaid(Struct, frozen=True):
    """Every day that it may mean. `is_series`: the same day of several weeks, the last one first, of which the nearest
    is meant; else it is for the person to say which."""

    days: tuple[date, ...]
    is_series: bool = False


def read(text: str, today: date) -> DaySaid | None:
    """`text`: in small letters, numbers in digits. None where it is no day."""
    if text in _DAYS:
        return DaySaid((today + timedelta(days=_DAYS[text]),))
    if ago := _AGO.fullmatch(text):
        return DaySaid((today - timedelta(days=int(ago[1])),))
    if (weekday := _WEEKDAY.fullmatch(text)) and is_weekday(text.split()[-1]):
        return _of_weekday(weekday, today)
    dated = _dated(text, today)
    return DaySaid((dated,)) if dated else None


def is_weekday(word: str) -> bool:
    names = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    return len(word) >= 3 and any(name.startswith(word) for name in (*names, "tues", "weds", "thurs"))


def _of_weekday(found: "re.Match[str]", today: date) -> DaySaid:
    """Either side of today. "Last friday" may be the one just gone, or the one of last week."""
    ahead = (_WEEKDAYS.index(found["name"]) - today.weekday()) % 7
    week, coming = timedelta(days=7), today + timedelta(days=ahead)
    if (found["last"] or "").strip() == "last":
        return DaySaid((coming - week, coming - 2 * week) if ahead else (coming - week,))
    return DaySaid((coming + week, coming, coming - week)[ahead > 0 :], is_series=True)


def _dated(text: str, today: date) -> date | None:
    found = next((match for form in _FORMS if (match := form(text))), None)
    if found is None:
        return None
    parts = found.groupdict()
    try:
        month = MONTHS.index(parts["name"]) + 1 if parts.get("name") else int(parts["month"])
        return _of_year(parts["year"], month, int(parts["day"]), today)
    except ValueError:  # there is no such month, or day of it
        return None


_FORMS: tuple[Callable[[str], "re.Match[str] | None"], ...] = tuple(
    pattern.fullmatch for pattern in (_NAMED, _AMERICAN, _SLASHED, _DOTTED, _ISO)
)


def _of_year(year: str | None, month: int, day: int, today: date) -> date:
    """Without a year, the nearest such day: what lies more than half a year ahead was last year."""
    if year:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    near = [made for each in (-1, 0, 1) if (made := _made(today.year + each, month, day))]
    if not near:
        raise ValueError(day)
    return min(near, key=lambda each: abs(each - today))


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:  # the 29th of February
        return None


# A birth date as it is typed beside an age.

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
    if name is not None and name.lower() not in MONTHS:
        return None
    month = MONTHS.index(name.lower()) + 1 if name else int(parts["month"])
    try:
        born = date(int(parts["year"]), month, int(parts["day"]))
    except ValueError:
        return None
    return born if born <= today else None
