"""How long ago, or ahead: an hour, 1h30m, half an hour, 20 minutes."""

import re
from datetime import timedelta

from bot import durations

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
