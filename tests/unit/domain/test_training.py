"""A training case: real clocks and pages, about no child, for ever; and no child's case is ever taken for one."""

import pytest
from msgspec.structs import replace

from bot.domain.clocks import clocks
from bot.domain.commands import Correct, Duplicate, Locate, SameChild
from bot.domain.episodes import episodes, seen_before
from bot.domain.facts import Child, Grade
from bot.domain.grading import urgency
from bot.domain.likeness import traces
from bot.domain.refusals import Because, Refused
from bot.period_audit import audit_all, without_training
from bot.typed_cases import as_ref, found_in, is_ref
from tests.world import TOLD, World

RUE = Child(name="Rue Hart", age=12, person_ref="N-31")


def trained(world: World, at: float = 0, **said: object) -> str:
    return world.report(at, training=True, **{"incident": "LOG-7", "child": RUE, **said})


def test_its_reference_and_its_numbers_say_so() -> None:
    world = World()
    ref = trained(world)
    case = world.case(ref)
    assert (ref, case.training) == ("TRAINING-26-0001", True)
    assert (case.incident, case.child.person_ref) == ("TRAINING LOG-7", "TRAINING N-31")


def test_it_has_the_clocks_and_the_pages_of_a_childs_case() -> None:
    child, training = World(), World()
    child.report(0, child=RUE)
    trained(training)
    child.until(60)
    training.until(60)
    mine = [
        (clock.key, clock.started, clock.due)
        for clock in clocks(training.case("TRAINING-26-0001"), training.policy)
    ]
    assert mine == [(clock.key, clock.started, clock.due) for clock in clocks(child.case(), child.policy)]
    assert [page[:3] for page in training.pages] == [page[:3] for page in child.pages] != []


def test_a_number_that_was_trained_with_hides_no_child() -> None:
    world = World()
    trained(world)
    ref = world.report(1, incident="LOG-7", child=RUE)
    assert ref == "MC-26-0002" and world.case(ref).incident == "LOG-7"
    assert found_in(world.stores.cases, "log 7") == ref
    assert found_in(world.stores.cases, "training log 7") == "TRAINING-26-0001"


def test_nobody_opens_one_training_case_twice() -> None:
    world = World()
    trained(world)
    with pytest.raises(Refused) as no:
        trained(world, 1)
    assert (no.value.because, no.value.case) == (Because.ALREADY_DONE, "TRAINING-26-0001")


def test_a_childs_history_has_no_training_case_in_it_and_the_other_way_round() -> None:
    world = World()
    trained(world)
    world.do(1, "ola", Locate(where="Pier", seen_in_person=True), "TRAINING-26-0001")
    child = world.report(2, incident="LOG-7", child=RUE)
    again = trained(world, 3, incident="LOG-8")
    for ref, other in ((child, "TRAINING-26-0001"), (again, child)):
        case = world.case(ref)
        found = world.desk.earlier(case)
        assert other not in [each.case.ref for each in found.likely] and found.unread == ()
    assert world.case(child).last_episode is None
    last = world.case(again).last_episode
    assert last is not None and last.ref == "TRAINING-26-0001"


def test_no_screen_takes_one_for_the_others_even_where_it_is_given_both() -> None:
    world = World()
    training = world.case(trained(world))
    child = world.case(world.report(1, incident="LOG-8", child=RUE))
    same = replace(child, child=training.child)
    assert episodes(same, [training]).earlier == () and seen_before(same, [training]) == ()


def test_however_many_training_cases_there_are_they_crowd_no_child_out_of_what_is_found() -> None:
    world = World()
    training = world.case(trained(world))
    child = world.case(world.report(1, incident="LOG-7", child=RUE))
    assert traces(training) and traces(training).isdisjoint(traces(child))


def test_neither_becomes_the_other() -> None:
    world = World()
    training = trained(world)
    child = world.report(1, incident="LOG-8", child=RUE)
    for ref, other in ((child, training), (training, child)):
        assert world.refused(2, "sam", Duplicate(of=other, why="Twice"), ref) is Because.TRAINING
        assert world.refused(2, "sam", SameChild(earlier=other), ref) is Because.TRAINING
        assert world.refused(2, "sam", Correct(field="training", to="yes", why="No"), ref) is Because.TRAINING
    to = Correct(field="person_ref", to="TRAINING N-31", why="No")
    assert world.refused(3, "sam", to, child) is Because.TRAINING


def test_its_person_record_stays_one_of_training_when_it_is_corrected() -> None:
    world = World()
    world.report(0, child=RUE)
    training = trained(world, 1, child=Child(name="Rue Hart", age=12))
    world.do(2, "sam", Correct(field="person_ref", to="N-31", why="Mistyped"), training)
    assert world.case(training).child.person_ref == "TRAINING N-31"
    assert world.case(training).last_episode is None


def test_a_childs_report_takes_no_number_of_training() -> None:
    with pytest.raises(Refused) as no:
        World().report(0, incident="Training LOG-7")
    assert no.value.because is Because.TRAINING


def test_an_audit_counts_none_and_says_which_were_left_out() -> None:
    world = World()
    training, child = trained(world), world.report(1, incident="LOG-8", child=RUE)
    world.until(60)
    found, cases = [world.case(training), world.case(child)], world.stores.cases
    got = audit_all(
        found,
        ["TRAINING-26-0009", "MC-26-0404"],
        lambda case: cases.entries(case.ref),
        world.policy,
        world.clock.at,
    )
    assert [audit.case.ref for audit in got.audits] == [child] == [case.ref for case in got.counted]
    assert got.left_out.training == ("TRAINING-26-0001", "TRAINING-26-0009")
    assert got.left_out.unreadable == ("MC-26-0404",)
    assert without_training([], [])[2] == ()


@pytest.mark.parametrize("typed", ["training 26 1", "TRAINING-26-0001", "training-26-1"])
def test_it_is_found_however_its_reference_is_typed(typed: str) -> None:
    assert as_ref(typed) == "TRAINING-26-0001" and is_ref(typed)
    assert as_ref("mc 26 1") == as_ref("26 1") == "MC-26-0001"


def test_every_child_comes_before_every_training_case() -> None:
    assert urgency(Grade.LOW, None, "MC-26-0002") < urgency(Grade.HIGH, TOLD, "TRAINING-26-0001")
