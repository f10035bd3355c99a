"""`Retry-After` as HTTP has it: a number of seconds, or a date (RFC 9110, 10.2.3), which a proxy may send."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

UNSAID = 1.0  # seconds, where nothing is said that can be read


def seconds_of(said: str | None, now: datetime) -> float:
    """Seconds from now; never below 0."""
    text = (said or "").strip()
    try:
        return max(0.0, float(text))
    except ValueError:
        return _until(text, now)


def _until(text: str, now: datetime) -> float:
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return UNSAID
    aware = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, (aware - now).total_seconds())
