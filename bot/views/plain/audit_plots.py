"""The plots of an audit, as SVG in a page: its words are text, and take the page's own colour, light or dark.

Matplotlib is slow to load: nothing else imports this module.
"""

import re
from collections.abc import Sequence
from io import StringIO
from typing import Any

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
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
_ROOM_FOR_A_LABEL = 0.04  # of the widest bar: a narrower part has its figure in the table alone
_WIDE, _LINE, _AROUND = 7.2, 0.3, 0.75  # inches


class Series(Struct, frozen=True):
    """One colour of a plot of bars."""

    name: str
    shade: str  # of SHADES
    counts: Sequence[int]  # one for each bar


class Interval(Struct, frozen=True):
    """Per cent; a row that is not shown has none."""

    name: str
    middle: float
    low: float
    high: float


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
    """A point for each row, with how sure that is."""
    with rc_context(_STYLE | {"svg.hashsalt": name}):
        figure, axes = _drawing(len(rows))
        for place, row in enumerate(rows):
            axes.plot([row.low, row.high], [place, place], color=SHADES["good"], linewidth=2)
            axes.plot([row.middle], [place], marker="o", color=SHADES["good"])
        axes.set_yticks(range(len(rows)), [row.name for row in rows])
        axes.set_ylim(len(rows) - 0.5, -0.5)
        axes.set_xlim(0, 100)
        axes.set_xlabel("per cent")
        return _written(figure)


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
