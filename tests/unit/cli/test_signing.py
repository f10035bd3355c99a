"""Who signs at a terminal: the machine's user, as the force named them; somebody else only where that is allowed."""

import pwd

import pytest

from cli.terminal.signing import Signed, machine_user, sign
from config.setting_parts import TerminalUsers
from handlers.errors import NotDone

NAMES = {"U0CAL": "Cal Reeve", "U0FAY": "Fay Marsh"}
NAMED = TerminalUsers(people={"reevec": "U0CAL"})
SHARED = TerminalUsers(people={"reevec": "U0CAL"}, as_others=True)


def test_the_machines_user_signs_without_saying_who_they_are() -> None:
    assert sign("", NAMED, NAMES, "reevec") == Signed("U0CAL", "terminal")
    assert sign("Cal", NAMED, NAMES, "reevec") == Signed("U0CAL", "terminal")


@pytest.mark.parametrize("given", ["", "Fay Marsh"])
def test_one_whom_nobody_named_does_nothing(given: str) -> None:
    with pytest.raises(NotDone) as no:
        sign(given, NAMED, NAMES, "guest")
    assert "guest" in no.value.sentence and "MISSING_TERMINAL__" in no.value.sentence


def test_nobody_acts_as_somebody_else() -> None:
    with pytest.raises(NotDone) as no:
        sign("Fay", NAMED, NAMES, "reevec")
    assert "Leave out --as" in no.value.sentence


def test_where_it_is_allowed_both_names_are_recorded() -> None:
    assert sign("Fay", SHARED, NAMES, "reevec") == Signed("U0FAY", "terminal:reevec")
    assert sign("Fay", SHARED, NAMES, "guest") == Signed("U0FAY", "terminal:guest")


def test_somebody_unknown_is_nobody() -> None:
    assert sign("Zed", SHARED, NAMES, "reevec").person is None


def test_the_user_is_the_operating_systems_whatever_the_environment_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("USER", "fay")
    monkeypatch.setenv("LOGNAME", "fay")
    assert machine_user() in {entry.pw_name for entry in pwd.getpwall()} - {"fay"}
