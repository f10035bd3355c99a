"""One case, audited from its timeline alone: never from the log of who looked at what."""

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from bot.audit.checks import CaseGrade, Check, Verdict, checks, grade_of, was_high
from bot.audit.paged import PageSent, posts
from bot.audit.runs import Run, runs
from bot.audit.took import Took, nobody_attended, took
from bot.audit.unfolding import History, history
from bot.domain import events
from bot.domain.case import Case
from bot.domain.events import Entry
from bot.domain.grading import proposal
from bot.domain.policy import Policy


class CaseAudit(Struct, frozen=True, kw_only=True):
    case: Case  # as it stands at the moment of the audit
    high: bool  # at any time
    runs: tuple[Run, ...]
    checks: dict[Check, Verdict]
    grade: CaseGrade
    took: Took
    attendance_refused: bool
    first_graded_below: bool | None  # the first grade was below the proposal; None: nobody graded it
    pages: tuple[PageSent, ...]
    undone: (
        tuple[str, ...] | None
    )  # keys of clocks that closing, the last time, left undone; None: never closed


def audited(entries: Iterable[Entry], policy: Policy, at: datetime) -> CaseAudit:
    """`at`: the moment of the audit. Raises ValueError where the entries do not begin with a report."""
    told = history(entries)
    case = told[-1].case
    found = runs(told, policy, at)
    pages = posts([moment.entry for moment in told], found)
    answers = checks(case, found)
    high = was_high(case)
    return CaseAudit(
        case=case,
        high=high,
        runs=found,
        checks=answers,
        grade=grade_of(answers, high=high),
        took=took(told, pages, at),
        attendance_refused=nobody_attended(told),
        first_graded_below=_first_graded_below(told),
        pages=pages,
        undone=_undone(told),
    )


def _first_graded_below(told: History) -> bool | None:
    """A grade in the report itself stands against what the report proposes."""
    for moment in told:
        said = moment.entry.event
        if isinstance(said, events.Graded | events.DowngradeAsked) and moment.before is not None:
            return said.level.is_below(proposal(moment.before)[0])
    return None


def _undone(told: History) -> tuple[str, ...] | None:
    """As closing wrote it down."""
    closings = [moment.entry.event for moment in told if isinstance(moment.entry.event, events.Closed)]
    return closings[-1].undone if closings else None
