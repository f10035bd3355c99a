"""The time of day in some words: 2215, 9pm, half past nine, midnight."""

import re
from collections.abc import Iterator
from datetime import time

from msgspec import Struct

# What was typed, made plain enough to be matched: small letters, digits, no words that say nothing.

_HALF_OF_DAY = re.compile(r"(?<=[\d\s])([ap])\.?m\b\.?")
_SAYS_NOTHING = re.compile(
    r"\b(at|on|the|about|around|approx|approximately|circa|roughly|just|of|or so)\b|o'?clock|[~,]"
)
_ZONED = re.compile(r"(?P<rest>.*\d\s*(?:am|pm|hrs?|hours?)?)\s*(?P<zone>[a-z]+)")
_PART = re.compile(r"(?:\bin )?\b(morning|afternoon|evening|night)\b")
_HOURS_OF = {
    "morning": range(12),
    "afternoon": range(12, 18),
    "evening": range(16, 24),
    "night": (*range(18, 24), *range(6)),
}


class Plain(Struct, frozen=True):
    text: str
    part: str = ""  # of the day: morning, afternoon, evening or night

    def has(self, hour: int) -> bool:
        return not self.part or hour in _HOURS_OF[self.part]

    def cuts(self) -> Iterator[tuple[str, str]]:
        """Every way to say a day and a time of day, in either order; a time alone first."""
        words = self.text.split()
        yield "", self.text
        for at in range(1, len(words)):
            first, second = " ".join(words[:at]), " ".join(words[at:])
            yield first, second
            yield second, first


def plain(typed: str) -> Plain:
    text = typed.casefold().replace("’", "'").replace("y'day", "yday")
    text = _SAYS_NOTHING.sub(" ", _HALF_OF_DAY.sub(r"\1m", text))
    text = in_digits(" ".join(text.split())).strip(" .")
    text = text.replace("tonight", "today night").replace("last night", "yesterday night")
    text = re.sub(r"\bthis (?=morning|afternoon|evening)", "today ", text)
    parts = _PART.findall(text)
    if len(parts) != 1:
        return Plain(text)
    return Plain(" ".join(_PART.sub(" ", text).split()), parts[0])


def zone_said(text: str, known: tuple[str, ...]) -> tuple[str, str]:
    """The text without the name of a zone behind its time, and the name: gmt, bst, z."""
    found = _ZONED.fullmatch(text)
    if found and found["zone"] in known:
        return found["rest"].strip(), found["zone"]
    return text, ""


