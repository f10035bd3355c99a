"""How long, as people write it in policy and scenario files: 90s, 15m, 2h, 1d, 1h30m."""

import re
from datetime import timedelta

EXPECTED = "a duration such as 90s, 15m, 2h, 1d or 1h30m"

_WRITTEN = re.compile(
    r"(?P<sign>-?)(?:(?P<days>\d+)d)?(?:(?P<hours>\d+)h)?(?:(?P<minutes>\d+)m)?(?:(?P<seconds>\d+)s)?"
)
_UNITS = ("days", "hours", "minutes", "seconds")


def parse(text: str) -> timedelta:
    """The duration; one with a leading minus lies before. Raises ValueError, which says what was expected."""
    found = _WRITTEN.fullmatch(text)
    amounts = {unit: int(found[unit]) for unit in _UNITS if found[unit]} if found else {}
    if not found or not amounts:
        raise ValueError(f"{EXPECTED}, not {text!r}")
    length = timedelta(**amounts)
    return -length if found["sign"] else length


def write(length: timedelta) -> str:
    """The shortest way to write it: what `parse` reads back."""
    left = abs(int(length.total_seconds()))
    parts = []
    for size, letter in ((86400, "d"), (3600, "h"), (60, "m"), (1, "s")):
        count, left = divmod(left, size)
        parts += [f"{count}{letter}"] if count else []
    sign = "-" if length < timedelta(0) else ""
    return sign + "".join(parts) if parts else "0m"
