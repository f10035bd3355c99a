"""An audit as a page of its own: on a screen, light or dark, and printed. Every plot has its figures in a table."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Any

from bot.views.plain.audit_document import SUPPRESSED
from bot.views.plain.report_html import framed, table
from bot.views.plain.report_plots import Interval, Series, bars, intervals
from bot.views.wording.audit_words import SHADE_OF, in_words


def audit_page(document: Mapping[str, Any]) -> str:
    """HTML, whole in itself: nothing is loaded from anywhere."""
    return "\n".join(_page(document)) + "\n"


def _page(document: Mapping[str, Any]) -> Iterator[str]:
    title = f"Audit, {document['from']} to {document['to']}"
    return framed(title, [_summary(document)], _body(document), document["notes"])


def _body(document: Mapping[str, Any]) -> Iterator[str]:
    totals = document["totals"]
    yield from _grades(totals)
    yield from _checks(totals)
    yield from _heads(totals)
    yield from _times(totals)
    yield from _pages(totals["pages"])
    yield from _counted("Never done at closing", "Clock", "Closed cases", totals["never_done"])
    yield from _fairness(document["fairness"])
    if "return" in document:
        yield from _returned(document["return"])
    yield from _cases(document["cases"])


def _summary(document: Mapping[str, Any]) -> str:
    totals, left_out = document["totals"], document["left_out"]
    when = document["made_at"][:16].replace("T", " ")
    said = [
        f"{totals['cases']} cases, {totals['high']} of them high at some time, {totals['not_closed']} not closed",
        f"as it stood on {when}, made by {document['made_by']}",
    ]
    out = [f"{len(refs)} {name}" for name, refs in left_out.items() if refs]
    if out:
        said.append(f"left out: {', '.join(out)}")
    return ". ".join(f"{part[0].upper()}{part[1:]}" for part in said) + "."


def _grades(totals: Mapping[str, Any]) -> Iterator[str]:
    yield "<section><h2>Cases by grade</h2>"
    yield from _stacked("grades", "Grade of the cases", "", {"cases": totals["grades"]})
    yield "</section>"


def _checks(totals: Mapping[str, Any]) -> Iterator[str]:
    yield "<section><h2>The seven checks</h2>"
    yield from _stacked("checks", "Cases by what came of each check", "Check", totals["checks"])
    yield "</section>"


def _heads(totals: Mapping[str, Any]) -> Iterator[str]:
    yield "<section><h2>Clocks, under the inspectorate's five heads</h2>"
    for head, clocks in totals["heads"].items():
        yield f"<h3>{escape(_capital(in_words(head)))}</h3>"
        if clocks:
            yield from _stacked(head, f"Runs of clocks: {in_words(head)}", "Clock", clocks)
        else:
            yield "<p>None of its clocks came due.</p>"
    yield "</section>"


def _times(totals: Mapping[str, Any]) -> Iterator[str]:
    yield "<section><h2>How long it took</h2>"
    head = ("", "of", "never", "median, min", "nine in ten within, min")
    rows = [
        (in_words(name), each["of"], each["never"], _or_never(each["median"]), _or_never(each["nine_in_ten"]))
        for name, each in totals["took"].items()
        if each["of"]
    ]
    yield from table("Minutes, and how often it was owed and never done", head, rows)
    told = (
        f"The caller was told in {totals['caller_told']} cases, social care in {totals['social_care_told']} of "
        f"{totals['looked_after']} with a looked-after child. Attendance was refused in {totals['attendance_refused']}."
    )
    yield f"<p>{escape(told)}</p></section>"


def _pages(pages: Mapping[str, Any]) -> Iterator[str]:
    yield "<section><h2>Pages</h2>"
    rungs = {
        f"rung {rung}" if rung != "0" else "nobody on duty": {
            "answered": each["answered"],
            "not_answered": each["posts"] - each["answered"],
        }
        for rung, each in pages["rungs"].items()
    }
    if rungs:
        yield from _stacked("pages", "Pages by the highest rung that they reached", "Rung", rungs)
    said = f"{pages['posts']} pages; {pages['arrived']} arrived, {pages['acknowledged']} were acknowledged; "
    yield f"<p>{escape(said)}{pages['most']} at most on one case.</p></section>"


def _counted(title: str, first: str, second: str, counts: Mapping[str, int]) -> Iterator[str]:
    yield f"<section><h2>{escape(title)}</h2>"
    if counts:
        yield from table(title, (first, second), [(in_words(name), count) for name, count in counts.items()])
    else:
        yield "<p>Nothing.</p>"
    yield "</section>"


def _fairness(tables: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    yield "<section><h2>By who the child is</h2>"
    yield "<p>Of each row: how many, and per cent with the 95 % interval; the plots show how many were ever high. "
    yield "What a child might be known by is not shown (–), and an answer that is nobody's has no column.</p>"
    for each in tables:
        axis, rows = in_words(each["axis"]), each["rows"]
        yield f"<h3>{escape(_capital(axis))}</h3>"
        shown = [
            Interval(in_words(row["row"]), share["per_cent"], share["low"], share["high"])
            for row in rows
            if isinstance(share := row["shares"]["graded"].get("high"), Mapping)
        ]
        if shown:
            yield f"<figure>{intervals(each['axis'], shown)}</figure>"
        yield from _shares(axis, rows)
        yield from _delays(axis, rows)
    yield "</section>"


def _shares(axis: str, rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for question in rows[0]["shares"] if rows else ():
        answers = list(rows[0]["shares"][question])
        cells = [
            (
                in_words(row["row"]),
                _shown(row["n"]),
                *(_share(row["shares"][question][each]) for each in answers),
            )
            for row in rows
        ]
        head = (axis, "n", *map(in_words, answers))
        yield from table(f"{_capital(in_words(question))}, by {axis}", head, cells)


def _delays(axis: str, rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    clocks = list(rows[0]["median_minutes"]) if rows else []
    cells = [
        (in_words(row["row"]), *(_shown(row["median_minutes"][each]) for each in clocks)) for row in rows
    ]
    if cells:
        yield from table(
            f"Median minutes to the first five clocks, by {axis}", (axis, *map(in_words, clocks)), cells
        )


def _returned(returned: Mapping[str, Any]) -> Iterator[str]:
    count = len(returned["rows"])
    yield "<section><h2>Return to the UK Missing Persons Unit</h2>"
    yield f"<p>{count} incidents of missing children, a row each in the file beside this one that ends with "
    yield "return-ukmpu.csv. The columns are those of the unit’s published reports. Where the record holds nothing, "
    yield "the cell is empty:</p>"
    rows = [
        (in_words(each["name"]), each["empty"], each["why"]) for each in returned["columns"] if each["empty"]
    ]
    yield from table(f"Empty cells, of {count} in each column", ("Column", "empty", "why"), rows)
    yield "</section>"


def _cases(cases: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    yield "<section><h2>The cases</h2>"
    rows = [
        (
            case["incident"] or case["ref"],
            case["told_at"][:16].replace("T", " "),
            in_words(case["grade"]),
            ", ".join(in_words(name) for name, verdict in case["checks"].items() if verdict == "failed"),
            ", ".join(in_words(name) for name, verdict in case["checks"].items() if verdict == "late"),
            case["pages"]["posts"],
        )
        for case in cases
    ]
    yield from table(
        "Each case, by when police were told", ("Incident", "Told", "Grade", "Failed", "Late", "Pages"), rows
    )
    yield "</section>"


# A plot with its table, and the words of codes.


def _stacked(name: str, title: str, of: str, rows: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    """`rows`: each with the same outcomes."""
    outcomes = list(next(iter(rows.values())))
    series = [
        Series(in_words(each), SHADE_OF[each], [counts[each] for counts in rows.values()])
        for each in outcomes
    ]
    cells = [(in_words(row), *counts.values()) for row, counts in rows.items()]
    yield f"<figure>{bars(name, [in_words(row) for row in rows], series)}</figure>"
    yield from table(title, (of, *map(in_words, outcomes)), cells)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _or_never(minutes: float | None) -> str:
    return "never" if minutes is None else f"{minutes:g}"


def _share(share: Mapping[str, float] | str) -> str:
    if isinstance(share, str):
        return _shown(share)
    return f"{share['count']} ({share['per_cent']:g} %, {share['low']:g}–{share['high']:g})"


def _shown(figure: Any) -> str:
    return "–" if figure == SUPPRESSED else f"{figure:g}" if isinstance(figure, int | float) else str(figure)
