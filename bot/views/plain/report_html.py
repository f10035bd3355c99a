"""The frame of a report as a page of its own: on a screen, light or dark, and printed; and its tables.

Whole in itself: nothing is loaded from anywhere. An export's page is none of these: its bytes are proved by a sum.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Any

from bot.views.blocks import MARKING

Cells = Sequence[Any]
_STYLE = """
:root { color-scheme: light dark; }
body { font: 11pt/1.45 system-ui, sans-serif; max-width: 58rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.35rem; margin: .2rem 0; }
h2 { font-size: 1.1rem; margin: 2rem 0 .3rem; } h3 { font-size: 1rem; margin: 1.4rem 0 .2rem; }
h2, h3, h2 + p { break-after: avoid; } p, footer { break-inside: avoid; }
svg { width: 100%; height: auto; display: block; } figure { margin: .5rem 0; break-inside: avoid; break-after: avoid; }
figcaption { font-size: .85rem; }
.wide { overflow-x: auto; } .kept { break-inside: avoid; }
table { border-collapse: collapse; margin: .4rem 0 1rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding: .3rem 0; white-space: nowrap; }
thead { display: table-header-group; } tr { break-inside: avoid; border-top: 1px solid #8886; }
th, td { padding: .2rem .8rem .2rem 0; text-align: right; vertical-align: top; }
.unseen { position: absolute; clip-path: inset(50%); height: 1px; overflow: hidden; }
th:first-child, .words { text-align: left; } tbody th { font-weight: 400; white-space: nowrap; }
.whole { white-space: nowrap; } .marking { font-weight: 700; letter-spacing: .06em; } .small { font-size: .85rem; }
@page { size: A4; margin: 14mm; }
@media print {
  :root { color-scheme: light; }
  body { margin: 0; padding: 0; max-width: none; font-size: 9.5pt; print-color-adjust: exact; }
  .wide { overflow: visible; font-size: 8pt; }
}
"""
_DAY = re.compile(r"\d{4}-\d\d-\d\d|\d\d? [A-Z][a-z]{2} \d{4}")
_A_WORD_OR_TWO = 12  # characters
_SHORT = 24  # rows: a table of so many is not cut by the end of a page


def framed(title: str, about: Iterable[str], body: Iterable[str], notes: Iterable[str]) -> Iterator[str]:
    """Lines of HTML. `title`, `about` and `notes` are text; `body` is HTML."""
    marking = escape(MARKING)
    yield "<!doctype html>"
    yield f'<html lang="en-GB"><head><meta charset="utf-8"><title>{escape(title)} · {marking}</title>'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<style>{_STYLE}</style></head><body>"
    yield f'<header><div class="marking">{marking}</div><h1>{escape(title)}</h1>'
    yield from (f"<p>{escape(each)}</p>" for each in about)
    yield "</header><main>"
    yield from body
    said = "".join(f"<li>{escape(note)}</li>" for note in notes)
    yield f"</main><footer class='small'>{f'<ul>{said}</ul>' if said else ''}"
    yield f'<div class="marking">{marking}</div></footer></body></html>'


def table(caption: str, head: Cells, rows: Iterable[Cells], *, is_titled: bool = False) -> Iterator[str]:
    """A column of words stands to the left, one of figures to the right. `is_titled`: a heading above it says the
    caption already, which only a reader of the screen needs again."""
    body = [[str(cell) for cell in row] for row in rows]
    kinds = [_kind(row[place] for row in body) for place in range(len(head))]
    unseen = ' class="unseen"' if is_titled else ""
    kept = " kept" if len(body) <= _SHORT else ""
    yield f'<div class="wide{kept}"><table><caption{unseen}>{escape(caption)}</caption><thead><tr>'
    named = zip(map(str, head), kinds, strict=True)
    yield "".join(f'<th scope="col"{kind}>{escape(cell)}</th>' for cell, kind in named)
    yield "</tr></thead><tbody>"
    for first, *others in body:
        cells = zip(others, kinds[1:], strict=True)
        told = "".join(f"<td{kind}>{escape(cell)}</td>" for cell, kind in cells)
        yield f'<tr><th scope="row">{escape(first)}</th>{told}</tr>'
    yield "</tbody></table></div>"


def _kind(column: Iterable[str]) -> str:
    """Its class, as an attribute."""
    cells = [cell for cell in column if cell not in ("", "–", "never")]
    if cells and all(_DAY.match(cell) for cell in cells):
        return ' class="whole"'
    if all(cell[0].isdecimal() for cell in cells):
        return ""
    return ' class="words whole"' if max(map(len, cells)) <= _A_WORD_OR_TWO else ' class="words"'
