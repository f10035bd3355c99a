"""A log's lines → its rows, and what is wrong with it as a whole or with a row as such."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from bot.backtest.backtest import LogRow, RowLeftOut
from bot.backtest.columns import COLUMNS


class _Reader(Protocol):
    """A CSV reader, as the standard library makes it."""

    @property
    def line_num(self) -> int: ...

    def __iter__(self) -> Iterator[list[str]]: ...

    def __next__(self) -> list[str]: ...


class LogInvalid(Exception):
    """This is no log of incidents."""


class Survey(Struct, frozen=True):
    """What a log holds at all."""

    rows: int
    held: frozenset[str]  # columns that say anything of any incident


def survey(lines: Iterable[str]) -> Survey:
    """Raises LogInvalid."""
    reader = csv.reader(lines)
    header = _header(reader)
    said, rows = [False] * len(header), 0
    for cells in _readable(reader):
        if isinstance(cells, RowLeftOut):
            continue
        rows += 1
        said = [before or bool(cell.strip()) for before, cell in zip(said, cells, strict=False)] + said[
            len(cells) :
        ]
    return Survey(rows, frozenset(name for name, is_said in zip(header, said, strict=True) if is_said))


def log_rows(lines: Iterable[str]) -> Iterator[LogRow | RowLeftOut]:
    """In the order of the file. Each incident once, and none before one that was told earlier."""
    reader = csv.reader(lines)
    header = _header(reader)
    known: dict[str, int] = {}
    newest: datetime | None = None
    for cells in _readable(reader):
        if isinstance(cells, RowLeftOut):
            yield cells
            continue
        line = reader.line_num
        if len(cells) != len(header):
            yield RowLeftOut(line, f"expected {len(header)} cells, not {len(cells)}")
            continue
        row = dict(zip(header, cells, strict=True))
        first = known.setdefault(row["incident"].strip(), line)
        told_at = _instant(row["told_at"])
        if first != line:
            yield RowLeftOut(line, f"incident: {row['incident'].strip()} stands in line {first} already")
        elif newest and told_at and told_at < newest:
            yield RowLeftOut(line, "told_at: expected rows in the order in which police were told")
        else:
            newest = told_at or newest
            yield LogRow(line, row)


def _header(reader: _Reader) -> Sequence[str]:
    header = [name.strip().lower() for name in next(reader, [])]
    missing = [name for name, column in COLUMNS.items() if column.must and name not in header]
    strange = [name for name in header if name not in COLUMNS]
    twice = sorted({name for name in header if header.count(name) > 1})
    for wrong, names in (("missing", missing), ("not known", strange), ("there twice", twice)):
        if names:
            raise LogInvalid(f"columns {wrong}: {', '.join(names)}")
    return header


def _readable(reader: _Reader) -> Iterator[list[str] | RowLeftOut]:
    """Blank lines are none."""
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as wrong:
            yield RowLeftOut(reader.line_num, f"expected a row of CSV: {wrong}")
            continue
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield cells


def _instant(text: str) -> datetime | None:
    """None where the row itself is wrong, which is said elsewhere."""
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return at if at.tzinfo else None
