"""Pages climb, slow down, come back and never stop by themselves (domain.md §5 "Pages", "Acknowledgement")."""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice, takewhile

import pytest

from bot.domain import commands
from bot.domain.clocks import State
from bot.domain.commands import Acknowledge, Approve, Assign, GradeCase, Inform, SetEnquiry, Tell
from bot.domain.escalation import (
    ComingPage,
    Watched,
    due_pages,
    forecast,
    next_steps,
    paged_before,
    repaged,
    unanswered,
    watched,
)
from bot.domain.events import PageLine
from bot.domain.facts import Child, Grade
from bot.domain.ladder import OnDuty, after_pages
from bot.domain.people import Role
from bot.domain.refusals import Because
from tests.world import TOLD, World, answers, minutes

HIGH, MEDIUM = Grade.HIGH, Grade.MEDIUM


def high(world: World, **said: object) -> str:
    return world.report(markers=answers("medication"), grade=world.graded(HIGH), **said)


def test_the_fim_is_paged_at_once_about_a_high_risk_and_the_page_climbs() -> None:
    world = World()
    high(world)
    world.until(12)
    assert world.paged("fim-aware") == [(0, "fim"), (5, "duty_inspector"), (10, "superintendent")]


def test_a_medium_case_climbs_every_fifteen_minutes() -> None:
    world = World()
    world.report(grade=world.graded(MEDIUM))
    world.until(50)
    assert world.paged("owner-accepted") == [(15, "fim"), (30, "duty_inspector"), (45, "superintendent")]


def test_the_last_rung_is_paged_three_more_times_quickly_then_slowly_and_never_stops() -> None:
    world = World({"clocks": {"owner-accepted": {"ladder": ["fim"]}}})
    high(world)
    world.send_home("fay")  # nobody's step quietens it; the FIM channel is paged all the same
    world.until(150)
    assert [at for at, _ in world.paged("owner-accepted")] == [5, 10, 15, 20, 50, 80, 110, 140]


def test_an_empty_rung_is_skipped_at_the_same_instant() -> None:
    world = World()
    world.send_home("ian")
    high(world)
    world.until(11)
    assert world.paged("fim-aware") == [(0, "fim"), (5, "superintendent"), (10, "superintendent")]


def test_where_nobody_at_all_is_on_duty_the_fim_channel_is_paged() -> None:
    world = World()
    world.send_home("fay", "ian", "sue")
    high(world)
    world.until(0)
    assert world.paged("fim-aware") == [(0, "fim")]


def test_a_rung_manned_again_is_climbed_to() -> None:
    world = World()
    world.send_home("fay", "ian", "sue")
    high(world)
    world.until(1)
    world.people.people["ian"] = (Role.DUTY_INSPECTOR,)
    world.until(6)
    assert world.paged("fim-aware") == [(0, "fim"), (5, "duty_inspector")]


def test_an_acknowledgement_quietens_for_ten_minutes_then_the_same_rung_is_paged_and_it_climbs() -> None:
    world = World()
    high(world)
    world.do(6, "fay", Acknowledge())
    world.until(30)
    assert world.paged("owner-accepted") == [
        (5, "fim"),
        (16, "fim"),
        (21, "duty_inspector"),
        (26, "superintendent"),
    ]


def test_an_acknowledgement_stops_no_clock() -> None:
    world = World()
    high(world)
    world.do(6, "fay", Acknowledge())
    world.until(7)
    assert world.state("owner-accepted") == "breached"
    assert world.state("fim-aware") == "late"


def test_a_clock_that_breaches_later_pages_in_its_own_right() -> None:
    world = World()
    high(world)
    world.do(14, "fay", Acknowledge())
    world.until(15)
    assert world.paged("duty-inspector-told") == [(15, "fim")]


def test_the_grade_becoming_high_ends_the_quiet_and_the_same_rung_is_paged_again() -> None:
    world = World()
    world.report(grade=world.graded(MEDIUM))
    world.do(16, "fay", Acknowledge())
    world.do(20, "sam", GradeCase(level=HIGH, rationale="Text found"))
    world.until(26)
    assert world.paged("owner-accepted") == [(15, "fim"), (20, "fim"), (25, "duty_inspector")]


