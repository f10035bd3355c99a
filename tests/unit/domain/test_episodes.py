"""Earlier episodes: linked within 24 h, counted over 24 h, 90 days and 12 months (domain.md §3)."""

from datetime import date

import pytest

from bot.domain.commands import Confirm, Locate, SameChild, Void
from bot.domain.episodes import Likeness, episodes, seen_before
from bot.domain.facts import Child, Grade
from bot.domain.likeness import traces
from bot.domain.refusals import Because
from tests.world import World

DAY = 24 * 60
KIT = Child(name="Kit Marlow", age=16, person_ref="N-77")


def test_episodes_are_counted_and_linked() -> None:
    """IOPC, Devon & Cornwall: returned, would not talk, and left again two hours later on a second log."""
    world = World()
    world.timer_runs = False
    long_ago = world.report(child=KIT)
    recent = world.report(at=300 * DAY, told=300 * DAY, child=KIT)
    world.do(399 * DAY - 120, "ola", Locate(where="Home", seen_in_person=True), recent)
    voided = world.report(at=398.5 * DAY, told=398.5 * DAY, child=KIT)
    world.do(398.6 * DAY, "sam", Void(why="Training"), voided)
    world.do(398.7 * DAY, "sid", Confirm(), voided)
    again = world.report(at=399 * DAY, told=399 * DAY, child=KIT)

    found = episodes(world.case(again), world.stores.cases.readable(world.stores.cases.episodes("N-77"))[0])

    assert [case.ref for case in found.earlier] == [recent, long_ago]
    assert found.linked == (recent,)
    assert (found.in_24_hours, found.in_90_days, found.in_12_months) == (0, 0, 1)


def test_a_second_log_on_the_same_evening_is_linked() -> None:
    world = World()
    first = world.report(child=KIT)
    second = world.report(at=120, told=120, child=KIT)
    found = episodes(world.case(second), [world.case(first), world.case(second)])
    assert (found.linked, found.in_24_hours) == ((first,), 1)


# --- likely earlier episodes, and saying that the child is the same ------------------------------------------


def test_likely_episodes_come_surest_first_and_say_why() -> None:
    world = World()
    born = date(2010, 5, 1)
    alike = world.report(child=Child(name="Kit Marlowe", age=15))
    twin = world.report(child=Child(name="Ash Cole", born=born))
    same = world.report(child=Child(name="K. M.", age=15, person_ref="N-77"))
    world.report(child=Child(name="Kit Vale", age=15))
    now = world.report(5, told=5, child=Child(name="Marlow Kit", born=born, person_ref="N-77"))

    case = world.case(now)
    found = seen_before(
        case, world.stores.cases.readable([*world.stores.cases.alike(traces(case), 9), same])[0]
    )

    assert [(likely.case.ref, likely.because) for likely in found] == [
        (same, Likeness.SAME_CHILD),
        (alike, Likeness.NAME),
        (twin, Likeness.BORN),
    ]


def test_the_same_name_ten_years_older_is_another_child() -> None:
    world = World()
    world.report(child=Child(name="Kit Marlow", age=6))
    now = world.report(5, told=5, child=Child(name="Kit Marlow", age=16))
    assert seen_before(world.case(now), world.stores.cases.readable(["MC-26-0001"])[0]) == ()


def test_same_child_brings_the_last_grade_and_the_person_record() -> None:
    world = World()
    world.timer_runs = False
    yesterday = world.report(child=KIT, grade=world.graded(Grade.HIGH))
    today = world.report(DAY, told=DAY, child=Child(name="Kit Marlow", age=16))
    assert world.case(today).running_grade is Grade.MEDIUM

    world.do(DAY + 1, "ola", SameChild(earlier=yesterday), today)

    case = world.case(today)
    assert (case.running_grade, case.child.person_ref, [*case.same_as]) == (Grade.HIGH, "N-77", [yesterday])
    assert case.last_episode is not None and case.last_episode.ref == yesterday
    assert world.stores.cases.episodes("N-77") == [yesterday, today]
    assert world.refused(DAY + 2, "cal", SameChild(earlier=yesterday), today) is Because.ALREADY_DONE


def test_same_child_without_any_person_record_still_brings_the_grade() -> None:
    world = World()
    world.timer_runs = False
    nameless = Child(name="Kit Marlow", age=16)
    yesterday = world.report(child=nameless, grade=world.graded(Grade.HIGH))
    today = world.report(DAY, told=DAY, child=nameless)
    world.do(DAY + 1, "cal", SameChild(earlier=yesterday), today)
    assert world.case(today).running_grade is Grade.HIGH
    assert world.case(today).child.person_ref == ""


def test_an_episode_of_last_year_is_linked_and_raises_nothing() -> None:
    world = World()
    world.timer_runs = False
    long_ago = world.report(child=Child(name="Kit Marlow", age=15), grade=world.graded(Grade.HIGH))
    today = world.report(200 * DAY, told=200 * DAY, child=Child(name="Kit Marlow", age=16))
    world.do(200 * DAY + 1, "cal", SameChild(earlier=long_ago), today)
    case = world.case(today)
    assert (case.running_grade, case.last_episode, [*case.same_as]) == (Grade.MEDIUM, None, [long_ago])


@pytest.mark.parametrize("earlier", ["", "MC-26-0404", "MC-26-0002", "MC-26-0003"])
def test_the_same_child_is_one_of_an_earlier_case(earlier: str) -> None:
    world = World()
    world.report(child=KIT)
    now = world.report(5, told=5, child=KIT)
    world.report(9, told=9, child=KIT)  # later than the one that asks
    assert world.refused(10, "cal", SameChild(earlier=earlier), now) is Because.REQUIRED_FIELD
