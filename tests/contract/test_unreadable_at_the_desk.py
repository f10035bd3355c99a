"""What the desk makes of a case that cannot be read, where another one is asked about."""

import pytest

from bot.domain.commands import Duplicate
from bot.domain.refusals import Because, Refused
from bot.ports.errors import Unreadable
from bot.store.redis_stores import RedisStores
from tests.damage import Damage
from tests.world import World

pytestmark = pytest.mark.redis

BAD, WELL = "MC-26-0001", "MC-26-0002"


@pytest.fixture
def world(redis_stores: RedisStores) -> World:
    """Two cases, of which the first has gone bad."""
    world = World(stores=redis_stores)
    world.timer_runs = False
    for _ in (BAD, WELL):
        world.report()
    Damage(redis_stores, BAD).strike()
    return world


@pytest.mark.parametrize("number", ["LOG-1", BAD])
def test_its_numbers_are_taken_all_the_same(world: World, number: str) -> None:
    with pytest.raises(Refused) as no:
        world.report(1, incident=number)
    assert (no.value.because, no.value.case) == (Because.ALREADY_DONE, BAD)


@pytest.mark.parametrize("name", ["LOG-1", BAD])
def test_no_case_is_closed_as_its_duplicate(world: World, name: str) -> None:
    with pytest.raises(Unreadable) as why:
        world.do(1, "sam", Duplicate(of=name, why="The same child"), WELL)
    assert why.value.ref == BAD
    assert world.case(WELL).ending.void_asked is None


def test_nothing_is_decided_on_it(world: World, redis_stores: RedisStores) -> None:
    with pytest.raises(Unreadable):
        world.desk.recheck(BAD)
    assert len(redis_stores.cases.stored(BAD)) == 1