def test_a_clock_no_longer_due_falls_silent_and_begins_at_its_first_rung() -> None:
    world = World()
    world.report(markers=answers("medication"))
    world.do(1, "fay", Acknowledge())
    world.do(2, "fay", GradeCase(level=MEDIUM, rationale="x", considered=("medication",)))
    world.do(11, "sam", Approve(why="Checked"))
    world.until(16)
    assert world.paged("owner-accepted") == [(5, "fim"), (10, "duty_inspector"), (15, "fim")]


def test_each_rise_to_high_is_a_new_start_of_fim_aware() -> None:
    world = World()
    world.report(markers=answers("medication"))
    world.do(1, "fay", Acknowledge())
    world.do(2, "fay", GradeCase(level=MEDIUM, rationale="x", considered=("medication",)))
    world.do(3, "sam", Approve(why="Checked"))
    assert world.state("fim-aware") == "off"
    world.do(8, "cal", Inform(id="i", kind="call", text="x", markers=answers("abduction")))
    world.until(9)
    assert world.paged("fim-aware") == [(0, "fim"), (8, "fim")]
    assert world.state("fim-aware") == "running"


def test_typed_late_pages_what_is_past_due_at_once_from_the_first_rung() -> None:
    world = World()
    high(world, at=40)
    world.until(40)
    assert {(clock, role) for at, clock, role, _ in world.pages if at == 40} == {
        ("fim-aware", Role.FIM),
        ("owner-accepted", Role.FIM),
        ("duty-inspector-told", Role.FIM),
        ("lines-of-enquiry", Role.SUPERVISOR),
        ("caller-told", Role.SUPERVISOR),
    }


def test_while_the_timer_is_down_nothing_is_sent_and_then_the_first_rung() -> None:
    world = World()
    world.report(grade=world.graded(MEDIUM))
    world.timer_runs = False
    world.until(50)
    world.timer_runs = True
    world.until(51)
    assert world.paged("owner-accepted") == [(50, "fim")]


def test_a_page_pulls_forward_repeats_to_the_same_role_but_no_first_page() -> None:
    world = World({"clocks": {"owner-accepted": {"ladder": ["fim"]}, "fim-aware": {"ladder": ["fim"]}}})
    world.report(markers=answers("medication"), told=0)
    world.send_home("fay")
    world.until(12)
    # fim-aware repeats at 5; owner-accepted is first due at 5: one post. Both then repeat together.
    assert world.paged("fim-aware") == [(0, "fim"), (5, "fim"), (10, "fim")]
    assert world.paged("owner-accepted") == [(5, "fim"), (10, "fim")]


def test_a_repeat_that_would_follow_within_one_interval_goes_in_the_same_post() -> None:
    world = World(
        {"clocks": {"owner-accepted": {"high": "7m", "ladder": ["fim"]}, "fim-aware": {"ladder": ["fim"]}}}
    )
    world.report(markers=answers("medication"))
    world.send_home("fay")
    world.until(13)
    # At 7 owner-accepted is paged first; fim-aware's repeat of 10 goes with it and counts as sent.
    assert world.paged("fim-aware") == [(0, "fim"), (5, "fim"), (7, "fim"), (12, "fim")]
    assert world.paged("owner-accepted") == [(7, "fim"), (12, "fim")]


def test_an_enquiry_without_owner_goes_to_the_supervisor_once_not_twice() -> None:
    world = World()
    world.report(grade=world.graded(MEDIUM))
    world.do(1, "sam", SetEnquiry(id="e", text="CCTV", owner="ola", due_at=TOLD + minutes(10)))
    world.until(42)
    assert world.paged("enquiry-done/e") == [(10, "supervisor"), (25, "supervisor"), (40, "supervisor")]


