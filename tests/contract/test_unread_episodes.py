"""An earlier case of a child that cannot be read is said, and never stands in the way of a new report."""

import pytest

from bot.desk import Desk, Done
from bot.domain.commands import Correct, SameChild
from bot.domain.events import EpisodesUnread
from bot.domain.facts import Child, Grade
from bot.ports.stores import Stores
from bot.store.memory import MemoryStores
from bot.store.redis_stores import RedisStores
from tests.world import World

ROWAN = Child(name="Rowan Pike", age=15, person_ref="P-77")


@pytest.fixture
def world(stores: Stores) -> World:
    """Of Rowan's two earlier cases the newer cannot be read any more."""
    world = World()
    world.timer_runs = False
    world.desk = Desk(stores.cases, world.policy, world.clock, world.people)
    for minute in (0, 1):
        world.report(minute, told=minute, child=ROWAN, grade=world.graded(Grade.HIGH))
    lose(stores, "MC-26-0002")
    return world


def lose(stores: Stores, ref: str) -> None:
    """Its entries are gone; what it is found by is left."""
    if isinstance(stores, MemoryStores):
        del stores.cases._cases[ref]
    elif isinstance(stores, RedisStores):
        keys = stores.cases._keys
        stores.cases._redis.delete(keys.record(ref), keys.entries(ref))


def unread(done: Done) -> list[tuple[str, ...]]:
    return [entry.event.refs for entry in done.entries if isinstance(entry.event, EpisodesUnread)]


def test_a_report_is_saved_and_says_which_case_could_not_be_read(world: World, stores: Stores) -> None:
    ref = world.report(2, told=2, child=ROWAN)
    case = stores.cases.load(ref)
    assert case is not None and case.last_episode is not None
    assert case.last_episode.ref == "MC-26-0001" and case.running_grade is Grade.HIGH
    assert [entry.event for entry in stores.cases.entries(ref)][1:] == [EpisodesUnread(refs=("MC-26-0002",))]


def test_so_does_a_person_record_typed_later(world: World) -> None:
    ref = world.report(2, told=2)
    corrected = world.do(3, "cal", Correct(field="person_ref", to="P-77", why="Looked up"), ref)
    assert unread(corrected) == [("MC-26-0002",)]


def test_so_does_the_same_child_recognised(world: World) -> None:
    ref = world.report(2, told=2)
    assert unread(world.do(3, "cal", SameChild(earlier="MC-26-0001"), ref)) == [("MC-26-0002",)]


def test_a_child_whose_cases_can_all_be_read_has_nothing_said(world: World) -> None:
    ref = world.report(2, told=2, child=Child(name="Wren Hale", age=15, person_ref="P-78"))
    assert unread(world.do(3, "cal", Correct(field="person_ref", to="P-79", why="Looked up"), ref)) == []
