"""`/missing list` and its buttons: the same answer, turned to another page or filter in its place."""

import pytest

from bot.domain import commands
from tests.handlers.evening import Evening, id_of
from tests.handlers.test_commands import answered
from tests.world import answers


@pytest.fixture
def busy(evening: Evening) -> Evening:
    """Twenty-five open cases, one of them high, one Ola's."""
    evening.timer_runs = False
    evening.report(1, by=id_of("cal"), markers=answers("suicidal_today"))
    for number in range(24):
        evening.report(1, by=id_of("cal"), told=number / 60)
    evening.do(2, id_of("ola"), commands.Take(), "MC-26-0002")
    return evening


def turned(evening: Evening, name: str, action: str, words: str) -> str:
    """Presses a button of the list; the list itself then says so."""
    lists = evening.person(name).sees("control")
    assert evening.person(name).click(action, on=lists[-1]).acked

    def probe() -> str | None:
        now = evening.person(name).sees("control")
        assert len(now) == len(lists), "a second answer instead of another page"
        return now[-1].words if now[-1].says(words) else None

    found = evening.workspace.wait_for(probe, f"{words!r} in the list")
    assert found is not None
    return found


def test_the_list_begins_with_the_highest_risk(busy: Evening) -> None:
    said = answered(busy, "cal", "list")
    assert "25 open · as at 13:42" in said and "*All: 1 to 20 of 25*" in said
    assert said.index("MC-26-0001") < said.index("MC-26-0003")


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("list late", "*Late: 0*"),
        ("list HIGH", "*High: 1*"),
        ("list no owner 2", "*No owner: 21 to 24 of 24*"),
        ("list 2", "*All: 21 to 25 of 25*"),
        ("mine", "*Mine: 1*"),
    ],
)
def test_a_filter_and_a_page_can_be_typed(busy: Evening, typed: str, title: str) -> None:
    assert title in answered(busy, "ola", typed)


def test_an_unknown_filter_is_answered_with_those_there_are(busy: Evening) -> None:
    assert "Try /missing list with: late, high, no owner" in answered(busy, "cal", "list lost")


def test_buttons_turn_the_answer_in_its_place_as_often_as_one_likes(busy: Evening) -> None:
    """Slack takes five answers by one command's address; each press brings its own."""
    answered(busy, "cal", "list")
    for _ in range(4):
        turned(busy, "cal", "list_next", "*All: 21 to 25 of 25*")
        turned(busy, "cal", "list_previous", "*All: 1 to 20 of 25*")
    assert "MC-26-0001" in turned(busy, "cal", "list_high", "*High: 1*")
    turned(busy, "cal", "list_mine", "*Mine: 1 to 20 of 25*")  # those that they reported


def test_refresh_keeps_the_filter(busy: Evening) -> None:
    answered(busy, "cal", "list concern")
    busy.concern(3, by=id_of("cal"))
    turned(busy, "cal", "list_refresh", "*Concern: 1*")


def test_a_case_is_opened_from_its_row(busy: Evening) -> None:
    answered(busy, "cal", "list high")
    busy.person("cal").click("open_case", on=busy.person("cal").sees("control")[-1])
    busy.opened("cal", "MC-26-0001")


def test_five_hundred_open_cases_are_listed(evening: Evening) -> None:
    evening.timer_runs = False
    for number in range(500):
        evening.report(1, by=id_of("cal"), told=number / 600)
    assert "*All: 1 to 20 of 500*" in answered(evening, "cal", "list")