def test_new_information_without_owner_climbs_from_supervisor_to_fim() -> None:
    world = World()
    world.report(grade=world.graded(MEDIUM))
    world.do(1, "ola", Inform(id="i", kind="sighting", text="By the river"))
    world.until(47)
    assert world.paged("new-information/i") == [(31, "supervisor"), (46, "fim")]


def test_papers_repeat_every_four_hours() -> None:
    world = World()
    world.report(grade=world.graded(MEDIUM))
    world.do(1, "cal", Tell(who=("caller",)))  # no page to a supervisor pulls them forward
    world.until(24 * 60 + 9 * 60)
    day = 24 * 60
    assert world.paged("ppn") == [(day, "supervisor"), (day + 240, "supervisor"), (day + 480, "supervisor")]


def test_who_may_acknowledge() -> None:
    world = World()
    world.report(grade=world.graded(MEDIUM))
    assert world.refused(1, "fay", Acknowledge()) is Because.NOTHING_WAITING
    assert world.refused(16, "ola", Acknowledge()) is Because.NOT_PERMITTED
    assert world.refused(16, "ian", Acknowledge()) is Because.NOT_PERMITTED
    world.do(31, "ian", Acknowledge())


def test_a_fim_may_say_at_any_time_that_a_high_case_is_known() -> None:
    world = World()
    high(world)
    world.timer_runs = False
    world.do(1, "fay", Acknowledge())


def test_an_owner_acknowledges_what_was_paged_to_the_owner() -> None:
    world = World()
    world.report(grade=world.graded(MEDIUM))
    world.do(1, "ola", commands.Take())
    world.do(1, "sam", SetEnquiry(id="e", text="CCTV", owner="ola", due_at=TOLD + minutes(10)))
    world.do(11, "ola", Acknowledge())
    world.until(50)
    assert world.paged("enquiry-done/e") == [(10, "owner"), (41, "owner")]


def test_the_forecast_says_what_then_happens() -> None:
    world = World()
    high(world, child=Child(name="Wren Hale", age=15))
    world.until(0)
    coming = forecast(
        world.case(), world.policy, lambda role: bool(world.people.on_duty(role)), world.clock.at
    )
    said = [
        (world.minute(at), line.clock, line.role)
        for _, (at, lines) in zip(range(8), coming, strict=False)
        for line in lines
    ]
    world.until(said[-1][0])
    happened = [(at, clock, role) for at, clock, role, _ in world.pages if at > 0]
    assert said == happened


def asked_anew(world: World, on_duty: OnDuty) -> Iterator[tuple[datetime, tuple[PageLine, ...]]]:
    """What is due, asked of the ladders themselves at each moment at which something is."""
    subject, now = watched(world.case(), world.policy), world.clock.at
    while steps := list(next_steps(subject, world.policy, on_duty)):
        now = max(now, min(step.at for step in steps))
        lines = due_pages(subject, world.policy, on_duty, now)
        yield now, lines
        subject = repaged(subject, after_pages(subject.paging, lines, now, 0))


def acknowledged(world: World) -> None:
    world.do(7, "fay", Acknowledge())


def enquired(world: World) -> None:
    world.do(8, "sam", SetEnquiry(id="e", text="CCTV", owner="ola", due_at=TOLD + minutes(40)))


@pytest.mark.parametrize("empty", [set(), {Role.SUPERINTENDENT}, {Role.FIM, Role.DUTY_INSPECTOR}, set(Role)])
@pytest.mark.parametrize("grade", [HIGH, MEDIUM])
@pytest.mark.parametrize("first", [enquired, acknowledged])
def test_the_forecast_is_what_the_ladders_say_at_each_moment(
    first: Callable[[World], None], grade: Grade, empty: set[Role]
) -> None:
    world = World()
    world.report(grade=world.graded(grade))
    world.until(6)
    if grade is HIGH or first is enquired:
        first(world)
    there = set(Role) - empty
    said = forecast(world.case(), world.policy, there.__contains__, world.clock.at)
    assert list(islice(said, 150)) == list(islice(asked_anew(world, there.__contains__), 150))


