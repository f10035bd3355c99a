"""The grade that follows from seven verdicts; and the tracker, which no clock answers alone."""

import pytest

from bot.audit.case_audit import audited
from bot.audit.checks import CaseGrade, Check, Verdict, grade_of
from bot.domain.commands import FinishEnquiry, Locate, SetEnquiry
from bot.domain.facts import Grade
from tests.world import TOLD, World, minutes

REF = "MC-26-0001"


def verdicts(failed: tuple[Check, ...] = (), late: tuple[Check, ...] = ()) -> dict[Check, Verdict]:
    return (
        dict.fromkeys(Check, Verdict.PASSED)
        | dict.fromkeys(late, Verdict.LATE)
        | dict.fromkeys(failed, Verdict.FAILED)
    )


@pytest.mark.parametrize(
    ("failed", "late", "high", "expected"),
    [
        ((), (), True, "good"),
        ((), (Check.CATEGORY,), True, "good"),
        ((), (Check.CATEGORY, Check.RATIONALE), False, "requires_improvement"),
        ((Check.CATEGORY,), (), True, "requires_improvement"),
        ((Check.CATEGORY, Check.RATIONALE), (), False, "inadequate"),
        ((Check.FIM_TOLD,), (), True, "inadequate"),
        ((Check.MARKERS_CONSIDERED,), (), True, "inadequate"),
        ((Check.MARKERS_CONSIDERED,), (), False, "requires_improvement"),
        ((), tuple(Check), True, "requires_improvement"),
    ],
)
def test_the_grade(failed: tuple[Check, ...], late: tuple[Check, ...], high: bool, expected: str) -> None:
    assert grade_of(verdicts(failed, late), high=high) is CaseGrade(expected)


def test_what_was_not_owed_counts_neither_way() -> None:
    assert grade_of(dict.fromkeys(Check, Verdict.NOT_OWED), high=True) is CaseGrade.GOOD


def tracker(world: World, at: float) -> str:
    world.until(at)
    audit = audited(world.stores.cases.entries(REF), world.policy, TOLD + minutes(at))
    return audit.checks[Check.TRACKER_USED].value


def medium() -> World:
    world = World()
    world.report(grade=world.graded(Grade.MEDIUM))
    return world


def with_an_enquiry(due: float) -> World:
    world = medium()
    world.do(5, "sam", SetEnquiry(id="e", text="CCTV", owner="ola", due_at=TOLD + minutes(due)))
    return world


@pytest.mark.parametrize(("at", "expected"), [(30, "not_owed"), (61, "failed")])
def test_an_enquiry_without_a_result_counts_from_when_it_is_due(at: float, expected: str) -> None:
    assert tracker(with_an_enquiry(due=60), at) == expected


@pytest.mark.parametrize(("done", "expected"), [(60, "passed"), (61, "late")])
def test_a_result_is_one_in_time_or_late(done: float, expected: str) -> None:
    world = with_an_enquiry(due=60)
    world.do(done, "ola", FinishEnquiry(id="e", result="Not there"))
    assert tracker(world, 90) == expected


def test_a_result_that_came_once_the_child_was_seen_is_one() -> None:
    world = with_an_enquiry(due=60)
    world.do(20, "ola", Locate(where="Home", seen_in_person=True))
    world.do(30, "ola", FinishEnquiry(id="e", result="Not there"))
    assert tracker(world, 90) == "passed"


def test_one_result_in_time_is_enough() -> None:
    world = with_an_enquiry(due=20)
    world.do(30, "ola", FinishEnquiry(id="e", result="Not there"))
    world.do(31, "sam", SetEnquiry(id="f", text="Bank", owner="ola", due_at=TOLD + minutes(60)))
    world.do(40, "ola", FinishEnquiry(id="f", result="Nothing"))
    assert tracker(world, 90) == "passed"
