"""What was typed for a field → what the step holds there."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import Enum

from msgspec import Struct

from bot import typed_values
from bot.domain.case import Case
from bot.domain.declared import Field, FieldKind
from bot.domain.facts import MARKERS, Answer
from bot.typed_cases import as_ref, is_ref
from bot.typed_values import NotReadable, NotTakable
from bot.views.screen import Screen
from bot.views.wording import naming
from cli.terminal import prompting

_FLAGS = {
    "yes": True,
    "true": True,
    "no": False,
    "false": False,
    **dict.fromkeys(("not known", "not_known", "unknown", "?")),
}
_ITEM = re.compile(r"[A-Za-z0-9_.-]{1,40}")


class Reader(Struct, frozen=True):
    screen: Screen
    names: Mapping[str, str]  # everybody's, by id
    case: Case | None

    def read(self, field: Field, typed: str) -> object:
        """Raises NotReadable."""
        if field.kind is FieldKind.NUMBER:
            return typed_values.number(typed.strip(), field.attribute, self.screen)
        value = _READERS.get(field.kind, _as_typed)(self, typed.strip())
        known = choices_of(field)
        if known and value not in known:
            raise NotReadable(f"{field.name} is one of: {', '.join(known)}.")
        return field.bare(value) if issubclass(field.bare, Enum) else value


def choices_of(field: Field) -> tuple[str, ...]:
    return tuple(str(member.value) for member in field.choices or ())


def _as_typed(_: Reader, typed: str) -> str:
    return typed


def _age(reader: Reader, typed: str) -> int | date:
    return typed_values.age_or_born(typed, reader.screen)


def _flag(_: Reader, typed: str) -> bool | None:
    if typed.lower() not in _FLAGS:
        raise NotReadable("Type yes or no.")
    return _FLAGS[typed.lower()]


def _markers(_: Reader, typed: str) -> dict[str, Answer]:
    """ "self_harm" or "self_harm=yes", with commas between."""
    pairs = [each.partition("=") for each in _listed(typed)]
    answers = {code.strip(): (answer.strip() or "yes").replace(" ", "_") for code, _, answer in pairs}
    _check_codes(list(answers))
    if any(answer not in tuple(Answer) for answer in answers.values()):
        raise NotReadable("Answer each marker yes, no or not_known: self_harm=no")
    return {code: Answer(answer) for code, answer in answers.items()}


def _considered(_: Reader, typed: str) -> tuple[str, ...]:
    _check_codes(_listed(typed))
    return tuple(_listed(typed))


def _listed(typed: str) -> list[str]:
    return [each.strip() for each in typed.split(",") if each.strip()]


def _check_codes(codes: Sequence[str]) -> None:
    if any(code not in MARKERS for code in codes):
        raise NotReadable(f"A marker is one of: {', '.join(MARKERS)}.")


def _person(reader: Reader, typed: str) -> str:
    return prompting.find(typed, reader.names) or typed


def _case(_: Reader, typed: str) -> str:
    return as_ref(typed) if is_ref(typed) else typed


def _item(_: Reader, typed: str) -> str:
    """Ids travel through Slack: no words in them."""
    if not _ITEM.fullmatch(typed):
        raise NotReadable("An id is letters, digits, -, _ and . only.")
    return typed


def numbered(typed: str, items: Sequence[str]) -> str:
    """The id behind the number that `case show` gives it."""
    known = typed in items or not typed.isdigit() or not 1 <= int(typed) <= len(items)
    return typed if known else items[int(typed) - 1]


def _told(reader: Reader, typed: str) -> tuple[str, ...]:
    return tuple(_who(reader, each) for each in _listed(typed))


def _who(reader: Reader, typed: str) -> str:
    code = typed.lower().replace(" ", "_")
    if naming.is_listed(code):
        return code
    if not reader.screen.full:
        raise NotTakable(f"Who was told is one of: {', '.join(naming.TOLD)}. The rest goes in the log.")
    return typed


def _code(_: Reader, typed: str) -> str:
    """Roles, kinds, grades and categories have no capitals; names of fields neither."""
    return typed.lower().replace(" ", "_")


_READERS: dict[FieldKind, Callable[[Reader, str], object]] = {
    FieldKind.AGE: _age,
    FieldKind.BORN: _age,
    FieldKind.PAST: lambda reader, typed: typed_values.past_if_known(typed, reader.screen),
    FieldKind.COMING: lambda reader, typed: typed_values.coming(typed, reader.screen),
    FieldKind.FLAG: _flag,
    FieldKind.MARKERS: _markers,
    FieldKind.CONSIDERED: _considered,
    FieldKind.PERSON: _person,
    FieldKind.CASE: _case,
    FieldKind.ITEM: _item,
    FieldKind.TOLD: _told,
    FieldKind.CODE: _code,
}
