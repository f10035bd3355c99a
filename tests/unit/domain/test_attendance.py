"""Whether police attend, and who was there first (domain.md §5)."""

from bot.domain.commands import Attend, Categorise
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