# fmt: off
_ONE_TO_TWENTY = (
    "one", "two", "three", "four", "five", "six", "seven",
    "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
    "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)
# fmt: on
_WORDS = {word: number for number, word in enumerate(_ONE_TO_TWENTY, 1)} | {
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
}
_TENS = re.compile(r"\b(twenty|thirty|forty|fifty)[\s-](one|two|three|four|five|six|seven|eight|nine)\b")

_PM = r"(?:\s*(?P<half>am|pm))"
_HOURS = r"(?:\s*(?P<hours>hrs?|hours?|h))"
_DIGITS = re.compile(rf"(?P<hour>\d{{1,2}})(?P<gap>[:.\s]?)(?P<minute>\d\d)(?:{_PM}|{_HOURS})?")
_HOUR = re.compile(rf"(?P<hour>\d{{1,2}}){_PM}?")
_HUNDRED = re.compile(r"(?:oh? )?(?P<hour>\d{1,2}) hundred(?: hrs| hours)?")
_FROM = r"(?P<minutes>[1-5]?\d|half|quarter)(?: minutes?| mins?)?"
_PAST = re.compile(rf"{_FROM}(?: (?P<side>past|to))? (?P<hour>\d{{1,2}}){_PM}?")
_PAST_NAMED = re.compile(rf"{_FROM} (?P<side>past|to) (?P<name>midnight|noon|midday)")
_NAMED = {
    "midnight": time(0),
    "12 midnight": time(0),
    "noon": time(12),
    "midday": time(12),
    "12 noon": time(12),
}


class ClockSaid(Struct, frozen=True):
    """Every time of day that it may mean. `is_loose`: with minutes but no hint of morning or evening, so that only a
    reading that is possible counts; a bare hour is asked about even then, as it may be a day or minutes."""

    times: tuple[time, ...]
    is_loose: bool = False
    is_midnight: bool = False  # of which day?


def in_digits(text: str) -> str:
    """Numbers that were written out: "twenty past nine" → "20 past 9"."""
    text = _TENS.sub(lambda found: str(_WORDS[found[1]] + _WORDS[found[2]]), text)
    return " ".join(str(_WORDS.get(word, word)) for word in text.split())


def read(text: str) -> ClockSaid | None:
    """`text`: in small letters, numbers in digits. None where it is no time of day."""
    if text in _NAMED:
        return ClockSaid((_NAMED[text],), is_midnight=_NAMED[text] == time(0))
    try:
        return _digits(text) or _hour(text) or _hundred(text) or _past(text)
    except ValueError:  # there is no such hour
        return None


def _digits(text: str) -> ClockSaid | None:
    found = _DIGITS.fullmatch(text)
    if found is None:
        return None
    hour, minute = int(found["hour"]), int(found["minute"])
    if found["half"]:
        return ClockSaid(_halved(hour, minute, found["half"]))
    is_24 = len(found["hour"]) == 2 or bool(found["hours"])
    return ClockSaid((time(hour, minute),)) if is_24 else ClockSaid(_both(hour, minute), is_loose=True)


def _hour(text: str) -> ClockSaid | None:
    """A bare number above 12 is more likely a day, or minutes."""
    found = _HOUR.fullmatch(text)
    if found is None or (not found["half"] and int(found["hour"]) > 12):
        return None
    hour = int(found["hour"])
    return ClockSaid(_halved(hour, 0, found["half"]) if found["half"] else _both(hour, 0))


def _hundred(text: str) -> ClockSaid | None:
    found = _HUNDRED.fullmatch(text)
    return ClockSaid((time(int(found["hour"])),)) if found else None


def _past(text: str) -> ClockSaid | None:
    """Half nine is half past nine, in Britain; no other number stands so before an hour."""
    if named := _PAST_NAMED.fullmatch(text):
        at = time(*_apart(named, _NAMED[named["name"]].hour))
        return ClockSaid((at,), is_midnight=at.hour == 0)
    found = _PAST.fullmatch(text)
    if found is None or (found["side"] is None and found["minutes"] != "half"):
        return None
    said = _apart(found, int(found["hour"]))
    return ClockSaid(_halved(*said, found["half"]) if found["half"] else _both(*said))


def _apart(found: re.Match[str], hour: int) -> tuple[int, int]:
    """Hour and minute so long past or to that hour."""
    minutes = {"half": 30, "quarter": 15}.get(found["minutes"]) or int(found["minutes"])
    total = hour * 60 + (-minutes if found["side"] == "to" else minutes)
    hours, rest = divmod(total % (24 * 60), 60)
    return hours, rest


def _both(hour: int, minute: int) -> tuple[time, ...]:
    """Of a twelve-hour clock: morning and evening."""
    if hour > 12:
        return (time(hour, minute),)
    return (time(hour % 12, minute), time(hour % 12 + 12, minute))


def _halved(hour: int, minute: int, half: str) -> tuple[time, ...]:
    """9pm, and 2115pm. Of 12am and 12pm nobody can say which is noon (National Physical Laboratory), so both are."""
    if hour == 12 and minute == 0:
        return (time(0), time(12))
    if hour > 12:
        if half == "am":
            raise ValueError(hour)
        return (time(hour, minute),)
    return (time(hour % 12 + (12 if half == "pm" else 0), minute),)
