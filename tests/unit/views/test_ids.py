"""What a button or a row of a menu carries comes back as it was put in, also from a message of months ago."""

import pytest

from bot.views import ids


@pytest.mark.parametrize("things", [("MC-26-0001",), ("MC-26-0001", "e1"), ("MC-26-0001", "17.5", "18.5")])
def test_several_things_come_back(things: tuple[str, ...]) -> None:
    assert ids.apart(ids.together(*things), len(things)) == list(things)


def test_what_is_not_carried_is_empty() -> None:
    assert ids.together("MC-26-0001", "") == "MC-26-0001"
    assert ids.apart("MC-26-0001", 3) == ["MC-26-0001", "", ""]


def test_the_last_keeps_its_own_spaces() -> None:
    assert ids.apart("MC-26-0001 not known", 2) == ["MC-26-0001", "not known"]


def test_a_menu_says_what_to_do_with_which_case() -> None:
    assert ids.choice("assign", "MC-26-0001") == "assign:MC-26-0001"
    assert ids.chosen("assign:MC-26-0001") == ("assign", "MC-26-0001")
