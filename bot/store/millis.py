"""Case time ↔ whole milliseconds, the scores of the server's sorted sets."""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MS = timedelta(milliseconds=1)


def ms_before(at: datetime) -> int:
    """The last whole millisecond not after `at`. Raises TypeError for a time without a zone."""
    return (at - _EPOCH) // _MS


def ms_after(at: datetime) -> int:
    """The first whole millisecond not before `at`: nothing is ever due early."""
    return -((_EPOCH - at) // _MS)


def from_ms(ms: float) -> datetime:
    return _EPOCH + ms * _MS
