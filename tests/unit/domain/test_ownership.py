"""Assigned is not accepted (IOPC, Staffordshire, 2025; domain.md §5 `owner-accepted`)."""

from bot.domain.commands import Accept, AcceptTransfer, Assign, Decline, Release, Take, Transfer
from bot.domain.facts import Grade
from bot.domain.refusals import Because
from tests.world import World


def medium() -> World:
    world = World()
    world.report(grade=world.graded(Grade.MEDIUM))
    return world


def test_only_acceptance_makes_an_owner() -> None:
    world = medium()
    world.do(2, "sam", Assign(to="ola"))
    assert world.case().owner is None
    world.do(3, "ola", Accept())
    assert (world.case().owner, world.state("owner-accepted")) == ("ola", "met")


def test_a_decline_restarts_nothing() -> None:
    world = medium()
    world.do(2, "sam", Assign(to="oz"))
    world.do(10, "oz", Decline(why="On another incident"))
    world.until(15)
    assert world.paged("owner-accepted") == [(15, "fim")]


def test_a_release_starts_the_clock_again() -> None:
    world = medium()
    world.do(2, "ola", Take())
    world.do(20, "ola", Release(why="End of shift"))
    world.until(35)
    assert world.paged("owner-accepted") == [(35, "fim")]


def test_the_old_owner_stays_until_the_new_one_accepts() -> None:
    world = medium()
    world.do(2, "ola", Take())
    world.do(3, "sam", Assign(to="oz"))
    assert world.case().owner == "ola"
    world.do(4, "oz", Accept())
    assert (world.case().owner, world.state("owner-accepted")) == ("oz", "met")


def test_only_the_person_asked_accepts_or_declines() -> None:
    world = medium()
    assert world.refused(1, "ola", Accept()) is Because.NOTHING_WAITING
    world.do(2, "sam", Assign(to="ola"))
    assert world.refused(3, "oz", Accept()) is Because.NOT_ASSIGNED
    assert world.refused(3, "oz", Decline(why="x")) is Because.NOT_ASSIGNED
    assert world.refused(3, "ola", Decline()) is Because.RATIONALE_REQUIRED
    world.do(4, "ola", Accept())
    assert world.refused(5, "ola", Accept()) is Because.ALREADY_DONE
    assert world.refused(5, "oz", Release(why="x")) is Because.NOT_ASSIGNED


def test_who_may_assign_and_take() -> None:
    world = medium()
    assert world.refused(1, "ola", Assign(to="oz")) is Because.NOT_PERMITTED
    assert world.refused(1, "sam", Assign(to="nobody")) is Because.NO_SUCH_PERSON
    assert world.refused(1, "cal", Take()) is Because.NOT_PERMITTED
    assert world.refused(1, "nobody", Take()) is Because.NO_SUCH_PERSON
    world.do(2, "sam", Take())
    assert world.refused(3, "sam", Take()) is Because.ALREADY_DONE


def test_the_sender_owns_a_transfer_until_a_named_person_accepts() -> None:
    """IOPC, Wiltshire / Avon & Somerset, April 2026: the log vanished on the way."""
    world = medium()
    world.do(1, "ola", Take())
    assert world.refused(2, "cal", AcceptTransfer(name="PC Reed")) is Because.NOTHING_WAITING
    world.do(3, "sam", Transfer(force="Norshire"))
    world.until(13)
    assert world.case().owner == "ola"
    assert world.paged("transfer-accepted") == [(13, "fim")]
    world.do(14, "cal", AcceptTransfer(name="PC Reed"))
    assert (world.case().status, world.case().owner, world.state("ppn")) == ("closed", None, "off")


def test_asking_again_asks_again() -> None:
    world = medium()
    world.do(2, "sam", Assign(to="ola"))
    world.do(5, "sam", Assign(to="ola"))
    world.do(6, "ola", Accept())
    world.do(7, "sam", Assign(to="oz"))
    assert world.refused(8, "ola", Accept()) is Because.ALREADY_DONE
    assert world.case().owner == "ola"
