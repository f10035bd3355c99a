"""The plots of a back-test, each before the table that says the same. Slow to load: once a report is written."""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from bot.backtest.virtual_time import PageKind
from bot.domain.people import Role
from bot.views.plain.report_plots import Interval, Series, bars, reaches
from bot.views.wording.audit_words import in_words
from bot.views.wording.words import ROLES

_KINDS = {
    PageKind.FIRST: ("first pages", "good"),
    PageKind.UP: ("one rung up", "late"),
    PageKind.AGAIN: ("the same rung again", "none"),
}
_SPANS = {"an_hour": "pages in an hour", "a_shift": "pages in a shift"}
_BOUNDS = {"at_least": "at least", "at_most": "at most"}

Policies = Mapping[str, Mapping[str, Any]]
"""As in the report's JSON."""


def pages_plot(policies: Policies) -> Iterator[str]:
    """Two policies side by side."""
    counts = {
        kind: [
            sum(each["pages"] for each in policy["pages"] if each["kind"] == kind)
            for policy in policies.values()
        ]
        for kind in _KINDS
    }
    if any(map(any, counts.values())):
        series = [Series(*_KINDS[kind], counts=found) for kind, found in counts.items()]
        yield _figure(bars("pages", list(policies), series))


def clocks_plot(policies: Policies) -> Iterator[str]:
    """How much earlier each clock's first page is than what happened."""
    series = {name: list(_earlier(policy["clocks"])) for name, policy in policies.items()}
    if any(series.values()):
        plot = reaches("earlier", series, "minutes earlier, by tens", wide=True)
        yield _figure(plot, "Point: the median. Line: up to nine in ten.")


def _earlier(clocks: Mapping[str, Any]) -> Iterator[Interval]:
    for clock, told in clocks.items():
        middle, high = told["minutes_earlier"]["median"], told["minutes_earlier"]["nine_in_ten"]
        if middle is not None:
            yield Interval(in_words(clock), middle, middle, high)


def load_plots(policies: Policies) -> Iterator[str]:
    """What one person of a role would hear, in an hour and in a shift."""
    for span, unit in _SPANS.items():
        series = {name: list(_loads(policy["load"], span)) for name, policy in policies.items()}
        if any(series.values()):
            told = "Point: the median. Line: up to nineteen in twenty. Diamond: the worst."
            yield _figure(reaches(span, series, unit), told)


def _loads(load: Mapping[str, Any], span: str) -> Iterator[Interval]:
    for role, bounds in load.items():
        for bound, said in _BOUNDS.items():
            told = bounds[bound][span]
            if told["with_pages"]:
                middle, high, worst = told["median"], told["nineteen_in_twenty"], told["worst"]
                yield Interval(f"{ROLES[Role(role)]}, {said}", middle, middle, high, worst)


def _figure(svg: str, said: str = "") -> str:
    caption = f"<figcaption>{escape(said)}</figcaption>" if said else ""
    return f"<figure>{caption}{svg}</figure>"
