"""A case between two forces, and whether a Child Rescue Alert was considered: where somebody would look for it, and
nowhere else."""

import json
from collections.abc import Callable

import pytest

from bot.domain import commands
from bot.ports.cases import OpenCases, Pulse
from bot.views.cards.handover_card import about
from bot.views.lists.wall_board import board
from bot.views.plain import paper_board, plain_case
from bot.views.timeline_picture.spans import story
from tests.unit.views.story import Told, rowan

PASSED = "passed on 13:50, NOT accepted there"
SENT_BACK = "SENT BACK 13:51, not settled"


def passed_on() -> Told:
    told = rowan()
    told.do(10, "sam", commands.Transfer(force="Northshire", why="last_seen_there"))
    return told


def sent_back() -> Told:
    told = passed_on()
    told.do(11, "cal", commands.RefuseTransfer(name="Inspector Wren", why="wrong_code"))
    return told


def kept() -> Told:
    told = sent_back()
    told.do(12, "sam", commands.Keep(why="Ours"))
    return told


def opened(told: Told) -> OpenCases:
    return OpenCases(cases=(told.case(),), unreadable=())


def on_board(told: Told) -> str:
    return str(board(opened(told), Pulse(last_check=told.clock.now()), told.screen).message.blocks)


def in_rows(told: Told) -> str:
    return plain_case.rows(opened(told), told.screen)


def on_paper(told: Told) -> str:
    return paper_board.board(opened(told), told.screen)


MANY = (on_board, in_rows, on_paper)


@pytest.mark.parametrize("shown", MANY)
def test_among_many_cases_it_says_between_which_two_it_is(shown: Callable[[Told], str]) -> None:
    assert PASSED in shown(passed_on()).replace("Passed", "passed")
    assert SENT_BACK in shown(sent_back())
    assert "Northshire" not in shown(passed_on()), "a wall names nobody's words"


@pytest.mark.parametrize("shown", MANY)
def test_what_is_over_or_never_was_is_not_shown(shown: Callable[[Told], str]) -> None:
    for told in (rowan(), kept()):
        assert "accepted there" not in shown(told)
        assert "SENT BACK" not in shown(told)
        assert "CRA" not in shown(told)


@pytest.mark.parametrize("shown", MANY)
def test_only_an_alert_that_was_asked_for_is_shown_among_many(shown: Callable[[Told], str]) -> None:
    told = rowan()
    told.do(5, "sam", commands.DecideAlert(decision="not_now", why="Too early"))
    assert "CRA" not in shown(told)
    told.do(9, "sam", commands.DecideAlert(decision="requested", why="Seen in a car"))
    assert "CRA requested" in shown(told)


def test_who_takes_the_case_over_reads_both() -> None:
    assert "CRA: not considered" in about(rowan().case(), rowan().screen)
    told = passed_on()
    told.do(11, "sam", commands.DecideAlert(decision="not_met", why="No sign of abduction"))
    said = about(told.case(), told.screen)
    assert "CRA: criteria not met · passed to Northshire 13:50, NOT accepted there" in said
    assert SENT_BACK in about(sent_back().case(), sent_back().screen)
    assert "accepted there" not in about(kept().case(), kept().screen)


def lane(told: Told, title: str) -> str:
    found = story(told.case(), told.record, told.screen).lanes
    return next((each.fact for each in found if each.title == title), "")


def test_the_picture_has_a_lane_for_it_where_it_was_ever_passed_on() -> None:
    assert lane(rowan(), "Transfer") == ""
    assert lane(passed_on(), "Transfer") == "Transfer: passed on, not accepted there from 13:50."
    assert lane(kept(), "Transfer") == (
        "Transfer: passed on, not accepted there from 13:50; sent back, sent under the wrong code from 13:51; "
        "kept here from 13:52."
    )
    told = passed_on()
    told.do(13, "cal", commands.AcceptTransfer(name="Inspector Wren"))
    assert lane(told, "Transfer").endswith("accepted there from 13:53.")


def test_the_picture_marks_the_alert_among_the_decisions() -> None:
    told = rowan()
    told.do(5, "sam", commands.DecideAlert(decision="requested", why="Seen in a car"))
    assert lane(told, "Reviews") == "Grades and reviews: CRA requested 13:45."


def test_another_program_reads_codes_and_times() -> None:
    assert plain_case.summary(rowan().case(), rowan().screen)["transfer"] is None
    told = sent_back()
    told.do(12, "sam", commands.DecideAlert(decision="requested", why="Seen in a car"))
    said = json.loads(json.dumps(plain_case.summary(told.case(), told.screen)))
    assert said["child_rescue_alert"] == "requested"
    assert said["transfer"] == {
        "asked": "2026-03-02T13:50:00+00:00",
        "why": "last_seen_there",
        "answered": "2026-03-02T13:51:00+00:00",
        "accepted": False,
        "refused": {"at": "2026-03-02T13:51:00+00:00", "why": "wrong_code", "settled": None},
    }
