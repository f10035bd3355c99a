"""What the audits of a period come to together, under the inspectorate's five heads."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import TypeVar

from msgspec import Struct

from bot.audit.case_audit import CaseAudit
from bot.audit.checks import CaseGrade, Check, Verdict
from bot.audit.proportions import Spread, spread
from bot.audit.runs import ClockOutcome
from bot.domain.case import Status
from bot.domain.clocks import name_of
from bot.domain.inspection import InspectionHead
from bot.domain.policy import ClockName

T = TypeVar("T")


class RungTotals(Struct, frozen=True, kw_only=True):
    posts: int
    answered: int  # acknowledged, or what was asked for was done, before it was paged again


class PageTotals(Struct, frozen=True, kw_only=True):
    posts: int
    arrived: int
    acknowledged: int
    rungs: dict[int, RungTotals]  # from 1; 0: nobody at all was on duty
    most: int  # on one case


class Totals(Struct, frozen=True, kw_only=True):
    cases: int
    not_closed: int  # what they come to may still change
    high: int
    grades: dict[CaseGrade, int]
    checks: dict[Check, dict[Verdict, int]]
    heads: dict[
        InspectionHead, dict[ClockName, dict[ClockOutcome, int]]
    ]  # runs of clocks; those that nobody owed are left out
    took: dict[str, Spread]  # by the names of `Took`, and only where it was owed or happened
    attendance_refused: int
    caller_told: int
    looked_after: int
    social_care_told: int  # of those
    pages: PageTotals
    closed: int
    undone: dict[ClockName, int]  # in how many closed cases it was left undone


def totals(audits: Sequence[CaseAudit]) -> Totals:
    in_care = [audit for audit in audits if audit.case.child.looked_after]
    closed = [audit for audit in audits if audit.undone is not None]
    return Totals(
        cases=len(audits),
        not_closed=sum(audit.case.status is not Status.CLOSED for audit in audits),
        high=sum(audit.high for audit in audits),
        grades=_counted(CaseGrade, (audit.grade for audit in audits)),
        checks={check: _counted(Verdict, (audit.checks[check] for audit in audits)) for check in Check},
        heads={head: _of_clocks(_under(head), audits) for head in InspectionHead},
        took=_took(audits),
        attendance_refused=sum(audit.attendance_refused for audit in audits),
        caller_told=sum(audit.took.caller_told is not None for audit in audits),
        looked_after=len(in_care),
        social_care_told=sum(audit.took.social_care_told is not None for audit in in_care),
        pages=_pages(audits),
        closed=len(closed),
        undone=_undone(closed),
    )


def _under(head: InspectionHead) -> tuple[ClockName, ...]:
    return tuple(name for name in ClockName if name.head is head)


def _of_clocks(
    names: Iterable[ClockName], audits: Sequence[CaseAudit]
) -> dict[ClockName, dict[ClockOutcome, int]]:
    found = Counter((run.name, run.outcome) for audit in audits for run in audit.runs)
    each = {name: {outcome: found[name, outcome] for outcome in ClockOutcome} for name in names}
    return {name: outcomes for name, outcomes in each.items() if any(outcomes.values())}


# What of `Took` is owed by a clock: where that was missed, it counts as never done.
_OWED_BY = {
    "accepted": ClockName.OWNER_ACCEPTED,
    "first_enquiry": ClockName.LINES_OF_ENQUIRY,
    "reviewed": ClockName.REVIEW,
    "caller_told": ClockName.CALLER_TOLD,
    "social_care_told": ClockName.SOCIAL_CARE_TOLD,
}


def _took(audits: Sequence[CaseAudit]) -> dict[str, Spread]:
    hidden = [audit.took.in_concern for audit in audits if audit.took.in_concern > timedelta(0)]
    heard = [audit.took.acknowledged for audit in audits if audit.pages]
    owed = {field: spread(_times(field, name, audits)) for field, name in _OWED_BY.items()}
    return {"acknowledged": spread(heard), **owed, "in_concern": spread(hidden)}


def _times(field: str, name: ClockName, audits: Sequence[CaseAudit]) -> list[timedelta | None]:
    times: list[timedelta | None] = [getattr(audit.took, field) for audit in audits]
    owed = [any(run.name is name for run in audit.runs) for audit in audits]
    return [time for time, is_owed in zip(times, owed, strict=True) if is_owed or time is not None]


def _pages(audits: Sequence[CaseAudit]) -> PageTotals:
    posts = [page for audit in audits for page in audit.pages]
    rungs = sorted({page.rung for page in posts})
    return PageTotals(
        posts=len(posts),
        arrived=sum(page.arrived_at is not None for page in posts),
        acknowledged=sum(page.acknowledged_at is not None for page in posts),
        rungs={
            rung: RungTotals(
                posts=sum(page.rung == rung for page in posts),
                answered=sum(page.rung == rung and page.answered for page in posts),
            )
            for rung in rungs
        },
        most=max((len(audit.pages) for audit in audits), default=0),
    )


def _undone(closed: Sequence[CaseAudit]) -> dict[ClockName, int]:
    """Each clock once in a case, however many of its items were left; the most frequent first."""
    left = Counter(name for audit in closed for name in {name_of(key) for key in audit.undone or ()})
    return dict(sorted(left.items(), key=lambda each: (-each[1], list(ClockName).index(each[0]))))


def _counted(kind: Iterable[T], found: Iterable[T]) -> dict[T, int]:
    counts = Counter(found)
    return {each: counts[each] for each in kind}
