"""The board: true if nobody refreshes it, whole with 500 open cases, and no name on it."""

import json
import re

import pytest
from msgspec.structs import replace

from bot.domain import commands
from bot.domain.facts import Child, Grade
from bot.domain.people import Role
from bot.ports.cases import OpenCases, Pulse
from bot.views.lists.wall_board import board
from sandbox.limits import check_blocks, check_total
from tests.unit.views.crowd import crowd, opened
from tests.unit.views.story import Told, said
from tests.unit.views.surfaces import unheard
from tests.world import TOLD, answers

RUNNING = Pulse(last_check=TOLD)


def shown(told: Told, *unreadable: str) -> list[str]:
    return said(board(opened(told, *unreadable), RUNNING, told.screen).message)


@pytest.fixture
def three() -> Told:
    told = Told()
    told.timer_runs = False
    told.report(30, told=29)
    told.report(30, told=0)
    told.report(31, told=31, markers=answers("suicidal_today"), child=Child(name="Zebedee", age=13))
    return told


def test_high_and_late_have_a_row_and_the_rest_are_named(three: Told) -> None:
    assert shown(three) == [
        "Board · 3 open · 1 HIGH · 1 late · 3 no owner · as at 14:11, 2 Mar",
        "✅ Clocks running, last check 13:40:00",
        "HIGH · MC-26-0003 · age 13 · Suicidal statement today · police told 14:11 · no owner · "
        "⚪ DUE 14:16 FIM aware [Open]",
        "MEDIUM · MC-26-0002 · age 15 · police told 13:40 · no owner · 🔺 LATE since 13:50: no grade [Open]",
        "*Also MEDIUM (1):* MC-26-0001",
        "HIGH and late cases in full; others by reference. /missing list has them all. | OFFICIAL-SENSITIVE",
    ]


def test_nothing_on_it_goes_stale(three: Told) -> None:
    """By-times, never minutes left; and nothing is due soon for ever."""
    words = json.dumps(shown(three), ensure_ascii=False)
    assert "SOON" not in words and not re.search(r"\d+ min", words)


def test_no_childs_name_is_on_it(three: Told) -> None:
    message = board(opened(three), RUNNING, three.screen).message
    assert "Zebedee" not in json.dumps(message.blocks) + message.text


def test_a_case_that_cannot_be_read_is_on_it(three: Told) -> None:
    assert "🔺 *1 case could not be read:* MC-26-0009. Call the technician." in shown(three, "MC-26-0009")


def test_pages_that_reached_nobody_are_on_it_with_whom_to_ring(three: Told) -> None:
    cases = tuple(unheard(case) if case.ref == "MC-26-0003" else case for case in opened(three).cases)
    lines = said(board(OpenCases(cases=cases), RUNNING, three.screen).message)
    assert (
        "🔺 FIM page not delivered for HIGH MC-26-0003: the FIM's channel cannot be reached "
        "(the bot is not in it). Ring Fay Marsh"
    ) in lines[2]
    assert "HIGH · MC-26-0003" in lines[3]


def test_five_hundred_pages_that_reached_nobody_fit_and_every_case_is_named(five_hundred: Told) -> None:
    only_fim = {Role.FIM: unheard(opened(five_hundred).cases[0]).pages[Role.FIM]}
    cases = tuple(replace(unheard(case), pages=only_fim) for case in opened(five_hundred).cases)
    message = board(OpenCases(cases=cases), RUNNING, five_hundred.screen).message
    check_blocks(message.blocks)
    check_total(message.blocks, "board")
    assert len(message.blocks) <= 31
    rows = json.dumps(message.blocks[3:])
    assert [case.ref for case in cases if case.ref not in rows] == []


def test_a_quiet_board_says_so() -> None:
    told = Told()
    assert "No case is HIGH or late." in said(board(OpenCases(cases=()), RUNNING, told.screen).message)


def test_five_hundred_open_cases_fit_and_every_one_is_named(five_hundred: Told) -> None:
    message = board(opened(five_hundred), RUNNING, five_hundred.screen).message
    check_blocks(message.blocks)
    check_total(message.blocks, "board")
    assert len(message.blocks) <= 31
    named = json.dumps(message.blocks)
    assert [case.ref for case in opened(five_hundred).cases if case.ref not in named] == []


def test_what_does_not_fit_is_counted() -> None:
    """Two thousand: no force has had so many, and still nothing is cut silently."""
    told = crowd(20)
    first = opened(told).cases
    cases = tuple(replace(first[n % 20], ref=f"MC-26-{n:04}") for n in range(2000))
    message = board(OpenCases(cases=cases), RUNNING, told.screen).message
    check_total(message.blocks, "board")
    left = sum(int(number) for number in re.findall(r"and (\d+) more", json.dumps(message.blocks)))
    named = len(re.findall(r"MC-26-\d{4}", "".join(said(message))))
    assert left + named == 2000


def test_it_says_when_it_will_say_otherwise(three: Told) -> None:
    assert board(opened(three), RUNNING, three.screen).changes_at is not None


def test_a_graded_and_owned_medium_case_in_time_is_only_named(three: Told) -> None:
    three.do(32, "ola", commands.Take(), "MC-26-0002")
    three.do(32, "sam", commands.GradeCase(level=Grade.MEDIUM, rationale="So"), "MC-26-0002")
    assert not any("MC-26-0002" in line and "[Open]" in line for line in shown(three))
