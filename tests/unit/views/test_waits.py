"""Of which cases a home page says that they wait for somebody, told from their outlines alone."""

import pytest

from bot.domain.clocks import ClockName
from bot.domain.people import Role
from bot.views.lists.in_order import Outlined, in_order
from bot.views.lists.listing import Filter, Shown, page_of
from bot.views.lists.outlines import Outline, Owed, OwedTo, ToConfirm
from bot.views.lists.waiting import waiting
from tests.contract.steps import START
from tests.unit.views.some_outlines import MINUTE, told
from tests.unit.views.story import Told

TO_SUPERVISORS = OwedTo(
    ClockName.OWNER_ACCEPTED, Role.SUPERVISOR, frozenset({Role.SUPERVISOR}), has_owner=False
)


@pytest.fixture
def night() -> Told:
    """At START."""
    night = Told()
    assert night.screen.now == START
    return night


def owed(minute: float, *, waits: float = -60, falls_to: OwedTo = TO_SUPERVISORS) -> Owed:
    due = START + minute * MINUTE
    return Owed(due=due, soon=due, waits=START + waits * MINUTE, falls_to=falls_to)


def waits_for(person: str, night: Told, *outlines: Outline) -> list[str]:
    every = in_order(outlines).outlines
    return [each.ref for _, each in waiting(every, night.actor(person), night.screen)]


def test_a_debt_waits_for_those_it_falls_to_from_then_on_and_for_nobody_else(night: Told) -> None:
    waits, is_hours_away = told(1, owed=(owed(9, waits=0),)), told(2, owed=(owed(9, waits=0.1),))
    assert waits_for("sam", night, waits, is_hours_away) == ["MC-26-0001"]
    assert waits_for("ola", night, waits, is_hours_away) == []


def test_the_next_of_its_debts_may_wait_before_the_first(night: Told) -> None:
    assert waits_for("sam", night, told(1, owed=(owed(8, waits=5), owed(9)))) == ["MC-26-0001"]


def test_what_waits_for_others_does_not_wait_for_them(night: Told) -> None:
    to_others = OwedTo(ClockName.OWNER_ACCEPTED, Role.FIM, frozenset({Role.FIM}), has_owner=False)
    case = told(1, owed=(owed(8, falls_to=to_others), owed(9, waits=5)))
    assert waits_for("sam", night, case) == []


def test_somebody_whom_a_case_names_is_asked_what_everybody_is(night: Told) -> None:
    named = told(1, owed=(owed(9, waits=0),), people=("sam", "ola"))
    assert waits_for("sam", night, named) == ["MC-26-0001"]
    assert waits_for("ola", night, named) == []


def test_a_case_stands_where_the_worst_that_it_asks_belongs(night: Told) -> None:
    """To be paid, or to be confirmed, whichever is sooner."""
    first = told(1, owed=(owed(30),), to_confirm=ToConfirm(START - 3 * MINUTE, "ola"))
    second = told(2, owed=(owed(20),))
    third = told(3, owed=(owed(15),), to_confirm=ToConfirm(START + 40 * MINUTE, "ola"))
    late = told(4, owed=(owed(-1),), to_confirm=ToConfirm(START - 9 * MINUTE, "ola"))
    said = waits_for("sam", night, third, second, first, late)
    assert said == ["MC-26-0004", "MC-26-0001", "MC-26-0003", "MC-26-0002"]


def test_mine_are_not_all_in_which_somebody_is_named(night: Told) -> None:
    """Who asked for something is barred from paying it, and so named."""
    none = {"owner": None, "assigned_to": None, "reported_by": "cal"}
    named, own = told(1, people=("ola",), **none), told(2, people=("ola",), **{**none, "owner": "ola"})
    opened = Outlined(every=in_order([named, own]), read=lambda refs: ([], tuple(refs)))
    assert page_of(opened, "ola", Shown(Filter.MINE), night.screen).unread == ("MC-26-0002",)
