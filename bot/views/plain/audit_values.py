"""How a time and a span stand in the document of an audit."""

from datetime import datetime, timedelta, tzinfo


def as_minutes(span: timedelta | None) -> float | None:
    return None if span is None else round(span / timedelta(minutes=1), 1)


def as_time(at: datetime, zone: tzinfo | None) -> str:
    return at.astimezone(zone).isoformat(timespec="seconds")
