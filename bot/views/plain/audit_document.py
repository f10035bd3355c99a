"""An audit of a period as a document for programs: codes and minutes, incident numbers, and no name of anybody."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Any

from msgspec import Struct, structs

from bot.audit.case_audit import CaseAudit
from bot.audit.fairness import Axis, Delay, FairnessTable, KnownBeside, Row, Share, fairness
from bot.audit.proportions import Spread
from bot.audit.runs import Run
from bot.audit.totals import PageTotals, Totals, totals
from bot.views.blocks import MARKING
from bot.views.plain.audit_return import ReturnTo, ukmpu_return
from bot.views.plain.audit_values import as_minutes, as_time
from bot.views.plain.export_document import SUM, sum_of

FORMAT = 1
SUPPRESSED = "suppressed"
"""In the place of a figure by which a child might be known."""
NOT_SAFETY = "It tells whether duties were kept, not whether a child was safe."
NOTES = (
    "From the entries of each case alone. What was not due when it ended is neither met nor missed.",
    "A check is not owed where none of its clocks came due; it counts neither for nor against the case.",
    "That a clock stands under one of the five heads is a proposal.",
    "A time that was owed and never kept counts as longer than any other: a median may be never.",
    "By whom a case is: figures under five are suppressed, and others from which they could be worked out.",
    "Training cases are in no figure.",
    NOT_SAFETY,
)


class Period(Struct, frozen=True, kw_only=True):
    """Whole days in the force's zone; a case counts by when police were told."""

    since: date
    until: date  # the last day

    def moments(self, zone: tzinfo) -> tuple[datetime, datetime]:
        """When it begins, and when it is over, in UTC."""
        return _begins(self.since, zone), _begins(self.until + timedelta(days=1), zone)


def _begins(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


class LeftOut(Struct, frozen=True, kw_only=True):
    """References of cases that are not audited, and why."""

    voided: tuple[str, ...] = ()
    duplicates: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()  # whenever they were reported: nobody can say
    training: tuple[str, ...] = ()


class Equality(Struct, frozen=True, kw_only=True):
    """What was known beside the record, and what of its file could not be used."""

    known: Mapping[str, KnownBeside]  # by reference
    bad: Sequence[tuple[int, str]] = ()  # line, reason
    of_no_case: int = 0  # rows whose incident number is of no case of the period


class Made(Struct, frozen=True, kw_only=True):
    by: str  # a person's name
    at: datetime  # in the force's zone


def audit_document(
    audits: Sequence[CaseAudit],
    period: Period,
    left_out: LeftOut,
    equality: Equality,
    made: Made,
    to: ReturnTo | None = None,
) -> dict[str, Any]:
    """JSON, as it stands. Durations are in minutes, times in the zone in which it was made. `to`: whom a return is
    made for beside it."""
    zone = made.at.tzinfo
    document = {
        "format": FORMAT,
        "marking": MARKING,
        "from": period.since.isoformat(),
        "to": period.until.isoformat(),
        "made_at": as_time(made.at, zone),
        "made_by": made.by,
        "notes": list(NOTES),
        "left_out": {name: list(refs) for name, refs in structs.asdict(left_out).items()},
        "totals": _totals(totals(audits)),
        "fairness": [_table(fairness(audits, axis, equality.known)) for axis in Axis],
        "equality_file": {
            "cases": len(equality.known),
            "of_no_case": equality.of_no_case,
            "bad_rows": [{"line": line, "why": why} for line, why in equality.bad],
        },
        "cases": [_case(audit, zone) for audit in audits],
    }
    if to is not None:
        document["return"] = ukmpu_return(audits, equality.known, zone)
    return document | {SUM: sum_of(document)}


def _case(audit: CaseAudit, zone: tzinfo | None) -> dict[str, Any]:
    pages = audit.pages
    return {
        "ref": audit.case.ref,
        "incident": audit.case.incident,
        "told_at": as_time(audit.case.told_at, zone),
        "status": audit.case.status.value,
        "grade": audit.grade.value,
        "high": audit.high,
        "first_graded_below": audit.first_graded_below,
        "checks": _coded(audit.checks),
        "took": {
            name: as_minutes(span) for name, span in structs.asdict(audit.took).items() if name != "found"
        },
        "found": audit.took.found,
        "attendance_refused": audit.attendance_refused,
        "pages": {
            "posts": len(pages),
            "highest_rung": max((page.rung for page in pages), default=0),
            "arrived": sum(page.arrived_at is not None for page in pages),
            "acknowledged": sum(page.acknowledged_at is not None for page in pages),
            "answered": sum(page.answered for page in pages),
        },
        "never_done": None if audit.undone is None else list(audit.undone),
        "clocks": [_run(run, zone) for run in audit.runs],
    }


def _run(run: Run, zone: tzinfo | None) -> dict[str, Any]:
    return {
        "clock": run.name.value,
        "item": run.item,
        "since": as_time(run.started, zone),
        "due": as_time(run.due, zone),
        "done": as_time(run.done, zone) if run.done else None,
        "outcome": run.outcome.value,
    }


def _totals(found: Totals) -> dict[str, Any]:
    return {
        "cases": found.cases,
        "not_closed": found.not_closed,
        "high": found.high,
        "grades": _coded(found.grades),
        "checks": {check.value: _coded(verdicts) for check, verdicts in found.checks.items()},
        "heads": {
            head.value: {clock.value: _coded(outcomes) for clock, outcomes in clocks.items()}
            for head, clocks in found.heads.items()
        },
        "took": {name: _spread(spread) for name, spread in found.took.items()},
        "attendance_refused": found.attendance_refused,
        "caller_told": found.caller_told,
        "looked_after": found.looked_after,
        "social_care_told": found.social_care_told,
        "pages": _pages(found.pages),
        "closed": found.closed,
        "never_done": _coded(found.undone),
    }


def _pages(pages: PageTotals) -> dict[str, Any]:
    by_rung = {str(rung): structs.asdict(each) for rung, each in pages.rungs.items()}
    return structs.asdict(pages) | {"rungs": by_rung}


def _spread(spread: Spread) -> dict[str, Any]:
    return {
        "of": spread.of,
        "never": spread.never,
        "median": as_minutes(spread.median),
        "nine_in_ten": as_minutes(spread.nine_in_ten),
    }


def _table(table: FairnessTable) -> dict[str, Any]:
    return {"axis": table.axis.value, "rows": [_row(row) for row in table.rows]}


def _row(row: Row) -> dict[str, Any]:
    return {
        "row": row.name,
        "n": SUPPRESSED if row.n is None else row.n,
        "shares": {
            question: {answer: _share(share) for answer, share in answers.items()}
            for question, answers in row.shares.items()
        },
        "median_minutes": {clock.value: _delay(delay) for clock, delay in row.delays.items()},
    }


def _share(share: Share | None) -> dict[str, float] | str:
    """Per cent, with the interval."""
    if share is None:
        return SUPPRESSED
    return {
        "count": share.count,
        "per_cent": round(100 * share.share, 1),
        "low": round(100 * share.low, 1),
        "high": round(100 * share.high, 1),
    }


def _delay(delay: Delay | None) -> float | str:
    if delay is None:
        return SUPPRESSED
    minutes = as_minutes(delay.median)
    return "never" if minutes is None else minutes


def _coded(counts: Mapping[Any, Any]) -> dict[str, Any]:
    return {key.value: value.value if isinstance(value, StrEnum) else value for key, value in counts.items()}
