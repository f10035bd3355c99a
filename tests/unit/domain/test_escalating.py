"""Asking for the next rung now: whom it pages, and that it pages somebody whatever the case has come to."""

from bot.domain import commands as c
from bot.domain.clocks import clocks
from bot.domain.people import Role
from bot.domain.refusals import Because
from tests.world import World, answers


def asked(world: World) -> list[Role]:
    """Whom the asking itself has paged so far, in order."""
    return [role for _, clock, role, _ in world.pages if clock == "fim-asked"]


def test_once_a_child_known_to_be_safe_was_seen_a_fim_is_still_paged() -> None:
    world = World()
    world.concern(known=True)
    world.do(5, "cal", c.Locate(where="Home", seen_in_person=True, seen_by="PC 1"))
    world.do(6, "cal", c.Escalate(why="worse"))
    world.until(7)
    assert asked(world) == [Role.FIM]


def test_what_was_answered_before_the_child_was_seen_stands_once_in_the_list() -> None:
    world = World()
    world.report()
    world.do(1, "cal", c.Escalate(why="worse"))
    world.do(2, "fay", c.Note(text="On it"))
    world.do(5, "cal", c.Locate(where="Home", seen_in_person=True, seen_by="PC 1"))
    keys = [clock.key for clock in clocks(world.case(), world.policy)]
    assert keys.count("fim-asked") == 1


def test_the_superintendent_has_nobody_above() -> None:
    world = World()
    world.report()
    assert world.refused(1, "sue", c.Escalate(why="decision")) is Because.ALREADY_DONE


def test_a_fim_pages_who_is_above_and_of_those_who_was_not_paged_yet() -> None:
    world = World()
    world.report(markers=answers("suicidal_today"))
    world.do(1, "fay", c.Escalate(why="decision"))
    world.do(3, "fay", c.Escalate(why="no_answer"))
    world.until(4)
    assert asked(world) == [Role.DUTY_INSPECTOR, Role.SUPERINTENDENT]
