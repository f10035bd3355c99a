"""What a back-test says: tables for people, and the same for programs. Two policies stand side by side."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct

from bot.backtest.backtest import PLAYED_ON, RowLeftOut
from bot.backtest.tally import ClockTally, Load, PolicyTally
from bot.backtest.virtual_time import PageKind
from bot.domain.facts import Grade
from bot.domain.people import BY_RANK, Role
from bot.domain.policy import ClockName

CANNOT_SHOW = (
    "Compliance, not safety: a page asks for a step that the policy wants, and says nothing of whether a child was "
    "safer for it. In a published study of 92,681 cases 89 % of those graded high came to no harm, and 59 % of those "
    "harmed had not been graded high (Doyle and Barnes, 2020).",
    "What people would have done once paged. Nobody got these pages, so nobody reacts to one: each goes on until what "
    "it asks for was in fact done. The load is given as two bounds: at least the first pages alone, as if each had "
    "been answered; at most all of them.",
    "What the log does not hold. A column that is left out, or empty throughout, tests none of its clocks; an empty "
    "cell of one that is held is read as not done.",
    "Who was on duty: no rung is taken to be empty, and nobody to be away. Pages of several cases at one moment are "
    "counted one by one, though more than a few become one digest.",
    f"What came after: an incident is played for {PLAYED_ON.days} days after the last thing that its row tells.",
)


class LogTold(Struct, frozen=True, kw_only=True):
    """The log itself."""

    name: str
    rows: int
    bad: int
    bad_rows: Sequence[RowLeftOut]  # the first of them
    not_held: Sequence[str]  # columns
    not_tested: Sequence[ClockName]


class Table(Struct, frozen=True, kw_only=True):
    title: str
    note: str = ""
    header: Sequence[str]
    rows: Sequence[Sequence[str]]


def as_json(log: LogTold, tallies: Mapping[str, PolicyTally], zone: ZoneInfo) -> dict[str, Any]:
    return {
        "log": {
            "file": log.name,
            "rows": log.rows,
            "bad": log.bad,
            "bad_rows": [{"line": bad.line, "because": bad.because} for bad in log.bad_rows],
            "columns_not_held": list(log.not_held),
            "clocks_not_tested": [clock.value for clock in log.not_tested],
        },
        "cannot_show": list(CANNOT_SHOW),
        "policies": {name: _policy_json(tally, zone) for name, tally in tallies.items()},
    }


def _policy_json(tally: PolicyTally, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "incidents": tally.incidents,
        "incidents_paged": tally.paged_incidents,
        "running_grades": {grade.value: tally.grades[grade] for grade in Grade},
        "pages": [
            {"role": role.value, "rung": rung, "kind": kind.value, "pages": count}
            for (role, rung, kind), count in sorted(tally.pages.items())
        ],
        "clocks": {name.value: _clock_json(tally.clocks[name]) for name in ClockName if name in tally.clocks},
        "load": {
            role.value: {
                "at_least": _load_json(tally.at_least, role, zone),
                "at_most": _load_json(tally.at_most, role, zone),
            }
            for role in _roles(tally)
        },
    }


def _clock_json(clock: ClockTally) -> dict[str, Any]:
    return {
        "paged": clock.runs,
        "done_later": clock.done.total(),
        "minutes_earlier": {"median": quantile(clock.done, 0.5), "nine_in_ten": quantile(clock.done, 0.9)},
        "over_without": clock.over,
        "never": clock.never,
    }


def _load_json(load: Load, role: Role, zone: ZoneInfo) -> dict[str, Any]:
    told = {"an_hour": load.an_hour, "a_shift": load.a_shift}
    return {name: _worst_json(counts, role, zone) for name, counts in told.items()}


def _worst_json(counts: Counter[tuple[Role, datetime]], role: Role, zone: ZoneInfo) -> dict[str, Any]:
    """Of the hours, or the shifts, in which that role was paged at all."""
    spread, (worst, at) = _of_role(counts, role)
    return {
        "with_pages": spread.total(),
        "median": quantile(spread, 0.5),
        "nineteen_in_twenty": quantile(spread, 0.95),
        "worst": worst,
        "worst_from": at.astimezone(zone).isoformat(timespec="minutes") if at else None,
    }


def _of_role(
    counts: Counter[tuple[Role, datetime]], role: Role
) -> tuple[Counter[int], tuple[int, datetime | None]]:
    """How many pages → in how many hours; and the worst, the earliest of several."""
    spread: Counter[int] = Counter()
    worst: tuple[int, datetime | None] = (0, None)
    for (whose, at), pages in counts.items():
        if whose is role:
            spread[pages] += 1
            if pages > worst[0] or (pages == worst[0] and worst[1] and at < worst[1]):
                worst = pages, at
    return spread, worst


def quantile(counts: Counter[int], share: float) -> int | None:
    """The smallest value that so much of all reach or stay under; None of nothing."""
    left = share * counts.total()
    for value in sorted(counts):
        left -= counts[value]
        if left <= 0:
            return value
    return None


def _roles(tally: PolicyTally) -> list[Role]:
    paged = {role for role, _, _ in tally.pages}
    return [role for role in BY_RANK if role in paged]


def tables(log: LogTold, tallies: Mapping[str, PolicyTally], zone: ZoneInfo) -> Iterator[Table]:
    names = list(tallies)
    yield Table(title="The log", header=("", log.name), rows=list(_log_rows(log)))
    yield Table(title="Incidents and pages", header=("", *names), rows=list(_overall(tallies)))
    yield Table(
        title="Each clock: how much earlier than what happened",
        note="Of the runs that came to be paged: how long after their first page it was in fact done, in minutes.",
        header=("clock", "policy", "paged", "done later", "median", "nine in ten", "over without", "never"),
        rows=[
            _clock_row(clock, name, tallies[name].clocks.get(clock, ClockTally()))
            for clock in ClockName
            for name in names
            if any(clock in tally.clocks for tally in tallies.values())
        ],
    )
    yield Table(
        title="Load: pages that ring, in an hour and in a shift",
        note="A FIM is one person. At least: first pages alone. At most: nobody answers any. Of the hours and shifts "
        "with any page to that role.",
        header=(
            "role",
            "policy",
            "",
            "hours",
            "median",
            "19 in 20",
            "worst",
            "from",
            "shifts",
            "median",
            "19 in 20",
            "worst",
            "from",
        ),
        rows=[row for name in names for row in _load_rows(name, tallies[name], zone)],
    )


def _log_rows(log: LogTold) -> Iterator[Sequence[str]]:
    yield "rows", f"{log.rows:,}"
    yield "of them bad, and left out", f"{log.bad:,}"
    yield "columns that say nothing", ", ".join(log.not_held) or "none"
    yield "clocks that are not tested", ", ".join(log.not_tested)
    for bad in log.bad_rows:
        yield f"line {bad.line}", bad.because


def _overall(tallies: Mapping[str, PolicyTally]) -> Iterator[Sequence[str]]:
    each = list(tallies.values())
    yield "incidents", *(f"{tally.incidents:,}" for tally in each)
    yield "of them paged about", *(f"{tally.paged_incidents:,}" for tally in each)
    for grade in Grade:
        yield f"running at {grade.value} at the end", *(f"{tally.grades[grade]:,}" for tally in each)
    for kind, called in _KINDS.items():
        yield called, *(f"{_pages(tally, kind):,}" for tally in each)
    for role, rung in sorted({key[:2] for tally in each for key in tally.pages}):
        told = [
            tally.pages[role, rung, PageKind.FIRST] + tally.pages[role, rung, PageKind.UP] for tally in each
        ]
        yield f"to {role.value}, rung {rung}, first or up", *(f"{count:,}" for count in told)


_KINDS = {
    PageKind.FIRST: "first pages",
    PageKind.UP: "one rung up, since nobody answers",
    PageKind.AGAIN: "the same rung again",
}


def _pages(tally: PolicyTally, kind: PageKind) -> int:
    return sum(count for (_, _, which), count in tally.pages.items() if which is kind)


def _clock_row(clock: ClockName, policy: str, told: ClockTally) -> Sequence[str]:
    halves = (quantile(told.done, 0.5), quantile(told.done, 0.9))
    spans = ("–" if minutes is None else f"{minutes:,}" for minutes in halves)
    return (
        clock.value,
        policy,
        f"{told.runs:,}",
        f"{told.done.total():,}",
        *spans,
        f"{told.over:,}",
        f"{told.never:,}",
    )


def _load_rows(policy: str, tally: PolicyTally, zone: ZoneInfo) -> Iterator[Sequence[str]]:
    for role in _roles(tally):
        for bound, load in (("at least", tally.at_least), ("at most", tally.at_most)):
            cells = [
                cell for counts in (load.an_hour, load.a_shift) for cell in _load_cells(counts, role, zone)
            ]
            yield role.value, policy, bound, *cells


def _load_cells(counts: Counter[tuple[Role, datetime]], role: Role, zone: ZoneInfo) -> Sequence[str]:
    spread, (worst, at) = _of_role(counts, role)
    if at is None:
        return "0", "–", "–", "–", "–"
    return (
        f"{spread.total():,}",
        f"{quantile(spread, 0.5)}",
        f"{quantile(spread, 0.95)}",
        f"{worst}",
        f"{at.astimezone(zone):%d %b %Y %H:%M}",
    )