@pytest.mark.parametrize("grade", [HIGH, MEDIUM])
def test_what_is_paged_before_a_moment_owes_nothing_to_clocks_that_page_from_then_on(grade: Grade) -> None:
    world = World()
    world.report(grade=world.graded(grade))
    world.until(6)
    whole = watched(world.case(), world.policy)

    def paged(subject: Watched, until: datetime) -> list[ComingPage]:
        coming = unanswered(subject, world.policy, lambda _: True, world.clock.at)
        return list(takewhile(lambda page: page.at < until, coming))

    for until in (TOLD + minutes(at) for at in range(6, 180)):
        assert paged(paged_before(whole, until), until) == paged(whole, until)
    assert len(paged_before(whole, TOLD + minutes(20)).clocks) < len(whole.clocks)


def test_the_forecast_after_a_late_owner_climbs_to_the_supervisor_who_stood_in() -> None:
    """The last rung to be paged was the owner's, as a supervisor's; with an owner, one is above it again."""
    world = World({"clocks": {"enquiry-done": {"ladder": ["owner", "supervisor"]}}})
    world.report(grade=world.graded(MEDIUM))
    world.do(1, "sam", SetEnquiry(id="e", text="CCTV", owner="ola", due_at=TOLD + minutes(10)))
    world.until(30)
    world.do(30, "ola", commands.Take())
    coming = list(islice(forecast(world.case(), world.policy, lambda _: True, world.clock.at), 40))
    roles = [line.role for _, lines in coming for line in lines if line.clock == "enquiry-done/e"]
    assert roles[:3] == [Role.OWNER, Role.SUPERVISOR, Role.SUPERVISOR]
    assert coming == list(islice(asked_anew(world, lambda _: True), 40))


def test_what_needs_nobody_any_more_is_cleared() -> None:
    world = World()
    high(world)
    world.do(6, "fay", Acknowledge())
    world.do(7, "sam", Assign(to="ola"))
    world.do(8, "ola", commands.Accept())
    assert world.case().paging == {}


def test_a_forecast_ends_where_no_clock_runs() -> None:
    world = World()
    world.report(grade=world.graded(MEDIUM))
    world.do(1, "sam", commands.Void(why="Training"))
    world.do(2, "sid", commands.Confirm())
    assert list(forecast(world.case(), world.policy, lambda _: True, world.clock.at)) == []


def test_where_the_last_rung_went_home_the_rung_under_it_is_paged_again() -> None:
    world = World()
    world.report(grade=world.graded(MEDIUM))
    world.until(46)
    world.send_home("sue")
    world.until(61)
    assert world.paged("owner-accepted")[-2:] == [(45, "superintendent"), (60, "duty_inspector")]


def test_a_closed_cases_page_is_acknowledged_too() -> None:
    world = World()
    world.report(grade=world.graded(MEDIUM))
    world.do(10, "ola", commands.Interview(kind="prevention", in_person=True))
    world.do(11, "sam", commands.Close(reason="Back"))
    assert world.refused(12, "sam", Acknowledge()) is Because.CASE_CLOSED
    world.do(10 + 72 * 60 + 1, "sam", Acknowledge())


def test_a_second_press_on_acknowledge_changes_nothing() -> None:
    world = World()
    world.report(markers=answers("suicidal_today"))
    world.do(4, "fay", Acknowledge())
    assert world.refused(4.5, "fay", Acknowledge()) is Because.ALREADY_DONE, (
        "the FIM is aware, nothing is paged"
    )
    world.do(6, "fay", Acknowledge())  # the page of 5 min: no owner
    until = world.case().paging["owner-accepted"].quiet_until
    assert world.refused(7, "fay", Acknowledge()) is Because.ALREADY_DONE
    assert world.case().paging["owner-accepted"].quiet_until == until


def test_what_another_has_acknowledged_is_still_news_where_a_clock_waits_for_this_persons_word() -> None:
    world = World()
    world.report(markers=answers("suicidal_today"))
    world.until(5)
    world.do(6, "ian", Acknowledge())
    world.do(7, "fay", Acknowledge())
    assert world.state("fim-aware") is State.LATE
