"""The report as one page of HTML that needs nothing beside it, and as text for a terminal. Tables, and no more."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from bot.backtest.report import CANNOT_SHOW, Table
from bot.views.blocks import MARKING
from bot.views.plain.plain_text import aligned

_STYLE = """
:root { color-scheme: light dark; }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; }
table { border-collapse: collapse; margin: 0 0 2rem; }
th, td { border-bottom: 1px solid #8886; padding: .25rem .75rem; text-align: left; vertical-align: top; }
td + td { font-variant-numeric: tabular-nums; }
.wide { overflow-x: auto; }
@media print { body { margin: 0; max-width: none; font-size: 10px; } section { break-inside: avoid; } }
"""
_TITLE = "Back-test"
_CANNOT = "What this cannot show"


def as_html(tables: Iterable[Table]) -> str:
    limits = "".join(f"<li>{escape(limit)}</li>" for limit in CANNOT_SHOW)
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{_TITLE}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style>'
        f"<p>{MARKING}</p><h1>{_TITLE}</h1><h2>{_CANNOT}</h2><ul>{limits}</ul>"
        f"{''.join(map(_section, tables))}</html>\n"
    )


def _section(table: Table) -> str:
    note = f"<p>{escape(table.note)}</p>" if table.note else ""
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in table.header)
    body = "".join(map(_row, table.rows))
    return (
        f'<section><h2>{escape(table.title)}</h2>{note}<div class="wide">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div></section>"
    )


def _row(cells: Sequence[str]) -> str:
    first, *others = cells
    rest = "".join(f"<td>{escape(cell)}</td>" for cell in others)
    return f'<tr><th scope="row">{escape(first)}</th>{rest}</tr>'


def as_text(tables: Iterable[Table]) -> Iterator[str]:
    """Lines."""
    for table in tables:
        yield table.title
        yield from (f"  {line}" for line in aligned([table.header, *table.rows]))
        yield ""
    yield _CANNOT
    yield from (f"  {limit}" for limit in CANNOT_SHOW)
