"""A row of the log → the incident that it tells, or what is wrong with it. Nothing is guessed."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar

from bot.backtest.columns import COLUMNS
from bot.backtest.incident import Incident, PastEnquiry, PastGrade, PastInformation, Refiled
from bot.domain.facts import (
    MARKERS,
    OLDEST,
    Attendance,
    Category,
    Ethnicity,
    FoundBy,
    Grade,
    Harm,
    MissingFrom,
    Sex,
    as_ethnicity,
)

BETWEEN_ITEMS = ";"
NOTHING = "-"
"""A part of an item that is not held."""
APPROVED = "approved"


class RowInvalid(Exception):
    """What is wrong with a row, for whoever made the log."""


Code = TypeVar("Code", bound=StrEnum)
Item = TypeVar("Item")
Read = Callable[[str], Any]


def incident_of(row: Mapping[str, str]) -> Incident:
    """`row`: what stands under each column; those that the log does not have are left out. Raises RowInvalid."""
    said = {name: _read(name, row.get(name, "").strip()) for name in COLUMNS}
    found = Incident(**said)
    _need_order(found)
    return found


def _read(name: str, text: str) -> Any:
    try:
        return _READS[name](text)
    except ValueError as wrong:
        raise RowInvalid(f"{name}: expected {wrong}, not {text or 'nothing'}") from None


def _need_order(incident: Incident) -> None:
    """A child cannot be found before anybody said that they were gone."""
    for name in COLUMNS:
        early = [at for at in _times_in(getattr(incident, name)) if at < incident.told_at]
        if early:
            raise RowInvalid(f"{name}: expected no time before told_at, not {early[0].isoformat()}")


def _times_in(value: Any) -> list[datetime]:
    if isinstance(value, datetime):
        return [value]
    if isinstance(value, tuple):
        return [at for each in value for at in _times_in(each)]
    if isinstance(value, PastGrade | Refiled):
        return [value.at]
    if isinstance(value, PastEnquiry):
        return [at for at in (value.set_at, value.result_at) if at]
    if isinstance(value, PastInformation):
        return [at for at in (value.received_at, value.considered_at) if at]
    return []


# What each kind of cell may hold. Each raises ValueError, which says what was expected.


def _words(text: str) -> str:
    return text


def _needed(text: str) -> str:
    if not text:
        raise ValueError("something that names it")
    return text


def _time(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise ValueError("a time with its offset, such as 2025-03-02T15:40+00:00")
    return at.astimezone(UTC)


def _time_if_any(text: str) -> datetime | None:
    return _time(text) if text else None


def _part_time(text: str) -> datetime | None:
    return None if text == NOTHING else _time(text)


def _age(text: str) -> int:
    if not text.isdecimal() or not text.isascii() or int(text) > OLDEST:
        raise ValueError(f"whole years from 0 to {OLDEST}")
    return int(text)


def _code_of(kind: type[Code], text: str) -> Code:
    try:
        return kind(text)
    except ValueError:
        raise ValueError(f"one of {', '.join(kind)}") from None


def _one_of(kind: type[Code]) -> Callable[[str], Code | None]:
    """Nothing, or a member's code."""
    return lambda text: _code_of(kind, text) if text else None


def _category(text: str) -> Category:
    return _code_of(Category, text)


_ANSWERS = {"yes": True, "no": False, "not_known": None, "": None}


def _answer(text: str) -> bool | None:
    if text not in _ANSWERS:
        raise ValueError("yes, no or not_known")
    return _ANSWERS[text]


def _ethnicity(text: str) -> str:
    return _code_of(Ethnicity, as_ethnicity(text)).value if text else ""


def _marker(text: str) -> str:
    if text not in MARKERS:
        raise ValueError(f"codes out of {', '.join(MARKERS)}")
    return text


def _items(read: Callable[[str], Item]) -> Callable[[str], tuple[Item, ...]]:
    """Several, with semicolons between."""
    return lambda text: tuple(read(item.strip()) for item in text.split(BETWEEN_ITEMS)) if text else ()


def _grade(item: str) -> PastGrade:
    when, _, rest = item.partition(" ")
    level, _, word = rest.partition(" ")
    if word not in ("", APPROVED):
        raise ValueError(f"a time, a grade, and '{APPROVED}' or nothing")
    return PastGrade(_time(when), _code_of(Grade, level), word == APPROVED)


def _refiled(item: str) -> Refiled:
    when, _, category = item.partition(" ")
    return Refiled(_time(when), _category(category))


def _enquiry(item: str) -> PastEnquiry:
    set_at, due_at, result_at = _parts(item, "when set, when due, when a result came")
    return PastEnquiry(_time(set_at), _part_time(due_at), _part_time(result_at))


def _information(item: str) -> PastInformation:
    received, considered = _parts(item, "when received, when considered")
    return PastInformation(_time(received), _part_time(considered))


def _parts(item: str, told: str) -> list[str]:
    parts = item.split()
    if len(parts) != told.count(",") + 1:
        raise ValueError(f"{told}, with {NOTHING} for what is not held")
    return parts


_READS: dict[str, Read] = {
    **dict.fromkeys((name for name in COLUMNS if name.endswith("_at")), _time_if_any),
    "incident": _needed,
    "person_ref": _words,
    "told_at": _time,
    "category": _category,
    "whereabouts_known": lambda text: bool(_answer(text)),
    "attendance": _one_of(Attendance),
    "age": _age,
    "sex": _one_of(Sex),
    "ethnicity": _ethnicity,
    "looked_after": _answer,
    "missing_from": _one_of(MissingFrom),
    "markers": _items(_marker),
    "adverse_event": _answer,
    "grades": _items(_grade),
    "categories": _items(_refiled),
    "signed_off_at": _items(_time),
    "fim_told_at": _items(_time),
    "caller_told_at": _items(_time),
    "enquiries": _items(_enquiry),
    "information": _items(_information),
    "reviews": _items(_time),
    "other_entries": _items(_time),
    "found_by": _one_of(FoundBy),
    "harm": _one_of(Harm),
}
assert set(_READS) == set(COLUMNS) == set(Incident.__struct_fields__), "a column that nobody reads"
