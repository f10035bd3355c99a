"""How long a closed case is kept before somebody decides: clear years, counted from the child's newest case."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.commands import Close, Interview, Locate, Reopen, SameChild
from bot.domain.erasing import ASKED_FOR, ErasureAsked, Exported
from bot.domain.facts import Child, Grade
from bot.domain.retention import Decided, KeptCase, WaitsFor, kept
from tests.world import TOLD, World, minutes

FIRST, SECOND = "MC-26-0001", "MC-26-0002"
DAY = timedelta(days=1)
NOTHING = Decided({}, {})
CLOSED = TOLD + minutes(3)


def closed(world: World, at: float = 0, **said: object) -> str:
    ref = world.report(at, **{"child": Child(name="Wren Hale", age=15, person_ref="P-1"), **said})
    world.do(at + 1, "ola", Locate(where="Pier", seen_in_person=True), ref)
    world.do(at + 2, "ola", Interview(kind="prevention", in_person=True, by_whom="Ola"), ref)
    world.do(at + 3, "sam", Close(reason="Home"), ref)
    return ref


def of(world: World, now: datetime, decided: Decided = NOTHING) -> dict[str, KeptCase]:
    refs = [FIRST, SECOND][: world._incidents]
    return {
        each.case.ref: each for each in kept([world.case(ref) for ref in refs], decided, world.policy, now)
    }


@pytest.mark.parametrize(("grade", "days"), [(Grade.HIGH, 3653), (Grade.MEDIUM, 2192)])
def test_the_period_is_that_of_the_grade_it_ran_at_last(grade: Grade, days: int) -> None:
    world = World()
    closed(world, grade=world.graded(grade))
    found = of(world, CLOSED)[FIRST]
    assert (found.due, found.waits_for) == (CLOSED + days * DAY, WaitsFor.PERIOD)
    assert not of(world, CLOSED + days * DAY - DAY)[FIRST].is_due(CLOSED + days * DAY - DAY)
    assert of(world, CLOSED + days * DAY)[FIRST].is_due(CLOSED + days * DAY)


def test_a_later_case_of_the_child_begins_it_anew() -> None:
    world = World()
    closed(world)
    closed(world, 1000)
    again = TOLD + minutes(1003)
    assert [each.since for each in of(world, again).values()] == [again, again]
    assert [each.closed for each in of(world, again).values()] == [CLOSED, again]


def test_nothing_is_due_while_the_child_has_an_open_case() -> None:
    world = World()
    closed(world)
    world.report(1000, child=Child(name="Wren Hale", age=15, person_ref="P-1"))
    (first,) = of(world, CLOSED + 9999 * DAY).values()
    assert (first.due, first.waits_for, first.open_case) == (None, WaitsFor.OPEN_CASE, SECOND)


def test_the_same_child_is_whom_a_person_said_it_is_too() -> None:
    world = World()
    closed(world, child=Child(name="Wren Hale", age=15))
    world.report(1000, child=Child(name="Wren Hale", age=15))
    assert of(world, CLOSED + 9999 * DAY)[FIRST].due is not None
    world.do(1001, "sam", SameChild(earlier=FIRST), SECOND)
    assert of(world, CLOSED + 9999 * DAY)[FIRST].waits_for is WaitsFor.OPEN_CASE


def test_what_it_waits_for_goes_on_with_each_step() -> None:
    world = World()
    closed(world)
    case, now = world.case(), CLOSED + 9999 * DAY
    whole = Exported(ref=FIRST, by="sam", at=now, entries=case.version, last="ab", sum="cd")
    older = Exported(ref=FIRST, by="sam", at=now, entries=case.version - 1, last="ab", sum="cd")
    asked = ErasureAsked(ref=FIRST, by="sam", surface="terminal", at=now, export=whole)

    def waits_for(export: Exported | None, wish: ErasureAsked | None, at: datetime = now) -> WaitsFor:
        decided = Decided({FIRST: export} if export else {}, {FIRST: wish} if wish else {})
        return of(world, at, decided)[FIRST].waits_for

    assert waits_for(None, None) is WaitsFor.EXPORT
    assert waits_for(older, None) is WaitsFor.EXPORT
    assert waits_for(whole, None) is WaitsFor.FIRST_PERSON
    assert waits_for(whole, asked) is WaitsFor.SECOND_PERSON
    assert waits_for(whole, asked, now + ASKED_FOR) is WaitsFor.FIRST_PERSON


def test_one_that_was_opened_again_is_in_no_list() -> None:
    world = World()
    closed(world)
    world.do(10, "sam", Reopen(why="Gone again"))
    assert of(world, datetime(2099, 1, 1, tzinfo=UTC)) == {}


def test_a_training_case_neither_holds_a_childs_up_nor_begins_it_anew() -> None:
    world = World()
    closed(world)
    trained = world.report(1000, training=True, child=Child(name="Wren Hale", age=15, person_ref="P-1"))
    (found,) = kept([world.case(FIRST), world.case(trained)], NOTHING, world.policy, CLOSED)
    assert (found.since, found.open_case) == (CLOSED, "")
