"""The document of an audit as tables: CSV files for a spreadsheet, one for each thing that is counted."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO
from typing import Any

_Row = list[Any]


def tables(document: Mapping[str, Any]) -> dict[str, str]:
    """Name → CSV. What is not known, or never happened, is an empty field."""
    found = {
        "cases": _csv(_cases(document["cases"])),
        "clocks": _csv(_clocks(document["cases"])),
        "totals": _csv(_totals(document["totals"])),
        "fairness": _csv(_fairness(document["fairness"])),
    }
    if returned := document.get("return"):
        found[f"return-{returned['to']}"] = _csv(_returned(returned))
    return found


def _returned(returned: Mapping[str, Any]) -> Iterator[_Row]:
    yield [column["name"] for column in returned["columns"]]
    yield from ([*row.values()] for row in returned["rows"])


def _cases(cases: Iterable[Mapping[str, Any]]) -> Iterator[_Row]:
    first = next(iter(cases := list(cases)), None)
    checks, took, pages = ([*first[name]] if first else [] for name in ("checks", "took", "pages"))
    plain = ["ref", "incident", "told_at", "status", "grade", "high", "first_graded_below", "found"]
    spans = [f"{name}_minutes" for name in took]
    yield [*plain, *checks, *spans, "attendance_refused", *(f"pages_{name}" for name in pages), "never_done"]
    for case in cases:
        yield [
            *(case[name] for name in plain),
            *case["checks"].values(),
            *case["took"].values(),
            case["attendance_refused"],
            *case["pages"].values(),
            " ".join(case["never_done"] or ()),
        ]


def _clocks(cases: Iterable[Mapping[str, Any]]) -> Iterator[_Row]:
    names = ["clock", "item", "since", "due", "done", "outcome"]
    yield ["ref", "incident", *names]
    for case in cases:
        for run in case["clocks"]:
            yield [case["ref"], case["incident"], *(run[name] for name in names)]


def _totals(totals: Mapping[str, Any]) -> Iterator[_Row]:
    """As far down as the document goes, a figure in each row."""
    leaves = list(_leaves(totals))
    deepest = max(len(path) for path, _ in leaves)
    yield ["what", *(f"of_{level}" for level in range(1, deepest)), "figure"]
    for path, figure in leaves:
        yield [*path, *[""] * (deepest - len(path)), figure]


def _leaves(found: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    if not isinstance(found, Mapping):
        yield path, found
        return
    for name, below in found.items():
        yield from _leaves(below, (*path, name))


def _fairness(found: Iterable[Mapping[str, Any]]) -> Iterator[_Row]:
    figures = ["count", "per_cent", "low", "high"]
    yield ["axis", "row", "n", "question", "answer", *figures, "median_minutes"]
    for table in found:
        for row in table["rows"]:
            yield from _fairness_row([table["axis"], row["row"], row["n"]], row, figures)


def _fairness_row(begins: _Row, row: Mapping[str, Any], figures: list[str]) -> Iterator[_Row]:
    for question, answers in row["shares"].items():
        for answer, share in answers.items():
            said = [share[name] for name in figures] if isinstance(share, Mapping) else [share] * len(figures)
            yield [*begins, question, answer, *said, ""]
    for clock, median in row["median_minutes"].items():
        yield [*begins, "first_done", clock, *[""] * len(figures), median]


def _csv(rows: Iterable[_Row]) -> str:
    written = StringIO(newline="")
    csv.writer(written).writerows([_field(value) for value in row] for row in rows)
    return written.getvalue()


def _field(value: Any) -> Any:
    """A spreadsheet takes what begins so for a formula; an incident number is whatever somebody typed."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{value}"
    return value
