"""An export as a page of its own: read on a screen, light or dark, and printed on A4. It holds the document of which
it is drawn: whoever has the one has the other."""

import json
from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

from bot.views.plain.export_document import SUM, Redaction

_BEGINS, _ENDS = '<script type="application/json" id="export">', "</script>"
_LEFT_OUT = {
    Redaction.NONE: "Nothing is left out.",
    Redaction.STAFF: "Left out: names of staff; each is called by a role and a number.",
    Redaction.REFERENCES: "Left out: names, places and anybody's own words.",
}
_STYLE = """
:root { color-scheme: light dark; }
body { font: 11pt/1.45 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.35rem; margin: .2rem 0; } h2 { font-size: 1rem; margin: 1.4rem 0 .3rem; break-after: avoid; }
ul { margin: 0; padding-left: 1.1rem; } li { margin: .15rem 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; } thead { display: table-header-group; }
th, td { text-align: left; vertical-align: top; padding: .25rem .6rem .25rem 0; overflow-wrap: anywhere; }
tr { break-inside: avoid; border-top: 1px solid #8886; } td:first-child { white-space: nowrap; }
.marking { font-weight: 700; letter-spacing: .06em; } .small { font-size: .85rem; }
@page { size: A4; margin: 16mm; } @media print { body { margin: 0; max-width: none; font-size: 10pt; } }
"""


def page(document: dict[str, Any]) -> str:
    """HTML, whole in itself: nothing is loaded from anywhere."""
    return "\n".join(_page(document)) + "\n"


def document_in(text: str) -> dict[str, Any]:
    """Of an export in either form. Raises ValueError where it is none."""
    inside = text.partition(_BEGINS)[2].partition(_ENDS)[0] if text.lstrip().startswith("<") else text
    found = json.loads(inside)
    if not isinstance(found, dict) or SUM not in found:
        raise ValueError("no export")
    return found


def _page(document: dict[str, Any]) -> Iterator[str]:
    ref, marking = escape(document["ref"]), escape(document["marking"])
    yield "<!doctype html>"
    yield f'<html lang="en-GB"><head><meta charset="utf-8"><title>{ref} · {marking}</title>'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<style>{_STYLE}</style></head><body>"
    yield f'<header><div class="marking">{marking}</div><h1>{escape(document["headline"])}</h1>'
    yield f'<p class="small">{escape(_made(document))}</p></header><main>'
    for section in document["sections"]:
        yield from _section(section)
    yield from _timeline(document["timeline"])
    yield f'</main><footer class="small"><p>SHA-256 of what is exported: <code>{escape(document[SUM])}</code>. '
    yield "Whether this page is as it was made says <code>missing-bot verify --export FILE</code>.</p>"
    yield f'<div class="marking">{marking}</div></footer>'
    yield f"{_BEGINS}{_data(document)}{_ENDS}</body></html>"


def _made(document: dict[str, Any]) -> str:
    when, by = document["made_at"][:19].replace("T", " "), document["made_by"]
    return f"As it stood on {when}, exported by {by}. {_LEFT_OUT[Redaction(document['redaction'])]}"


def _section(section: dict[str, Any]) -> Iterator[str]:
    yield f"<section><h2>{escape(section['title'])}</h2><ul>"
    yield from (f"<li>{escape(line)}</li>" for line in section["lines"])
    yield "</ul></section>"


def _timeline(steps: Iterable[dict[str, Any]]) -> Iterator[str]:
    yield "<section><h2>Timeline, oldest first</h2><table>"
    yield '<thead><tr><th scope="col">When</th><th scope="col">What</th></tr></thead><tbody>'
    for step in steps:
        cells = (step["at"][:19].replace("T", " "), step["says"])
        yield f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"
    yield "</tbody></table></section>"


def _data(document: dict[str, Any]) -> str:
    """No text in it ends the script."""
    return json.dumps(document, ensure_ascii=False).replace("<", "\\u003c")
