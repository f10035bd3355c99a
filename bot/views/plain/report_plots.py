"""The plots of a report, as SVG in a page: its words are text, and take the page's own colour, light or dark.

Matplotlib is slow to load: nothing else imports this module.
"""

import re
from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Any

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, ScalarFormatter
from msgspec import Struct

from bot.views.wording.audit_words import SHADES

_INK = "#010203"  # stands for the page's own colour until the SVG is written
_STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.size": 10,
    "text.color": _INK,
    "axes.labelcolor": _INK,
    "axes.edgecolor": _INK,
    "xtick.color": _INK,
    "ytick.color": _INK,
}
_SIDES = ("good", "bad")  # the colours of two that are compared
_APART = 0.36  # of the height of a row
_ROOM_FOR_A_LABEL = 0.04  # of the widest bar: a narrower part has its figure in the table alone
_WIDE, _LINE, _AROUND = 7.2, 0.3, 0.75  # inches


class Series(Struct, frozen=True):
    """One colour of a plot of bars."""

    name: str
    shade: str  # of SHADES
    counts: Sequence[int]  # one for each bar


class Interval(Struct, frozen=True):
    """A point, and how far it may reach."""

    name: str
    middle: float
    low: float
    high: float
    most: float | None = None  # a point of its own, farther still


def bars(name: str, rows: Sequence[str], series: Sequence[Series]) -> str:
    """One bar for each row, of all its counts; `name` is the plot's own among those of its page."""
    with rc_context(_STYLE | {"svg.hashsalt": name}):
        figure, axes = _drawing(len(rows))
        left = [0] * len(rows)
        widest = max(sum(counts) for counts in zip(*(each.counts for each in series), strict=True))
        for each in series:
            drawn = axes.barh(
                rows, each.counts, left=left, color=SHADES[each.shade], label=each.name, height=0.7
            )
            labels = [str(count) if count >= widest * _ROOM_FOR_A_LABEL else "" for count in each.counts]
            ink = "white" if each.shade == "good" else "black"
            axes.bar_label(drawn, labels=labels, label_type="center", color=ink, fontsize=8)
            left = [before + count for before, count in zip(left, each.counts, strict=True)]
        axes.invert_yaxis()
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=len(series), frameon=False, fontsize=9)
        return _written(figure)


def intervals(name: str, rows: Sequence[Interval]) -> str:
    """A point for each row, in per cent, with how sure that is."""
    with rc_context(_STYLE | {"svg.hashsalt": name}):
        figure, axes = _drawing(len(rows))
        _points(axes, rows, [row.name for row in rows], SHADES["good"])
        axes.set_xlim(0, 100)
        axes.set_xlabel("per cent")
        return _written(figure)


def reaches(name: str, series: Mapping[str, Sequence[Interval]], unit: str, *, wide: bool = False) -> str:
    """Side by side in each row: a point, how far most of it reaches, and the most of all. `wide`: by tens."""
    names = list(dict.fromkeys(row.name for rows in series.values() for row in rows))
    with rc_context(_STYLE | {"svg.hashsalt": name}):
        figure, axes = _drawing(len(names))
        for place, (said, rows) in enumerate(series.items()):
            apart = (place - (len(series) - 1) / 2) * _APART
            _points(axes, rows, names, SHADES[_SIDES[place]], apart, said)
        if wide:
            axes.set_xscale("symlog", linthresh=10)
            axes.xaxis.set_major_formatter(ScalarFormatter())
        if len(series) > 1:
            axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=len(series), frameon=False, fontsize=9)
        axes.set_xlim(left=0)
        axes.set_xlabel(unit)
        return _written(figure)


def _points(
    axes: Axes, rows: Sequence[Interval], names: Sequence[str], colour: str, apart: float = 0, said: str = ""
) -> None:
    for number, row in enumerate(rows):
        place = names.index(row.name) + apart
        axes.plot([row.low, row.high], [place, place], color=colour, linewidth=2)
        axes.plot([row.middle], [place], "o", color=colour, label="" if number else said)
        if row.most is not None:
            axes.plot([row.most], [place], "D", color=colour, markersize=5)
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.5, -0.5)


def _drawing(rows: int) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(_WIDE, _AROUND + _LINE * max(rows, 1)), layout="constrained")
    axes = figure.subplots()
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(axis="y", length=0)
    return figure, axes


def _written(figure: Figure) -> str:
    """Without what an SVG of its own begins with, and without names that the next plot has too."""
    text = StringIO()
    figure.savefig(text, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    drawn = text.getvalue()
    drawn = drawn[drawn.index("<svg") :].replace(_INK, "currentColor")
    drawn = re.sub(r"<metadata>.*?</metadata>", "", drawn, flags=re.DOTALL)
    drawn = re.sub(r' id="[A-Za-z0-9.]+_[0-9]+"', "", drawn)
    # The figures stand in a table beside it: a reader of the screen is spared the drawing.
    return drawn.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1).strip()
