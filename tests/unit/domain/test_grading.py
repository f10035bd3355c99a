"""Grades: proposed, recorded, run, lowered (domain.md §5 "Grades"; scenarios/README.md "Proposed high")."""

import pytest

from bot.domain import commands
from bot.domain.commands import Approve, Correct, GradeCase, Inform, Refuse
from bot.domain.facts import Answer, Child, Grade
from bot.domain.grading import proposal
from bot.domain.refusals import Because, Refused
from tests.world import World, answers

HIGH, MEDIUM, LOW = Grade.HIGH, Grade.MEDIUM, Grade.LOW


@pytest.mark.parametrize("code", ["suicidal_today", "serious_violence", "medication", "medical", "abduction"])
def test_one_marker_alone_proposes_high(code: str) -> None:
    world = World()
    world.report(markers=answers(code))
    assert proposal(world.case()) == (HIGH, (code,))


@pytest.mark.parametrize("code", ["cse", "cce", "trafficking"])
def test_exploitation_proposes_high_where_nobody_knows_where_the_child_is(code: str) -> None:
    world = World()
    world.report(markers=answers(code))
    with_father = world.concern(known=True, markers=answers(code))
    assert proposal(world.case())[0] is HIGH
    assert proposal(world.case(with_father))[0] is MEDIUM


def test_self_harm_alone_is_medium_and_with_anything_beside_it_high() -> None:
    world = World()
    alone = world.report(markers=answers("self_harm"))
    beside = world.report(markers=answers("self_harm", "pregnancy"))
    left_school = world.report(markers=answers("self_harm"), adverse_event=True)
    assert proposal(world.case(alone)) == (MEDIUM, ("under_18",))
    assert proposal(world.case(beside)) == (HIGH, ("self_harm", "pregnancy"))
    assert proposal(world.case(left_school)) == (HIGH, ("self_harm", "adverse_event"))


@pytest.mark.parametrize(
    ("age", "grade", "reasons"),
    [(12, HIGH, ("under_13",)), (13, MEDIUM, ("under_18",)), (17, MEDIUM, ("under_18",)), (18, LOW, ())],
)
def test_age_proposes(age: int, grade: Grade, reasons: tuple[str, ...]) -> None:
    world = World()
    world.report(child=Child(name="Wren Hale", age=age))
    assert proposal(world.case()) == (grade, reasons)


def test_the_highest_of_recorded_and_proposed_runs() -> None:
    world = World()
    world.report(markers=answers("mental_health"))
    assert world.case().running_grade is MEDIUM
    world.do(5, "cal", GradeCase(level=HIGH, rationale="Out of character"))
    assert world.case().running_grade is HIGH


def test_a_downgrade_waits_for_a_second_person_and_high_runs_meanwhile() -> None:
    world = World()
    world.report(markers=answers("medication"))
    world.do(5, "fay", GradeCase(level=MEDIUM, rationale="Has it with her", considered=("medication",)))
    assert world.case().running_grade is HIGH
    assert world.refused(6, "fay", Approve(why="Sure")) is Because.SECOND_PERSON_REQUIRED
    assert world.refused(6, "cal", Approve(why="Sure")) is Because.NOT_PERMITTED
    world.do(7, "sam", Approve(why="Checked with the mother"))
    assert (world.case().running_grade, world.case().risk.recorded) == (MEDIUM, MEDIUM)
    assert world.refused(8, "sam", Approve(why="Again")) is Because.NOTHING_WAITING


def test_a_refused_downgrade_records_the_running_grade() -> None:
    world = World()
    world.report(markers=answers("medication"))
    world.do(5, "fay", GradeCase(level=MEDIUM, rationale="x", considered=("medication",)))
    world.do(7, "sam", Refuse(why="Nobody has checked"))
    assert (world.case().running_grade, world.case().risk.recorded) == (HIGH, HIGH)


def test_a_newer_grade_replaces_a_waiting_downgrade() -> None:
    world = World()
    world.report(markers=answers("medication"))
    world.do(5, "fay", GradeCase(level=MEDIUM, rationale="x", considered=("medication",)))
    world.do(6, "sid", GradeCase(level=HIGH, rationale="No"))
    assert world.refused(7, "sam", Approve(why="x")) is Because.NOTHING_WAITING


