"""How a benchmark tells what it measured: a table for people, and the same for programs (`--json FILE`)."""

import argparse
import json
import signal
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct, to_builtins

Cell = str | float | int | None


class Table(Struct, frozen=True, kw_only=True):
    """`rows`: a cell for each head; None is what was not measured. A number is in the unit that its head names."""

    title: str
    command: str  # that measures it anew
    heads: tuple[str, ...]
    rows: list[tuple[Cell, ...]]
    notes: tuple[str, ...] = ()


def p99(values: Iterable[float]) -> float:
    """What one of a hundred is above; of fewer, the largest."""
    ordered = sorted(values)
    return ordered[int(len(ordered) * 0.99)]


def as_markdown(table: Table) -> str:
    lines = [f"## {table.title}", "", f"    {table.command}", ""]
    lines += [_row(table.heads), _row(["---"] * len(table.heads))]
    lines += [_row([_told(cell) for cell in row]) for row in table.rows]
    return "\n".join([*lines, *(f"\n{note}" for note in table.notes)])


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _told(cell: Cell) -> str:
    """Three figures of it: the machine is not more exact than that."""
    if cell is None:
        return "–"
    if isinstance(cell, float):
        return f"{cell:.0f}" if abs(cell) >= 100 else f"{cell:.3g}"
    return f"{cell:,}" if isinstance(cell, int) else cell


def tell(measured: Iterable[Table], *, json_to: Path | None) -> None:
    """Each as soon as it is measured."""
    told: list[Any] = []
    for table in measured:
        print(as_markdown(table), end="\n\n", flush=True)
        told.append(to_builtins(table))
        if json_to:
            write_json(json_to, told)


def write_json(file: Path, told: Any) -> None:
    file.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def main(about: str | None, measure: Callable[[list[str]], Iterable[Table]]) -> None:
    """Of a benchmark. `measure` gets what was typed but for `--json FILE`."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=Path, metavar="FILE", help="the same for programs")
    parser.add_argument("given", nargs="*", help="as the lines above say")
    asked = parser.parse_args(sys.argv[1:])
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that whatever it has started ends with it
    tell(measure(asked.given), json_to=asked.json)
