"""What a force keeps outside Slack of who a child is: a CSV of incident numbers, read row by row.

Columns by their names in the first row, in any order: `incident`, and of `ethnicity`, `sex`, `looked_after` those that
are kept. An empty field says nothing. A row that cannot be used is left out, and said with its line and the reason.
"""

import csv
from collections.abc import Callable, Iterator, Mapping
from io import StringIO
from pathlib import Path
from typing import Any

from msgspec import Struct

from bot.audit.fairness import KnownBeside
from bot.domain.facts import Ethnicity, Sex, as_ethnicity, coded
from bot.domain.likeness import plain_number
from bot.files.invalid import FileInvalid, text_of

INCIDENT = "incident"


class UnusableRow(Struct, frozen=True):
    line: int  # of the file, from 1; where a row goes over several, the last
    why: str


class EqualityFile(Struct, frozen=True, kw_only=True):
    known: dict[str, KnownBeside]  # by incident number, as `plain_number` writes it
    bad: tuple[UnusableRow, ...]


def load(path: Path) -> EqualityFile:
    """Raises FileInvalid where no row can be used: it is no text, or its first row names other columns."""
    reader = csv.reader(StringIO(text_of(path), newline=""), strict=True)
    columns = _columns(path, reader)
    known: dict[str, KnownBeside] = {}
    bad: list[UnusableRow] = []
    for line, row in _rows(reader, bad):
        try:
            number, said = _said(columns, row)
            if number in known:
                raise ValueError("this incident number has a row already; the first one counts")
            known[number] = said
        except ValueError as no:
            bad.append(UnusableRow(line, str(no)))
    return EqualityFile(known=known, bad=tuple(bad))


def _columns(path: Path, reader: Iterator[list[str]]) -> list[str]:
    try:
        named = [name.strip().lower() for name in next(reader, [])]
    except csv.Error as no:
        raise FileInvalid(path, [(1, f"expected a CSV file: {no}")]) from None
    if INCIDENT not in named or len(set(named)) < len(named) or not {INCIDENT, *_FIELDS}.issuperset(named):
        expected = ", ".join((INCIDENT, *_FIELDS))
        raise FileInvalid(
            path, [(1, f"expected the names of its columns: {expected}, with commas between them")]
        )
    return named


def _rows(reader: Any, bad: list[UnusableRow]) -> Iterator[tuple[int, list[str]]]:
    """Those that are rows; what is none is put among the bad."""
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as no:
            bad.append(UnusableRow(reader.line_num, f"this is no row of a CSV file ({no})"))
            continue
        if any(field.strip() for field in row):
            yield reader.line_num, row


def _said(columns: list[str], row: list[str]) -> tuple[str, KnownBeside]:
    """Raises ValueError with the reason."""
    if len(row) != len(columns):
        raise ValueError(f"it has {len(row)} fields, and the first row names {len(columns)}")
    fields = {name: field.strip() for name, field in zip(columns, row, strict=True)}
    number = plain_number(fields[INCIDENT])
    if not number:
        raise ValueError("it has no incident number")
    read = {name: _FIELDS[name](field) for name, field in fields.items() if name in _FIELDS and field}
    return number, KnownBeside(**read)  # type: ignore[arg-type]


def _ethnicity(text: str) -> Ethnicity:
    code = as_ethnicity(text)
    if code not in tuple(Ethnicity):
        raise ValueError(f"{text!r} is no ethnicity of the census's list, in words or as a code such as W1")
    return Ethnicity(code)


def _sex(text: str) -> Sex | None:
    try:
        return coded(Sex, text.lower())
    except ValueError:
        raise ValueError(f"{text!r} is none of {', '.join(Sex)}") from None


def _looked_after(text: str) -> bool | None:
    answers = {"yes": True, "no": False, "not_known": None}
    said = "_".join(text.lower().split())
    if said not in answers:
        raise ValueError(f"{text!r} is none of {', '.join(answers)}")
    return answers[said]


_FIELDS: Mapping[str, Callable[[str], Ethnicity | Sex | bool | None]] = {
    "ethnicity": _ethnicity,
    "sex": _sex,
    "looked_after": _looked_after,
}
