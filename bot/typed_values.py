"""What people type into a field → the value meant, or what to type instead. Slack and terminal read alike."""

from datetime import date, datetime

from bot import typed_times
from bot.domain import corrections
from bot.domain.door.allowed import holds_words
from bot.views.screen import Screen
from bot.views.wording import fact_words, field_words, refusal_words


class NotReadable(Exception):
    """`ask`: what to type instead, a sentence."""

    def __init__(self, ask: str) -> None:
        super().__init__(ask)
        self.ask = ask

    @property
    def sentence(self) -> str:
        return f"Not saved. {self.ask}"


class NotTakable(NotReadable):
    """It was read, and cannot be right, or may not be kept."""


def past(typed: str, screen: Screen) -> datetime:
    """When something happened."""
    try:
        return typed_times.parse(typed, screen.now, screen.zone)
    except typed_times.NotATime as unread:
        raise NotReadable(unread.ask) from None
    except typed_times.StillToCome as early:
        raise NotTakable(refusal_words.still_to_come(early.at, screen)) from None


def past_if_known(typed: str, screen: Screen) -> datetime | None:
    return None if typed_times.is_not_known(typed) else past(typed, screen)


def coming(typed: str, screen: Screen) -> datetime:
    """By when something is due."""
    try:
        return typed_times.parse_coming(typed, screen.now, screen.zone)
    except typed_times.NotATime as unread:
        raise NotReadable(unread.ask) from None


def age_or_born(typed: str, screen: Screen) -> int | date:
    """No birth date where nothing may be kept that names a child."""
    if typed.isdigit() and len(typed) <= 2:
        return int(typed)
    born = typed_times.parse_birth_date(typed, screen.now.astimezone(screen.zone).date())
    if born is None or not screen.full:
        raise NotReadable(f"Type an age{' or a birth date (2 Mar 2013)' if screen.full else ''}.")
    return born


def is_number(typed: str, screen: Screen) -> bool:
    """Whether somebody who typed this, and nothing else, means an incident."""
    is_one_word = any(char.isdigit() for char in typed) and (not screen.full or " " not in typed)
    return is_one_word and screen.shapes.incident.takes(typed)


def number(typed: str, field: str, screen: Screen) -> str:
    """A number of the force's own, as it writes them: no place to write a sentence in."""
    if typed and not screen.shapes.of(field).takes(typed):
        raise NotTakable(field_words.no_number(field, screen.shapes))
    return typed


NO_ETHNICITY = "This force keeps ethnicity out of Slack: it reaches the audit by another way."


def _code(fact: str, typed: str) -> str:
    """As the screens say it, or the code itself."""
    said = {words.lower(): code for code, words in fact_words.choices(fact).items()}
    code = said.get(typed.strip().lower()) or typed.strip().lower().replace(" ", "_")
    try:
        corrections.parse(fact, code)
    except ValueError:
        raise NotReadable(f"Type one of: {fact_words.codes(fact)}.") from None
    return code


def correction(field: str, typed: str, screen: Screen) -> str:
    """The right value of a field that was wrong, as the record has such values."""
    canonical = corrections.canonical(field)
    if not screen.full and (canonical is None or holds_words(canonical)):
        raise NotTakable("This force keeps names, places and words in the incident log. Correct it there.")
    if canonical == "child.ethnicity" and not screen.asks_ethnicity:
        raise NotTakable(NO_ETHNICITY)
    if canonical == "child.person_ref":
        return number(typed, "person_ref", screen)
    if canonical in corrections.TIMES:
        return past(typed, screen).isoformat()
    if canonical in corrections.CODED:
        return _code(canonical, typed)
    if canonical and (canonical.startswith("markers.") or canonical == "child.looked_after"):
        return typed.lower().replace(" ", "_")
    return typed
