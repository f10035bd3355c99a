"""What closing a case leaves undone, from its clocks."""

from bot.domain.clocks import never_done
from bot.domain.commands import Accept, Assign, Close, Confirm, Inform, Interview, Locate, SetEnquiry, Void
from bot.domain.facts import Grade
from tests.world import TOLD, World, answers, minutes


def left(world: World) -> list[str]:
    case = world.case()
    at = case.ending.closed.at if case.ending.closed else world.clock.at
    return [clock.key for clock in never_done(case, world.policy, at)]


def found_and_closed(world: World, at: float) -> None:
    world.do(at, "ola", Locate(where="Home", seen_in_person=True))
    world.do(at + 1, "ola", Interview(kind="prevention", in_person=True))
    world.do(at + 2, "sam", Close(reason="Home and well"))


def test_what_finding_the_child_took_off_is_listed_though_its_clock_runs_no_more() -> None:
    world = World()
    world.report(markers=answers("suicidal_today"))
    found_and_closed(world, 20)
    assert left(world) == [
        "fim-aware",
        "grade-recorded",
        "owner-accepted",
        "lines-of-enquiry",
        "caller-told",
        "ppn",
        "return-interview",
    ]


def test_what_was_done_late_was_done() -> None:
    world = World()
    world.report(grade=world.graded(Grade.MEDIUM))
    world.do(40, "sam", Assign(to="ola"))
    world.do(50, "ola", Accept())
    world.do(51, "sam", SetEnquiry(id="e", text="CCTV", owner="ola", due_at=TOLD + minutes(90)))
    world.do(52, "cal", Inform(id="i", kind="call", text="Seen"))
    found_and_closed(world, 55)
    assert left(world) == [
        "duty-inspector-told",
        "new-information/i",
        "enquiry-done/e",
        "caller-told",
        "ppn",
        "return-interview",
    ]


def test_a_review_is_missed_only_where_its_time_had_come() -> None:
    world = World()
    world.report(grade=world.graded(Grade.HIGH), markers=answers("suicidal_today"))
    found_and_closed(world, 70)
    assert "review" in left(world)
    assert not {"pnc", "ukmpu"} & set(left(world))


def test_a_case_that_never_was_leaves_nothing_undone() -> None:
    world = World()
    world.report()
    world.do(1, "sam", Void(why="Typed twice"))
    assert left(world)
    world.do(2, "sid", Confirm())
    assert left(world) == []
