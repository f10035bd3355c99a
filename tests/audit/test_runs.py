"""What a clock's runs come to where one goes over into another (beside the twelve cases)."""

from typing import Any

import pytest

from bot.audit.runs import runs
from bot.audit.unfolding import history
from bot.domain.commands import (
    CarerDisagrees,
    Categorise,
    Close,
    Confirm,
    Correct,
    GradeCase,
    Inform,
    Interview,
    Locate,
    Note,
    Refuse,
    Reopen,
    Review,
    SetEnquiry,
    Tell,
    Void,
)
from bot.domain.facts import Child, Grade
from tests.world import TOLD, World, answers, minutes

REF = "MC-26-0001"


def came_to(world: World, key: str, at: float) -> list[str]:
    """Each run of that clock, audited at that minute: since, due, done, and what it was."""
    world.until(at)
    told = history(world.stores.cases.entries(REF))
    found = [run for run in runs(told, world.policy, TOLD + minutes(at)) if run.key == key]
    return [
        f"{world.minute(run.started):g} {world.minute(run.due):g} "
        f"{f'{world.minute(run.done):g}' if run.done else '-'} {run.outcome}"
        for run in found
    ]


def medium(**said: Any) -> World:
    world = World()
    world.report(grade=world.graded(Grade.MEDIUM), **said)
    return world


@pytest.mark.parametrize(("at", "expected"), [(59, []), (60, ["0 60 - missed"])])
def test_what_still_runs_counts_from_its_due_second(at: float, expected: list[str]) -> None:
    assert came_to(medium(), "lines-of-enquiry", at) == expected


def test_two_steps_at_one_moment_have_no_silence_between_them() -> None:
    world = medium()
    world.do(20, "cal", Note(text="Rang her mother"))
    world.do(20, "ola", Locate(where="Home", seen_in_person=True))
    assert came_to(world, "silent-case", 30) == ["0 60 20 met"]


def test_a_debt_that_was_overdue_goes_over_to_the_next_run_and_is_late_when_that_is_done() -> None:
    world = medium()
    world.do(70, "cal", Inform(id="i", kind="call", text="?", markers=answers("suicidal_today")))
    world.do(85, "cal", Tell(who=("caller",), said="coming"))
    assert came_to(world, "caller-told", 90) == ["0 60 85 late", "70 90 85 met"]


def test_where_the_next_run_is_not_done_either_both_are_missed() -> None:
    world = medium()
    world.do(70, "cal", Inform(id="i", kind="call", text="?", markers=answers("suicidal_today")))
    assert came_to(world, "caller-told", 100) == ["0 60 - missed", "70 90 - missed"]


def test_a_carer_who_disagrees_of_an_overdue_review_gives_it_no_time() -> None:
    world = medium()
    world.do(250, "cal", CarerDisagrees(why="?"))
    world.do(260, "sam", Review(rationale="Stands"))
    assert came_to(world, "review", 270) == ["0 240 260 late", "250 250 260 late"]


def test_each_grade_is_the_review_that_was_owed() -> None:
    world = medium()
    world.do(30, "sam", GradeCase(level=Grade.HIGH, rationale="Worse"))
    world.do(95, "sam", Review(rationale="Stands"))
    assert came_to(world, "review", 100) == ["0 240 30 met", "30 90 95 late"]


def test_a_downgrade_that_was_refused_was_answered() -> None:
    world = World()
    world.report(grade=world.graded(Grade.HIGH))
    world.do(10, "sam", GradeCase(level=Grade.MEDIUM, rationale="Calmer"))
    world.do(30, "sid", Refuse(why="No"))
    assert came_to(world, "regrade-approval", 40) == ["10 25 30 late"]


def test_a_concern_that_is_found_to_be_one_was_never_recorded_as_missing() -> None:
    world = World()
    world.concern(grade=world.graded(Grade.MEDIUM))
    known = Categorise(category="concern_for_safety", whereabouts_known=True, rationale="At her sister's")
    world.do(25, "cal", known)
    assert came_to(world, "concern-for-safety", 30) == ["0 15 - missed"]


def test_what_ended_undone_is_no_less_missed_for_what_is_done_in_time_later() -> None:
    world = World()
    world.concern(grade=world.graded(Grade.MEDIUM))
    for at, known in ((25, True), (40, False)):
        again = Categorise(category="concern_for_safety", whereabouts_known=known, rationale="So they say")
        world.do(at, "cal", again)
    world.do(50, "sam", Categorise(category="missing"))
    assert came_to(world, "concern-for-safety", 60) == ["0 15 - missed", "40 55 50 met"]


def test_what_a_correction_takes_away_was_never_owed() -> None:
    world = medium(child=Child(name="Wren Hale", age=15, looked_after=True))
    world.do(150, "cal", Correct(field="child.looked_after", to="no", why="Another child"))
    assert came_to(world, "social-care-told", 160) == []


def test_what_was_voided_owes_nothing_from_then() -> None:
    world = medium()
    world.do(5, "sam", Void(why="Training"))
    world.do(6, "sid", Confirm())
    assert came_to(world, "lines-of-enquiry", 100) == []


def test_closing_ends_no_return_interview() -> None:
    world = medium()
    world.do(10, "ola", Locate(where="Home", seen_in_person=True))
    world.do(11, "ola", Interview(kind="prevention", in_person=True))
    assert came_to(world, "return-interview", 73 * 60) == ["10 4330 - missed"]


def test_what_was_done_before_a_reopening_is_counted_once() -> None:
    world = medium()
    world.do(5, "sam", SetEnquiry(id="e", text="CCTV", owner="ola", due_at=TOLD + minutes(20)))
    world.do(10, "ola", Locate(where="Home", seen_in_person=True))
    world.do(11, "ola", Interview(kind="prevention", in_person=True))
    world.do(12, "sam", Close(reason="Home"))
    world.do(600, "sam", Reopen(why="Gone again"))
    assert came_to(world, "lines-of-enquiry", 700) == ["0 60 5 met"]
