"""What wrong envelopes once brought to light, one by one: given this press, then this answer."""

from copy import deepcopy
from typing import Any

import pytest

from bot.views import ids
from handlers import carried
from tests.fuzz.corpus import Envelope
from tests.fuzz.room import Room


@pytest.fixture(autouse=True)
def anew(room: Room) -> None:
    room.anew()


def pressed(corpus: list[Envelope], action: str) -> Envelope:
    """Anybody's press of it."""
    return deepcopy(next(each for each in corpus if each.get("actions", [{}])[0].get("action_id") == action))


def submitted(corpus: list[Envelope], callback: str) -> Envelope:
    forms = (each for each in corpus if each.get("type") == "view_submission")
    return deepcopy(next(each for each in forms if each["view"]["callback_id"] == callback))


def told(room: Room, envelope: Envelope) -> str:
    came = room.send(envelope)
    assert came.status == 200
    assert not [each for each in came.logged if each["log_level"] == "error"]
    return came.said


def test_what_somebody_of_another_workspace_writes_is_taken_and_does_not_come_again(
    corpus: list[Envelope], room: Room
) -> None:
    said = deepcopy(next(each for each in corpus if each.get("event", {}).get("type") == "app_mention"))
    said["event"]["user_team"] = "T0OTHER"
    assert room.send(said).status == 200


@pytest.mark.parametrize("left_out", [["user"], ["user", "team", "user_team"]])
def test_a_question_that_nobody_asked_is_answered_to_nobody(
    corpus: list[Envelope], room: Room, left_out: list[str]
) -> None:
    said = deepcopy(next(each for each in corpus if each.get("event", {}).get("type") == "app_mention"))
    for name in left_out:
        said["event"].pop(name, None)
    assert told(room, said).strip() == "[]"


def test_a_list_button_without_an_address_to_answer_to_is_answered_beside(
    corpus: list[Envelope], room: Room
) -> None:
    press = pressed(corpus, "list_all")
    del press["response_url"]
    assert "chat.postEphemeral" in told(room, press)


@pytest.mark.parametrize("value", ["fly:MC-26-0001", "", ":"])
def test_a_row_of_a_menu_that_is_no_more(corpus: list[Envelope], room: Room, value: str) -> None:
    for menu in (ids.MORE, ids.SELDOM):
        press = pressed(corpus, menu)
        press["actions"][0]["selected_option"]["value"] = value
        assert carried.OLD_BUTTON in told(room, press)


@pytest.mark.parametrize("action", [ids.ACCEPT_ALL, ids.ACCEPT_EACH, ids.SHOW_ALL, ids.TAKE_CASE])
def test_a_button_that_carries_no_number_and_no_role(corpus: list[Envelope], room: Room, action: str) -> None:
    press = pressed(corpus, action)
    press["actions"][0]["value"] = "none"
    assert carried.OLD_BUTTON in told(room, press)


@pytest.mark.parametrize("callback", [ids.GRADE, ids.RISK, ids.REVIEW, ids.REPORT])
@pytest.mark.parametrize("metadata", ["", "null", "[1]", '{"ref": 1}'])
def test_a_form_that_carries_nothing_of_ours(
    corpus: list[Envelope], room: Room, callback: str, metadata: str
) -> None:
    form = submitted(corpus, callback)
    form["view"]["private_metadata"] = metadata
    before = room.all_kept()
    assert "this form no longer works" in told(room, form)
    assert room.all_kept() == before


def test_a_grade_that_is_offered_no_longer(corpus: list[Envelope], room: Room) -> None:
    form = submitted(corpus, ids.GRADE)
    level: dict[str, Any] = form["view"]["state"]["values"]["level"]
    next(iter(level.values()))["selected_option"] = {"value": "catastrophic"}
    assert "this form no longer works" in told(room, form)


def test_a_mistyped_word_names_no_case(corpus: list[Envelope], room: Room) -> None:
    typed = deepcopy(next(each for each in corpus if each.get("text") == "stauts"))
    said = told(room, typed | {"user_id": "U0OZ"})
    assert "status MC-26-0142" in said and "MC-26-0003" not in said


def test_a_command_that_the_bot_no_longer_has(corpus: list[Envelope], room: Room) -> None:
    """An installation may have called it otherwise; unanswered, Slack would only say that it failed."""
    typed = deepcopy(next(each for each in corpus if each.get("text") == "stauts"))
    assert carried.OLD_COMMAND in told(room, typed | {"command": "/gone"})
