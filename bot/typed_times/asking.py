"""What is asked of a person whose time cannot be told."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

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
