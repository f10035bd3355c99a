"""Work, silence, news and notices (domain.md §5)."""

import pytest

from bot.domain.commands import (
    Acknowledge,
    Consider,
    FinishEnquiry,
    GradeCase,
    Inform,
    Locate,
    Note,
    RecordPpn,
    Review,
    SetEnquiry,
    Tell,
)
from bot.domain.facts import Child, Grade
from bot.domain.refusals import Because
from tests.world import TOLD, World, answers, minutes


def enquiry(at: float, kind: str = "enquiry", id: str = "e1") -> SetEnquiry:
    return SetEnquiry(
        id=id, text="CCTV at the bus station", owner="ola", due_at=TOLD + minutes(at), kind=kind
    )


def medium() -> World:
    world = World()
    world.report(grade=world.graded(Grade.MEDIUM))
    return world


def test_a_supervisor_sets_the_first_line_of_enquiry() -> None:
    world = medium()
    world.do(5, "ola", enquiry(90))
    assert world.state("lines-of-enquiry") == "running"
    world.do(6, "sam", enquiry(90, "arrest", "e2"))
    assert world.state("lines-of-enquiry") == "running"  # an action is no enquiry to trace the child
    world.do(7, "fay", enquiry(90, id="e3"))
    assert world.state("lines-of-enquiry") == "met"


def test_an_enquiry_has_its_own_due_time_and_result() -> None:
    world = medium()
    world.do(5, "sam", enquiry(20))
    assert world.refused(6, "ola", FinishEnquiry(id="e2", result="x")) is Because.REQUIRED_FIELD
    assert world.refused(6, "ola", FinishEnquiry(id="e1", result="")) is Because.REQUIRED_FIELD
    world.do(20, "ola", FinishEnquiry(id="e1", result="Not on it"))
    assert world.state("enquiry-done/e1") == "met"
    assert world.refused(21, "ola", FinishEnquiry(id="e1", result="x")) is Because.ALREADY_DONE


@pytest.mark.parametrize(
    ("wish", "because"),
    [
        (SetEnquiry(id="", text="x", owner="ola", due_at=TOLD + minutes(9)), Because.REQUIRED_FIELD),
        (SetEnquiry(id="e", text="x", owner="ola", due_at=None), Because.REQUIRED_FIELD),
        (SetEnquiry(id="e", text="x", owner="ola", due_at=TOLD), Because.REQUIRED_FIELD),
        (enquiry(9, "hunt"), Because.REQUIRED_FIELD),
        (SetEnquiry(id="e", text="x", owner="nobody", due_at=TOLD + minutes(9)), Because.NO_SUCH_PERSON),
    ],
)
def test_an_enquiry_that_nobody_could_chase_is_refused(wish: SetEnquiry, because: Because) -> None:
    world = medium()
    assert world.refused(5, "sam", wish) is because


def test_an_enquiry_is_set_once() -> None:
    world = medium()
    world.do(5, "sam", enquiry(20))
    assert world.refused(6, "sam", enquiry(30)) is Because.ALREADY_DONE
    assert world.refused(6, "cal", enquiry(30, id="e2")) is Because.NOT_PERMITTED


def test_silence_is_paged_and_any_step_but_an_acknowledgement_breaks_it() -> None:
    """Coroner, Taunton: no evidence of any step to trace him."""
    world = medium()
    world.do(50, "cal", Note(text="Rang the mother"))
    world.until(110)
    assert world.paged("silent-case") == [(110, "supervisor")]
    world.do(111, "sam", Acknowledge())
    assert world.state("silent-case") == "breached"
    world.do(112, "ola", Note(text="At the address"))
    assert world.state("silent-case") == "running"


def test_a_report_counts_as_activity_when_it_was_typed() -> None:
    world = World()
    world.report(at=40, told=0, grade=world.graded(Grade.MEDIUM))
    world.until(100)
    assert world.paged("silent-case") == [(100, "supervisor")]


def test_each_item_of_information_is_considered_in_its_own_time() -> None:
    """IPCC, Bolton: a second call got no response for six hours."""
    world = medium()
    world.do(5, "ola", Inform(id="i1", kind="call", text="She is being groomed"))
    world.do(9, "cal", Inform(id="i2", kind="phone", text="Phone on"))
    assert world.refused(10, "ola", Consider(id="i1", outcome="x")) is Because.SECOND_PERSON_REQUIRED
    assert world.refused(10, "cal", Consider(id="i1", outcome="x")) is Because.NOT_PERMITTED
    assert world.refused(10, "sam", Consider(id="i1", outcome="")) is Because.REQUIRED_FIELD
    assert world.refused(10, "sam", Consider(id="i9", outcome="x")) is Because.REQUIRED_FIELD
    world.do(11, "sam", Consider(id="i1", outcome="Regraded"))
    assert world.refused(12, "sam", Consider(id="i1", outcome="x")) is Because.ALREADY_DONE
    world.until(39)
    assert (world.state("new-information/i1"), world.state("new-information/i2")) == ("met", "breached")


