"""Given what Slack sends, then what has its shape comes in, and the rest is refused before anything looks at it."""

from copy import deepcopy
from typing import Any

import pytest

from bot.views import ids
from handlers import carried
from handlers.errors import NotDone
from handlers.intake import Gate
from handlers.request_shape import trouble_with

BODY: dict[str, Any] = {
    "type": "block_actions",
    "team": {"id": "T1"},
    "user": {"id": "U0SAM", "team_id": "T1"},
    "enterprise": None,
    "is_enterprise_install": False,
    "trigger_id": "1.2.3",
    "container": {"type": "message", "message_ts": "1772458862.372170", "channel_id": "C1"},
    "channel": {"id": "C1"},
    "message": {"ts": "1772458862.372170", "text": "A card", "blocks": [{"type": "anything", "new": 1}]},
    "response_url": "https://hooks.slack.com/actions/1",
    "actions": [{"type": "button", "action_id": "take", "value": "MC-26-0001", "action_ts": "1772458863.1"}],
}
COMMAND: dict[str, Any] = {
    "command": "/missing",
    "user_id": "U0SAM",
    "channel_id": "C1",
    "trigger_id": "1.2.3",
    "text": "list",
}
EVENT: dict[str, Any] = {
    "type": "event_callback",
    "event_id": "Ev1",
    "event": {
        "type": "message",
        "channel": "C1",
        "user": "U0SAM",
        "ts": "1.2",
        "event_ts": "1.2",
        "text": "hm",
    },
}


def changed(body: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    found = deepcopy(body)
    at: Any = found
    *above, last = path.split(".")
    for name in above:
        at = at[int(name) if name.isdigit() else name]
    at[int(last) if last.isdigit() else last] = value
    return found


def test_what_slack_sends_comes_in_with_whatever_is_new_in_it() -> None:
    for body in (BODY, COMMAND, EVENT, BODY | {"new": {"of": "next year"}}):
        assert trouble_with(body) == ""
        assert Gate().answer(body) is None


def test_an_event_that_nobody_here_listens_to_comes_in_whatever_its_user_is() -> None:
    assert trouble_with(EVENT | {"event": {"type": "user_change", "user": {"id": "U1"}}}) == ""


@pytest.mark.parametrize(
    ("body", "path", "value", "at"),
    [
        (BODY, "user", None, "$.user"),
        (BODY, "user.id", "fay", "$.user.id"),
        (BODY, "actions", [], "$.actions"),
        (BODY, "actions.0.action_ts", "nan", "$.actions[0].action_ts"),
        (BODY, "response_url", "file:///etc/passwd", "$.response_url"),
        (BODY, "view", {"id": "V1"}, "$.view"),
        (BODY, "channel", True, "$.channel"),
        (BODY, "container", {"type": "message"}, "$.container"),
        (BODY, "message.text", "half a \ud83d", "$"),
        (BODY, "team", 1, "$.team"),
        (COMMAND, "text", ["list"], "$.text"),
        (COMMAND, "user_id", "", "$.user_id"),
        (EVENT, "event", "message", "$.event"),
        (EVENT, "event.user", {"id": "U0SAM"}, "$.event.user"),
        (EVENT, "event.channel", None, "$.event.channel"),
    ],
)
def test_what_is_of_another_shape_is_refused_and_its_place_named(
    body: dict[str, Any], path: str, value: Any, at: str
) -> None:
    assert trouble_with(changed(body, path, value)) == at


@pytest.mark.parametrize("body", [None, [], "text", 1, {}, {"type": {}}, {"type": "event_callback"}])
def test_what_is_no_request_at_all_is_refused(body: object) -> None:
    assert trouble_with(body)


def test_what_is_of_two_kinds_at_once_is_refused() -> None:
    for body in (
        BODY | {"event": {}},
        BODY | {"type": "view_submission"},
        EVENT | {"actions": BODY["actions"]},
    ):
        assert trouble_with(body) == "$"
    assert trouble_with(COMMAND | {"event": EVENT["event"]}) == "$"


def test_depths_that_nobody_draws_are_refused() -> None:
    deep: Any = "end"
    for _ in range(100_000):
        deep = [deep]
    for name in ("actions", "more"):
        assert trouble_with(BODY | {name: deep})


def test_a_press_in_a_view_or_on_a_message_that_is_not_there_is_refused() -> None:
    for action in (ids.LIVE, ids.GO_ON):
        assert trouble_with(changed(BODY, "actions.0.action_id", action)) == "$"
    alone = {key: value for key, value in BODY.items() if key != "message"}
    assert trouble_with(changed(alone, "actions.0.action_id", ids.TIMELINE_PICTURE)) == "$"
    nowhere = {key: value for key, value in alone.items() if key != "channel"}
    assert trouble_with(changed(nowhere, "actions.0.action_id", ids.KEEP_ACTIVITY)) == "$"


def test_what_one_person_alone_was_shown_comes_without_its_message() -> None:
    seen = changed(BODY, "container.is_ephemeral", True)
    del seen["message"]
    for action in (ids.KEEP_ACTIVITY, ids.KEEP_INFORMATION, ids.PRACTICE_ACKNOWLEDGE, ids.TAKE):
        assert trouble_with(changed(seen, "actions.0.action_id", action)) == ""


def test_each_is_counted_and_an_event_is_taken_so_that_it_does_not_come_again() -> None:
    refused: list[int] = []
    gate = Gate(lambda: refused.append(1))
    for body, status in ((changed(BODY, "user", None), 400), (changed(EVENT, "event", None), 200), ({}, 400)):
        answer = gate.answer(body)
        assert answer is not None and answer.status == status
    assert len(refused) == 3


def test_what_a_button_or_a_view_of_another_version_carries_is_answered_with_a_sentence() -> None:
    for wrong in ("", "x", "-1", "²", "1" * 400):
        with pytest.raises(NotDone) as no:
            carried.number(wrong)
        assert no.value.sentence == carried.OLD_BUTTON
    with pytest.raises(NotDone):
        carried.role("milkman")
    with pytest.raises(NotDone):
        carried.picked(BODY)
    for wrong in ("", "[]", "null", '{"count": "x"}'):
        with pytest.raises(NotDone) as no:
            carried.decoded({"private_metadata": wrong}, dict[str, int])
        assert no.value.sentence == carried.OLD_FORM
