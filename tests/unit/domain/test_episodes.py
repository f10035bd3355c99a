"""Earlier episodes: linked within 24 h, counted over 24 h, 90 days and 12 months (domain.md §3)."""

from bot.domain.commands import Confirm, Locate, Void
from bot.domain.episodes import episodes
from bot.domain.facts import Child
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

    found = episodes(world.case(again), world.stores.cases.load_many(world.stores.cases.episodes("N-77")))

    assert [case.ref for case in found.earlier] == [recent, long_ago]
    assert found.linked == (recent,)
    assert (found.in_24_hours, found.in_90_days, found.in_12_months) == (0, 0, 1)


def test_a_second_log_on_the_same_evening_is_linked() -> None:
    world = World()
    first = world.report(child=KIT)
    second = world.report(at=120, told=120, child=KIT)
    found = episodes(world.case(second), [world.case(first), world.case(second)])
    assert (found.linked, found.in_24_hours) == ((first,), 1)