def test_every_live_marker_is_considered_on_a_downgrade() -> None:
    world = World()
    world.report(markers={**answers("medication", "pregnancy"), "cse": Answer.NOT_KNOWN})
    lower = GradeCase(level=MEDIUM, rationale="x", considered=("medication",))
    assert world.refused(5, "fay", lower) is Because.MARKER_NOT_CONSIDERED
    world.do(6, "fay", GradeCase(level=MEDIUM, rationale="x", considered=("medication", "pregnancy")))


def test_no_child_is_low_whoever_asks() -> None:
    world = World()
    world.report()
    assert world.refused(5, "fay", GradeCase(level=LOW, rationale="Often goes")) is Because.BELOW_FLOOR


def test_a_grade_needs_a_reason() -> None:
    world = World()
    world.report()
    assert world.refused(5, "fay", GradeCase(level=HIGH)) is Because.RATIONALE_REQUIRED
    assert world.refused(5, "ola", GradeCase(level=HIGH)) is Because.NOT_PERMITTED


def test_a_new_reason_after_an_approved_downgrade_makes_the_proposal_run_again() -> None:
    world = _lowered(World())
    world.do(20, "cal", Inform(id="i1", kind="call", text="Seen with older men", markers=answers("cse")))
    assert world.case().running_grade is HIGH


def test_a_reason_that_was_answered_stays_answered() -> None:
    world = _lowered(World())
    world.do(20, "cal", Inform(id="i1", kind="call", text="Rang", markers=answers("medication")))
    assert world.case().running_grade is MEDIUM


def test_what_was_answered_since_it_was_misheard_is_a_new_reason_once_somebody_says_it() -> None:
    world = World()
    world.report(markers=answers("suicidal_today"))
    world.do(5, "cal", Correct(field="markers.suicidal_today", to="no", why="Misheard"))
    world.do(6, "fay", GradeCase(level=MEDIUM, rationale="Misheard"))
    world.do(7, "sam", Approve(why="Heard it, too"))
    assert world.case().running_grade is MEDIUM
    world.do(40, "cal", Inform(id="i1", kind="call", text="She says so", markers=answers("suicidal_today")))
    assert world.case().running_grade is HIGH and "suicidal_today" not in world.case().risk.answered
    world.until(40)
    assert world.paged("fim-aware")[-1] == (40, "fim")


def test_exploitation_that_was_answered_counts_again_once_the_child_is_lost_again() -> None:
    world = World()
    world.report(markers=answers("cse"))
    world.do(5, "fay", GradeCase(level=MEDIUM, rationale="x", considered=("cse",)))
    world.do(6, "sam", Approve(why="x"))
    concern = commands.Categorise(category="concern_for_safety", rationale="x", whereabouts_known=True)
    world.do(10, "cal", concern)
    assert world.case().running_grade is MEDIUM
    world.do(20, "cal", commands.Categorise(category="missing", rationale="Gone again"))
    assert world.case().running_grade is HIGH


def test_a_reason_raised_while_the_downgrade_waited_is_not_answered_by_it() -> None:
    world = World()
    world.report(markers=answers("medication"))
    world.do(5, "fay", GradeCase(level=MEDIUM, rationale="x", considered=("medication",)))
    world.do(6, "cal", Inform(id="i1", kind="call", text="A text", markers=answers("suicidal_today")))
    world.do(7, "sam", Approve(why="x"))
    assert world.case().running_grade is HIGH


def test_one_person_cannot_correct_a_high_risk_away() -> None:
    world = World()
    world.report(markers=answers("medication"), child=Child(name="Wren Hale", age=12))
    world.do(5, "cal", Correct(field="markers.medication", to="no", why="Misheard"))
    world.do(6, "cal", Correct(field="child.age", to="15", why="Mistyped"))
    assert proposal(world.case())[0] is MEDIUM
    assert world.case().running_grade is HIGH