def test_a_supervisor_may_consider_an_item_of_their_own() -> None:
    world = medium()
    world.do(5, "sam", Inform(id="i1", kind="call", text="x"))
    world.do(6, "sam", Consider(id="i1", outcome="x"))


@pytest.mark.parametrize(
    "wish", [Inform(id="i", kind="dream", text="x"), Inform(id="i", kind="call", text=" ")]
)
def test_information_says_what_it_is(wish: Inform) -> None:
    assert medium().refused(5, "cal", wish) is Because.REQUIRED_FIELD


def test_an_item_is_recorded_once() -> None:
    world = medium()
    world.do(5, "cal", Inform(id="i", kind="call", text="x"))
    assert world.refused(6, "cal", Inform(id="i", kind="call", text="x")) is Because.ALREADY_DONE


def test_the_duty_inspector_is_told_or_acknowledges() -> None:
    told, acknowledged = medium(), medium()
    told.do(10, "cal", Tell(who=("duty_inspector",), how="telephone"))
    acknowledged.do(31, "ian", Acknowledge())
    assert told.state("duty-inspector-told") == acknowledged.state("duty-inspector-told") == "met"
    assert told.refused(11, "cal", Tell(who=())) is Because.REQUIRED_FIELD


def test_one_call_tells_several_each_once_and_when_it_was() -> None:
    world = World()
    world.report()
    world.do(20, "cal", Tell(who=("pnc", "ukmpu", "pnc"), took="Kit Dale", when=TOLD + minutes(15)))
    assert [(each.who, each.took, each.at) for each in world.case().told] == [
        ("pnc", "Kit Dale", TOLD + minutes(15)),
        ("ukmpu", "Kit Dale", TOLD + minutes(15)),
    ]
    assert world.refused(21, "cal", Tell(who=("pnc",), when=TOLD + minutes(22))) is Because.IN_THE_FUTURE


def test_telling_starts_when_first_graded() -> None:
    world = World()
    world.report()
    assert world.state("duty-inspector-told") == "off"
    world.do(9, "cal", GradeCase(level=Grade.MEDIUM, rationale="x"))
    world.until(69)
    assert world.paged("duty-inspector-told") == [(69, "fim")]
    assert world.state("grade-recorded") == "met"


def test_a_review_considers_every_live_marker_and_comes_no_later_than_the_grade_allows() -> None:
    world = World()
    world.report(markers=answers("mental_health"), grade=world.graded(Grade.MEDIUM))
    review = Review(rationale="Still out", considered=("mental_health",))
    assert world.refused(5, "cal", review) is Because.NOT_PERMITTED
    assert world.refused(5, "sam", Review(rationale="x")) is Because.MARKER_NOT_CONSIDERED
    assert world.refused(5, "sam", Review()) is Because.RATIONALE_REQUIRED
    sooner = Review(rationale="x", considered=("mental_health",), next_at=TOLD + minutes(40))
    world.do(10, "sam", sooner)
    world.until(40)
    assert world.paged("review") == [(40, "supervisor")]
    later = Review(rationale="x", considered=("mental_health",), next_at=TOLD + minutes(9999))
    world.do(41, "sam", later)
    world.until(281)
    assert world.paged("review")[-1] == (281, "supervisor")


def test_a_notice_without_ethnicity_or_school_is_not_complete() -> None:
    world = medium()
    assert world.refused(5, "cal", RecordPpn(ethnicity="White British", school="")) is Because.REQUIRED_FIELD
    world.do(5, "cal", RecordPpn(ethnicity="not_known", school="Avonmead School"))
    assert world.state("ppn") == "running"
    world.do(6, "cal", RecordPpn(ethnicity="White British", school="Avonmead School"))
    assert world.state("ppn") == "met"


def test_circulation_and_the_missing_persons_unit_are_told() -> None:
    world = medium()
    world.do(60, "cal", Tell(who=("pnc",)))
    world.do(61, "cal", Tell(who=("ukmpu",)))
    assert (world.state("pnc"), world.state("ukmpu")) == ("met", "met")


def test_done_at_the_due_second_is_met() -> None:
    world = medium()
    world.do(60, "sam", enquiry(90))
    assert world.state("lines-of-enquiry") == "met"
    world = medium()
    world.do(60.02, "sam", enquiry(90))
    assert world.state("lines-of-enquiry") == "late"


def test_what_is_said_after_the_child_was_seen_is_considered_too() -> None:
    world = medium()
    world.do(5, "cal", Inform(id="before", kind="call", text="By the river"))
    world.do(10, "ola", Locate(where="River", seen_in_person=True))
    world.do(12, "cal", Inform(id="after", kind="call", text="Names who hurt her"))
    assert (world.state("new-information/before"), world.state("new-information/after")) == ("off", "running")


def test_at_low_somebody_of_rank_is_told_too() -> None:
    world = World()
    world.report(child=Child(name="Wren Hale", age=19), grade=world.graded(Grade.LOW))
    world.until(60)
    assert world.state("duty-inspector-told") == "breached"
