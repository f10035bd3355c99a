"""Slack's markup as plain text that a terminal may print: what somebody typed can neither colour nor clear a screen."""

import re
import textwrap
from collections.abc import Sequence
from unicodedata import combining, east_asian_width

from bot.views.wording import words

_TOKEN = re.compile(r"<[^>|]*\|([^>]*)>")  # <https://…|shown>, <!date^…|13:40>
_SHAPES = re.compile(f"[{words.LATE}{words.TAKEN_UP}{words.DUE}{words.DONE}] ?")
_IN_SLACK = {
    "/missing mine lists yours": "missing-bot case list --mine lists yours",
    "/missing with the reference opens one": "missing-bot case show with the reference opens one",
}


def plain(markup: str) -> str:
    """A word stands beside every shape on our screens, so the shapes can go."""
    text = _SHAPES.sub("", _TOKEN.sub(r"\1", markup))
    for there, here in _IN_SLACK.items():
        text = text.replace(there, here)
    text = words.literal(text)
    return "".join(mark if mark.isprintable() or mark == "\n" else " " for mark in text)


def one_line(markup: str) -> str:
    return " ".join(plain(markup).split())


def width(text: str) -> int:
    """Columns of a terminal: some letters take two, and accents none."""
    return sum(0 if combining(mark) else 2 if east_asian_width(mark) in "WF" else 1 for mark in text)


def fitted(text: str, columns: int) -> str:
    """Exactly that wide; what was cut is marked."""
    if width(text) > columns:
        while width(text) > columns - 1:
            text = text[:-1]
        text += "…"
    return text + " " * (columns - width(text))


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """A line each, its cells under one another."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(map(fitted, row, widths)).rstrip() for row in rows]


def indented(line: str, columns: int = 80) -> str:
    """Two spaces in, and what follows the first line two more."""
    return textwrap.fill(one_line(line), columns, initial_indent="  ", subsequent_indent="    ")


def unreadable(refs: Sequence[str], columns: int = 80) -> str:
    """Cases that are open and cannot be read, every one by its reference; empty where there is none."""
    said = (
        f"LATE or not, nobody can say: {len(refs)} could not be read: {', '.join(refs)}. Call the technician."
    )
    return textwrap.fill(said, columns) if refs else ""
