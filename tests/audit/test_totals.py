"""Twelve cases together: the figures are those of the answers beside them, added up by hand."""

from datetime import timedelta
from functools import cache

from bot.audit.checks import CaseGrade, Check, Verdict
from bot.audit.runs import ClockOutcome
from bot.audit.totals import Totals, totals
from bot.domain.inspection import InspectionHead
from bot.domain.policy import ClockName
from tests.audit.twelve import ANSWERS, seen

MET, LATE, MISSED = ClockOutcome


@cache
def together() -> Totals:
    return totals([seen(file)[0] for file in ANSWERS])


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def test_cases_and_grades() -> None:
    found = together()
    assert (found.cases, found.high, found.not_closed) == (12, 4, 7)
    assert found.grades == {
        CaseGrade.GOOD: 5,
        CaseGrade.REQUIRES_IMPROVEMENT: 5,
        CaseGrade.INADEQUATE: 2,
    }


def test_the_seven_checks() -> None:
    found = together().checks
    assert found[Check.FIM_TOLD] == {
        Verdict.PASSED: 3,
        Verdict.LATE: 0,
        Verdict.FAILED: 1,
        Verdict.NOT_OWED: 8,
    }
    assert found[Check.LINES_OF_ENQUIRY] == {
        Verdict.PASSED: 5,
        Verdict.LATE: 3,
        Verdict.FAILED: 2,
        Verdict.NOT_OWED: 2,
    }


def test_each_clock_stands_under_its_head() -> None:
    found = together().heads
    assert found[InspectionHead.LEADERSHIP][ClockName.FIM_AWARE] == {MET: 3, LATE: 0, MISSED: 1}
    assert found[InspectionHead.INITIAL_RESPONSE][ClockName.OWNER_ACCEPTED] == {MET: 8, LATE: 3, MISSED: 1}
    assert found[InspectionHead.PARTNERSHIP] == {
        ClockName.SOCIAL_CARE_TOLD: {MET: 1, LATE: 0, MISSED: 0},
        ClockName.TRANSFER_ACCEPTED: {MET: 1, LATE: 0, MISSED: 0},
        ClockName.RETURN_INTERVIEW: {MET: 1, LATE: 0, MISSED: 0},
    }


def test_how_long_it_took_counts_who_was_never_reached() -> None:
    """Accepted after 4, 5, 5, 6, 6, 7, 10, 12, 20 and 27 minutes, and once never; a05 was found before it was owed."""
    accepted = together().took["accepted"]
    assert (accepted.of, accepted.never) == (11, 1)
    assert (accepted.median, accepted.nine_in_ten) == (minutes(7), minutes(27))
    assert together().took["in_concern"].median == minutes(18.5)  # 22 and 15


def test_what_else_was_asked_of_the_log() -> None:
    found = together()
    assert (found.attendance_refused, found.looked_after, found.social_care_told) == (1, 1, 1)
    assert found.caller_told == 7
    assert (found.closed, found.undone[ClockName.RETURN_INTERVIEW]) == (5, 3)
    assert next(iter(found.undone)) is ClockName.RETURN_INTERVIEW