def test_the_last_episode_raises_what_runs_and_only_a_second_person_lowers_it() -> None:
    """Coroner, Taunton: high one day, medium the next."""
    world = World()
    kit = Child(name="Kit Marlow", age=16, person_ref="N-77")
    world.report(child=kit, grade=world.graded(HIGH))
    again = world.report(at=60, told=60, child=kit)
    assert proposal(world.case(again))[0] is MEDIUM
    assert world.case(again).running_grade is HIGH
    world.do(61, "cal", GradeCase(level=MEDIUM, rationale="Came back"), again)
    world.do(62, "sid", Approve(why="Seen well"), again)
    assert world.case(again).running_grade is MEDIUM


def test_an_episode_of_more_than_ninety_days_ago_raises_nothing() -> None:
    world = World()
    kit = Child(name="Kit Marlow", age=16, person_ref="N-77")
    world.report(child=kit, grade=world.graded(HIGH))
    world.timer_runs = False
    day = 24 * 60
    in_time = world.report(at=90 * day, told=90 * day, child=kit)
    assert world.case(in_time).running_grade is HIGH


def test_naming_the_same_child_later_reckons_the_grade_anew() -> None:
    world = World()
    world.report(child=Child(name="Kit Marlow", age=16, person_ref="N-77"), grade=world.graded(HIGH))
    again = world.report(at=60, told=60)
    world.do(61, "cal", Correct(field="child.person_ref", to="N-77", why="Same child"), again)
    assert world.case(again).running_grade is HIGH


def test_a_grade_in_the_report_itself_refuses_the_whole_report_when_it_is_bad() -> None:
    world = World()
    for grade, because in [
        (world.graded(LOW), Because.BELOW_FLOOR),
        (world.graded(MEDIUM), Because.MARKER_NOT_CONSIDERED),
        (commands.GradeGiven(level=HIGH), Because.RATIONALE_REQUIRED),
    ]:
        with pytest.raises(Refused) as no:
            world.report(markers=answers("medication"), grade=grade)
        assert no.value.because is because
    assert world.stores.cases.open_refs() == []


def _lowered(world: World) -> World:
    """A child whose medication was answered by two people: medium runs."""
    world.report(markers=answers("medication"))
    world.do(5, "fay", GradeCase(level=MEDIUM, rationale="Has it", considered=("medication",)))
    world.do(7, "sam", Approve(why="Checked"))
    return world


def test_a_later_no_does_not_undo_an_earlier_yes() -> None:
    world = World()
    world.report(markers=answers("pregnancy"))
    news = {"pregnancy": Answer.NO, "cse": Answer.NO}
    world.do(5, "ola", Inform(id="i", kind="call", text="Sister rang", markers=news))
    assert world.case().markers["pregnancy"].answer is Answer.YES
    assert world.case().markers["cse"].answer is Answer.NO


def test_a_child_who_turned_eighteen_by_correction_may_be_graded_low_by_two_people() -> None:
    world = World()
    world.report()
    world.do(5, "cal", Correct(field="age", to="19", why="Misheard"))
    world.do(6, "cal", GradeCase(level=LOW, rationale="Adult, planned"))
    world.do(7, "sam", Approve(why="Seen the record"))
    assert world.case().running_grade is LOW


def test_a_downgrade_is_not_approved_below_a_floor_that_has_come_since() -> None:
    world = World()
    world.report(child=Child(name="Wren Hale", age=19), grade=world.graded(MEDIUM))
    world.do(5, "cal", GradeCase(level=LOW, rationale="Adult"))
    world.do(6, "cal", Correct(field="age", to="17", why="Misheard"))
    assert world.refused(7, "sam", Approve(why="x")) is Because.BELOW_FLOOR


def test_a_downgrade_in_a_report_typed_late_waits_since_police_were_told() -> None:
    world = World()
    world.report(at=20, markers=answers("medication"), grade=world.graded(MEDIUM, "medication"))
    world.until(20)
    assert world.paged("regrade-approval") == [(20, "fim")]


def test_a_downgrade_that_was_answered_stays_answered_after_a_newer_grade() -> None:
    """A newer grade replaces one that waits, and only that."""
    world = World()
    world.report(markers=answers("medication"))
    world.do(1, "cal", GradeCase(level=MEDIUM, rationale="x", considered=("medication",)))
    world.do(5, "sam", Approve(why="x"))
    world.do(30, "cal", GradeCase(level=HIGH, rationale="x"))
    assert world.state("regrade-approval") == "met"
