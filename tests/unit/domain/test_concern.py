""" "Concern for safety" for a child whose whereabouts are unknown has a short life (HMICFRS on Wiltshire Police)."""

from bot.domain.clocks import clocks
from bot.domain.commands import Categorise, Close, Locate, SignOff
from bot.domain.refusals import Because
from tests.world import World

MISSING = Categorise(category="missing")


def again(*, known: bool = False) -> Categorise:
    return Categorise(category="concern_for_safety", rationale="Still walking home", whereabouts_known=known)


def test_the_fim_is_paged_twice_then_the_duty_inspector() -> None:
    world = World()
    world.concern()
    world.until(50)
    assert world.paged("concern-for-safety") == [(15, "fim"), (30, "fim"), (45, "duty_inspector")]


def test_recording_as_missing_ends_it() -> None:
    world = World()
    world.concern()
    world.do(15, "cal", MISSING)
    assert world.state("concern-for-safety") == "met"


def test_being_located_ends_it() -> None:
    world = World()
    world.concern()
    world.do(16, "ola", Locate(where="Friend's", seen_in_person=False))
    assert world.state("concern-for-safety") == "late"


def test_a_sign_off_gives_an_hour_and_each_later_one_is_another_persons() -> None:
    world = World()
    world.concern()
    world.do(10, "sam", SignOff(why="Father is following her"))
    assert world.state("rationale-signed-off") == "met"
    assert world.refused(60, "sam", SignOff(why="Still")) is Because.SECOND_PERSON_REQUIRED
    world.do(69, "sid", SignOff(why="Still"))
    world.until(129)
    assert world.paged("concern-for-safety") == [(129, "fim")]


def test_who_set_the_category_does_not_sign_it_off() -> None:
    world = World()
    world.concern(by="sam")
    assert world.refused(1, "sam", SignOff(why="Mine")) is Because.SECOND_PERSON_REQUIRED
    assert world.refused(1, "cal", SignOff(why="x")) is Because.NOT_PERMITTED
    assert world.refused(1, "sid", SignOff()) is Because.RATIONALE_REQUIRED


def test_filing_it_again_buys_no_time() -> None:
    world = World()
    world.concern()
    world.do(14, "cal", again())
    world.until(15)
    assert world.paged("concern-for-safety") == [(15, "fim")]
    assert world.paged("rationale-signed-off") == [(15, "supervisor")]


def test_a_new_rationale_after_a_sign_off_is_signed_again() -> None:
    world = World()
    world.concern()
    world.do(5, "sam", SignOff(why="x"))
    world.do(20, "cal", again())
    world.until(35)
    assert world.paged("rationale-signed-off") == [(35, "supervisor")]


def test_a_supervisor_who_records_missing_overturns_the_rationale_and_a_call_handler_ends_the_question() -> (
    None
):
    world = World()
    overturned, ended = world.concern(), world.concern()
    world.do(5, "sam", MISSING, overturned)
    world.do(5, "cal", MISSING, ended)
    assert world.state("rationale-signed-off", overturned) == "met"
    assert world.state("rationale-signed-off", ended) == "off"


def test_known_whereabouts_run_four_clocks_only() -> None:
    world = World()
    world.concern(known=True)
    names = {clock.name for clock in clocks(world.case(), world.policy)}
    assert names == {"rationale-signed-off", "owner-accepted", "silent-case"}  # and review, once graded


def test_losing_the_child_again_starts_the_clock_then() -> None:
    world = World()
    world.concern(known=True)
    world.do(40, "cal", again())
    world.until(55)
    assert world.paged("concern-for-safety") == [(55, "fim")]


def test_a_concern_needs_a_reason_and_a_known_category() -> None:
    world = World()
    world.report()
    concern = Categorise(category="concern_for_safety")
    assert world.refused(1, "cal", concern) is Because.RATIONALE_REQUIRED
    assert world.refused(1, "cal", Categorise(category="absent")) is Because.UNKNOWN_CATEGORY
    assert world.refused(1, "cal", Categorise(category="")) is Because.REQUIRED_FIELD
    assert world.refused(1, "cal", MISSING) is Because.ALREADY_DONE
    why = Categorise(category="missing", rationale="Not with the aunt either")
    assert world.refused(1, "ola", why) is Because.NOT_PERMITTED
    world.do(2, "cal", why)
    assert world.refused(1, "sam", SignOff(why="x")) is Because.NOTHING_WAITING


def test_what_ended_it_first_ended_it() -> None:
    """Satisfied by "recorded as missing, or located": the second of them makes nothing late."""
    world = World()
    world.concern()
    world.do(10, "ola", Locate(where="Friend's", seen_in_person=False))
    world.do(20, "sam", MISSING)
    assert world.state("concern-for-safety") == "met"


def test_a_sign_off_after_the_child_was_located_mends_no_lateness() -> None:
    """A sign-off restarts a clock that runs; this one has stopped, and the rationale alone is still owed."""
    late, in_time = World(), World()
    for world in (late, in_time):
        world.concern()
    in_time.do(10, "sam", SignOff(why="Father is following her"))
    for world in (late, in_time):
        world.do(20, "ola", Locate(where="Friend's", seen_in_person=False))
        world.do(25, "sid", SignOff(why="Friend's mother confirms"))
    assert late.state("concern-for-safety") == "late"
    assert in_time.state("concern-for-safety") == "met"


def test_a_true_concern_is_closed_without_the_gate_for_missing_children() -> None:
    world = World()
    world.concern(known=True)
    world.do(5, "sam", Close(reason="Seen and well at her father's"))
    assert world.case().status == "closed"


def test_saying_missing_again_with_a_reason_adds_the_reason() -> None:
    world = World()
    world.report()
    world.do(5, "cal", Categorise(category="missing", rationale="Not with the aunt either"))
    assert (world.case().rationale, world.case().concern) == ("Not with the aunt either", None)


def test_filing_a_missing_child_as_a_concern_starts_its_clocks_then() -> None:
    world = World()
    world.report()
    world.do(20, "cal", again())
    world.until(35)
    assert world.paged("concern-for-safety") == [(35, "fim")]
    assert world.paged("rationale-signed-off") == [(35, "supervisor")]
