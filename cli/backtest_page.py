"""The report as one page of HTML that needs nothing beside it, and as text for a terminal."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Any

from bot.backtest.report import CANNOT_SHOW, Table
from bot.views.plain.plain_text import aligned
from bot.views.plain.report_html import framed, table
from bot.views.wording.audit_words import in_words
from bot.views.wording.words import ROLES

_TITLE = "Back-test"
_CANNOT = "What this cannot show"


def as_html(tables: Iterable[Table], document: Mapping[str, Any]) -> str:
    """`document`: the same as JSON, for the plots."""
    return "\n".join(framed(_TITLE, [], _body(tables, document["policies"]), [])) + "\n"


def _body(tables: Iterable[Table], policies: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    from cli.backtest_plots import clocks_plot, load_plots, pages_plot

    limits = "".join(f"<li>{escape(limit)}</li>" for limit in CANNOT_SHOW)
    yield f"<section><h2>{_CANNOT}</h2><ul>{limits}</ul></section>"
    plots = (iter(()), pages_plot(policies), clocks_plot(policies), load_plots(policies))
    for told, plot in zip(tables, plots, strict=True):
        yield f"<section><h2>{escape(told.title)}</h2>"
        if told.note:
            yield f"<p>{escape(told.note)}</p>"
        yield from plot
        yield from table(told.title, told.header, map(_in_words, told.rows), is_titled=True)
        yield "</section>"


def _in_words(cells: Sequence[str]) -> Sequence[str]:
    """A row begins with what it is about."""
    said = in_words(cells[0]) if cells[0] not in _ROLES else _ROLES[cells[0]]
    for code, words in _ROLES.items():
        said = said.replace(f"to {code},", f"to {words},")
    return [said, *cells[1:]]


_ROLES = {role.value: words for role, words in ROLES.items()}


def as_text(tables: Iterable[Table]) -> Iterator[str]:
    """Lines."""
    for told in tables:
        yield told.title
        yield from (f"  {line}" for line in aligned([told.header, *told.rows]))
        yield ""
    yield _CANNOT
    yield from (f"  {limit}" for limit in CANNOT_SHOW)
