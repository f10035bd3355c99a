"""What was typed, made plain enough to be matched: small letters, digits, no words that say nothing."""

import re
from collections.abc import Iterator

from msgspec import Struct

from bot.typed_times.time_of_day import in_digits

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
