"""`/missing` with words: answers only for who typed (screens.md §6, §11, §15)."""

import re

import pytest

from handlers.commands import WORDS
from tests.handlers.evening import Evening, id_of

ROWAN = {"incident": "LOG-1042"}


@pytest.fixture
def one_case(evening: Evening) -> Evening:
    evening.report(1, by=id_of("cal"), **ROWAN)
    return evening


def answered(evening: Evening, name: str, words: str) -> str:
    assert evening.missing(name, words).acked
    return evening.person(name).sees("control")[-1].words


def test_help_names_every_word_there_is(evening: Evening) -> None:
    said = answered(evening, "cal", "help")
    assert [word for word in WORDS if word != "help" and f"/missing {word}" not in said] == []
    assert "Never type a name after a slash command." in said


def test_every_word_that_help_names_is_known(evening: Evening) -> None:
    said = answered(evening, "cal", "help")
    assert set(re.findall(r"/missing ([a-z]+)", said)) <= set(WORDS)


@pytest.mark.parametrize(
    "typed", ["status MC-26-0001", "status mc-26-1", "status mc 26 0001", "STATUS LOG-1042"]
)
def test_status_finds_the_case_however_it_is_typed(one_case: Evening, typed: str) -> None:
    said = answered(one_case, "cal", typed)
    assert "At 13:41." in said and "Missing. No owner.\nLate: nothing." in said


def test_status_is_seen_by_nobody_else(one_case: Evening) -> None:
    answered(one_case, "cal", "status MC-26-0001")
    one_case.settle()
    assert one_case.person("fay").sees("control") == []


def test_looking_is_noted(one_case: Evening) -> None:
    answered(one_case, "cal", "status MC-26-0001")
    assert one_case.viewed == [(id_of("cal"), "status")]


def test_an_unknown_reference_names_the_nearest(one_case: Evening) -> None:
    said = answered(one_case, "cal", "status MC-26-0011")
    assert (
        "No case MC-26-0011 found that you can see. /missing mine lists yours. Nearest: MC-26-0001." in said
    )


def test_status_of_nothing_asks_which_case(one_case: Evening) -> None:
    said = answered(one_case, "cal", "status")
    assert "Say which case, by its reference or incident number: /missing status MC-26-0001." in said


def test_mine_with_none_says_whose_they_would_be(one_case: Evening) -> None:
    """A page may wait for a FIM who owns no case: the list must not say that nothing does."""
    assert "None that you own, were assigned, or reported." in answered(one_case, "fay", "mine")


def test_a_misspelt_word_is_answered_with_what_would_work(one_case: Evening) -> None:
    said = answered(one_case, "cal", "stauts MC-26-0001")
    assert "'stauts' is not a command. Try /missing status MC-26-0142, or /missing help." in said


def test_a_name_after_the_command_is_not_repeated_where_names_may_not_be(discreet: Evening) -> None:
    said = answered(discreet, "cal", "Rowan Pike")
    assert "That is not a command. Try /missing help." in said
    assert "Rowan" not in said
    said = answered(discreet, "cal", "status Rowan Pike")
    assert "ROWAN" not in said and "No case of that number" in said


def test_a_stranger_sees_no_case(one_case: Evening) -> None:
    said = answered(one_case, "pat", "list")
    assert "MC-26-0001" not in said and "not set up here" in said


@pytest.mark.parametrize("typed", ["MC-26-0001", "mc 26 1", "LOG-1042", "log 1042"])
def test_a_number_opens_its_case(one_case: Evening, typed: str) -> None:
    one_case.missing("cal", typed)
    assert one_case.opened("cal", "MC-26-0001").says("OUTSTANDING")
    assert one_case.viewed == [(id_of("cal"), "open case")]


def test_an_incident_number_without_a_case_is_reported_under_it(discreet: Evening) -> None:
    discreet.missing("cal", "LOG-1043")
    page = discreet.opened("cal", "Report a missing child")
    assert page.values["incident"]["value"]["value"] == "LOG-1043"


def test_a_reference_without_a_case_is_no_incident_number(one_case: Evening) -> None:
    assert "No case MC-26-0412 found that you can see." in answered(one_case, "cal", "MC-26-0412")
    one_case.settle()
    assert one_case.person("cal").modal is None
