"""What was typed for a field → what the scenario format holds there."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from msgspec import Struct

from bot import typed_times
from bot.domain import corrections
from bot.domain.case import Case
from bot.domain.declared import FieldKind
from bot.domain.markers import MARKERS, Answer
from bot.typed_cases import as_ref
from bot.views.screen import Screen
from bot.views.wording import naming, refusal_words
from cli.terminal import who_is_meant
from cli.terminal.fields import VerbField
from handlers.errors import NotDone
from handlers.forms import mending, submitted

_UNKNOWN = ("not known", "not_known", "unknown", "?")
_ITEM = re.compile(r"[A-Za-z0-9_.-]{1,40}")


class NotReadable(Exception):
    """What was typed is no value of that kind; says what would be."""


class Reader(Struct, frozen=True):
    screen: Screen
    names: Mapping[str, str]  # everybody's, by id
    case: Case | None

    def read(self, field: VerbField, typed: str) -> object:
        """Raises NotReadable, or NotDone with the sentence."""
        return _READERS.get(field.kind, _as_typed)(self, typed.strip())


def _as_typed(_: Reader, typed: str) -> str:
    return typed


def _age(reader: Reader, typed: str) -> int | date:
    if typed.isdigit() and len(typed) <= 3:
        return int(typed)
    return _born(reader, typed)


def _born(reader: Reader, typed: str) -> date:
    born = typed_times.parse_birth_date(typed, reader.screen.now.astimezone(reader.screen.zone).date())
    if born is None:
        raise NotReadable("Type an age, or a birth date such as 2 Mar 2013.")
    return born


def past(reader: Reader, typed: str) -> datetime | None:
    screen = reader.screen
    if typed_times.is_not_known(typed):
        return None
    try:
        return typed_times.parse(typed, screen.now, screen.zone)
    except typed_times.StillToCome as early:
        raise NotDone(refusal_words.still_to_come(early.at, screen)) from None
    except typed_times.NotATime as unread:
        raise NotReadable(unread.ask) from None


def _coming(reader: Reader, typed: str) -> datetime:
    screen = reader.screen
    try:
        return typed_times.parse_coming(typed, screen.now, screen.zone)
    except typed_times.NotATime as unread:
        raise NotReadable(unread.ask) from None


def _flag(_: Reader, typed: str) -> str:
    if typed.lower() not in ("yes", "no", "true", "false", *_UNKNOWN):
        raise NotReadable("Type yes or no.")
    return typed.lower()


def _markers(_: Reader, typed: str) -> dict[str, str]:
    """ "self_harm" or "self_harm=yes", with commas between."""
    pairs = [each.partition("=") for each in _listed(typed)]
    answers = {code.strip(): (answer.strip() or "yes").replace(" ", "_") for code, _, answer in pairs}
    _check_codes(list(answers))
    if any(answer not in (*Answer, "yes", "no") for answer in answers.values()):
        raise NotReadable("Answer each marker yes, no or not_known: self_harm=no")
    return answers


def _considered(_: Reader, typed: str) -> tuple[str, ...]:
    _check_codes(_listed(typed))
    return tuple(_listed(typed))


def _listed(typed: str) -> list[str]:
    return [each.strip() for each in typed.split(",") if each.strip()]


def _check_codes(codes: Sequence[str]) -> None:
    if any(code not in MARKERS for code in codes):
        raise NotReadable(f"A marker is one of: {', '.join(MARKERS)}.")


def _person(reader: Reader, typed: str) -> str:
    return who_is_meant.find(typed, reader.names) or typed


def _number(reader: Reader, typed: str) -> str:
    if typed and not reader.screen.full and not submitted.is_reference(typed):
        raise NotDone("Not saved. Type the number only: letters, digits, - and /.")
    return typed


def _case(_: Reader, typed: str) -> str:
    ref = as_ref(typed)
    return ref if ref.startswith("MC-") else typed


def _item(_: Reader, typed: str) -> str:
    """Ids travel through Slack: no words in them."""
    if not _ITEM.fullmatch(typed):
        raise NotReadable("An id is letters, digits, -, _ and . only.")
    return typed


def numbered(typed: str, items: Sequence[str]) -> str:
    """The id behind the number that `case show` gives it."""
    known = typed in items or not typed.isdigit() or not 1 <= int(typed) <= len(items)
    return typed if known else items[int(typed) - 1]


def _who(reader: Reader, typed: str) -> str:
    code = typed.lower().replace(" ", "_")
    if naming.is_listed(code):
        return code
    if not reader.screen.full:
        raise NotDone(
            f"Not saved. Who was told is one of: {', '.join(naming.TOLD)}. The rest goes in the log."
        )
    return typed


def _code(_: Reader, typed: str) -> str:
    """Roles, kinds, grades and categories have no capitals; names of fields neither."""
    return typed.lower().replace(" ", "_")


def corrected(field: str, typed: str, reader: Reader) -> str:
    """The right value of a field that was wrong, as the record has such values."""
    canonical = corrections.canonical(field)
    if not reader.screen.full and (canonical is None or mending.may_hold_words(canonical)):
        raise NotDone(
            "Not saved. This force keeps names, places and words in the incident log. Correct it there."
        )
    if canonical == "child.person_ref":
        return _number(reader, typed)
    if canonical not in corrections.TIMES:
        return typed
    at = past(reader, typed)
    return at.isoformat() if at else typed


_READERS: dict[FieldKind, Callable[[Reader, str], object]] = {
    FieldKind.AGE: _age,
    FieldKind.BORN: _born,
    FieldKind.PAST: past,
    FieldKind.COMING: _coming,
    FieldKind.FLAG: _flag,
    FieldKind.MARKERS: _markers,
    FieldKind.CONSIDERED: _considered,
    FieldKind.PERSON: _person,
    FieldKind.NUMBER: _number,
    FieldKind.CASE: _case,
    FieldKind.ITEM: _item,
    FieldKind.TOLD: _who,
    FieldKind.CODE: _code,
}
