"""Given a page of a high-risk child that stands in Slack: when does it leave another way too?"""

from collections.abc import Mapping

import pytest
from msgspec.structs import replace

from bot.desk import Desk
from bot.domain.commands import Accept, Acknowledge, Assign, Inform
from bot.domain.events import CalledBeside
from bot.domain.people import Role
from bot.domain.reach import Unheard
from tests.world import World, answers

HIGH = {"markers": answers("suicidal_today")}
REF = "MC-26-0001"


class Listening(World):
    """A world in which some rungs hear nothing."""

    def __init__(self, overrides: Mapping[str, object] | None = None) -> None:
        super().__init__(overrides)
        self.unheard: dict[Role, Unheard] = {}
        self.desk = Desk(
            self.stores.cases,
            self.policy,
            self.clock,
            self.people,
            follows_pages=False,
            unheard=lambda role, _: self.unheard.get(role),
        )

    def called(self, ref: str = REF) -> list[tuple[float, Role, str]]:
        """Minute, role, why."""
        entries = self.stores.cases.entries(ref)
        return [
            (round((e.at - entries[0].at).total_seconds() / 60, 2), e.event.role, e.event.why)
            for e in entries
            if isinstance(e.event, CalledBeside)
        ]


@pytest.fixture
def world() -> Listening:
    return Listening()


def test_an_unanswered_high_page_is_called_beside_after_two_minutes_once(world: Listening) -> None:
    world.report(**HIGH)
    world.until(1.9)
    assert world.called() == []
    world.until(4.9)
    assert world.called() == [(2, Role.FIM, "unanswered")]


def test_each_further_page_is_called_for_itself_and_nothing_climbs_by_it(world: Listening) -> None:
    world.report(**HIGH)
    world.until(9)
    first, *later = world.called()
    assert first == (2, Role.FIM, "unanswered")
    assert {(minute, role) for minute, role, _ in later} == {(7, Role.FIM), (7, Role.DUTY_INSPECTOR)}
    plain = World({"beside_slack": {"high": "none"}})
    plain.report(**HIGH)
    plain.until(9)
    assert world.pages == plain.pages


def test_an_answer_in_time_keeps_it_in_slack(world: Listening) -> None:
    world.report(**HIGH)
    world.do(1, "fay", Acknowledge())
    world.until(4.9)
    assert world.called() == []


def test_a_medium_page_is_not_called_however_silent(world: Listening) -> None:
    world.unheard[Role.FIM] = Unheard.QUIET
    world.report()
    world.until(20)
    assert world.called() == []


@pytest.mark.parametrize("why", [Unheard.QUIET, Unheard.UNREACHABLE])
def test_where_nobody_of_the_rung_would_hear_it_it_is_called_in_the_write_that_pages(
    world: Listening, why: Unheard
) -> None:
    world.unheard[Role.FIM] = why
    world.report(**HIGH)
    world.until(0)
    assert world.called() == [(0, Role.FIM, why.value)]
    world.until(4.9)
    assert len(world.called()) == 1


def test_do_not_disturb_that_begins_after_the_page_calls_it_at_the_next_look(world: Listening) -> None:
    world.report(**HIGH)
    world.until(1)
    world.unheard[Role.FIM] = Unheard.QUIET
    world.desk.recheck(REF)
    assert world.called() == [(1, Role.FIM, "quiet")]


def test_a_place_that_refuses_is_told_by_the_refusal_itself(world: Listening) -> None:
    world.unheard[Role.FIM] = Unheard.REFUSED
    world.report(**HIGH)
    world.until(1)
    assert world.called() == []


def test_the_last_rung_paged_again_has_left_with_the_page_itself(world: Listening) -> None:
    world.send_home("ian", "sue")
    world.report(**HIGH)
    world.until(12)
    called = [minute for minute, role, _ in world.called() if role is Role.FIM]
    assert called == [2, 7], "the first page, and the first for want of an owner; no repeat"


def test_a_clock_of_days_wakes_nobody_at_night(world: Listening) -> None:
    world.report(**HIGH)
    case = world.case()
    world.until(24 * 60 + 10)
    called = {
        key
        for entry in world.stores.cases.entries(case.ref)
        if isinstance(entry.event, CalledBeside)
        for key in entry.event.clocks
    }
    assert "ppn" not in called and "fim-aware" in called


def test_a_force_may_say_never_or_another_time() -> None:
    for said, minutes in (("none", []), ("4m", [4])):
        world = Listening({"beside_slack": {"high": said}})
        world.report(**HIGH)
        world.until(4.9)
        assert [minute for minute, _, _ in world.called()] == minutes


def test_a_case_says_why_and_how_its_page_left(world: Listening) -> None:
    world.report(**HIGH)
    world.until(2)
    page = world.case().pages[Role.FIM]
    assert page.beside is not None and page.beside.why == "unanswered"
    assert replace(page, taken_at=None, undelivered_at=page.at).is_undelivered
    left = page.left(page.at, "SMS", reached=True)
    assert not replace(left, taken_at=None, undelivered_at=page.at).is_undelivered, "it reached somebody"


def test_a_deactivated_owner_is_an_empty_rung_and_the_supervisor_is_paged_at_once(
    world: Listening, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = world.report(**HIGH)
    world.do(0, "fay", Assign(to="ola"))
    world.do(0, "ola", Accept())
    monkeypatch.setattr(world.people, "is_nobody", lambda person: person == "ola")
    world.do(1, "cal", Inform(id="i1", kind="sighting", text="At the pier"), ref)
    world.until(11.5)
    pages = [(role, minute) for minute, clock, role, _ in world.pages if clock.startswith("new-information")]
    assert pages == [(Role.SUPERVISOR, 11.0)], "at its due minute, not a step later"
