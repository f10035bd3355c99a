"""Whether police attend, and who was there first (domain.md §5)."""

from bot.domain.commands import Attend, Categorise, GradeCase
from bot.domain.facts import Grade
from tests.world import World


def nobody_goes(world: World, at: float) -> None:
    wish = Categorise(category="concern_for_safety", rationale="RCRP", attendance="no")
    world.do(at, "cal", wish)


def test_said_again_it_pages_nobody_anew() -> None:
    world = World()
    world.concern()
    for at in (2, 4):
        nobody_goes(world, at)
    world.until(6)
    assert world.paged("concern-for-safety") == [(2, "fim")]


def test_the_first_officers_count() -> None:
    world = World()
    world.report()
    world.do(5, "ola", Attend(where="Home"))
    world.do(9, "ola", Attend(where="The park"))
    assert world.case().attended_where == "Home"


def test_where_no_force_gave_it_a_time_nothing_is_met() -> None:
    world = World()
    world.report()
    world.do(5, "ola", Attend(where="Home"))
    assert world.state("first-attendance") == "off"


def test_what_was_done_while_it_had_no_deadline_counts_once_it_has_one() -> None:
    world = World({"clocks": {"first-attendance": {"high": "20m"}}})
    world.report()
    world.do(5, "ola", Attend(where="Home"))
    assert world.state("first-attendance") == "off"
    world.do(30, "cal", GradeCase(level=Grade.HIGH, rationale="Because"))
    assert world.state("first-attendance") == "met"
