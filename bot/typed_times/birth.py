"""A birth date as it is typed beside an age."""

import re
from datetime import date

from bot.typed_times.day import MONTHS

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
