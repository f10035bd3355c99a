"""Each kind of element, used by a person, tells the app in Slack's shape."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk import WebClient

from sandbox.client import Workspace
from sandbox.errors import NotPossible
from tests.sandbox.conftest import RawSocket, meanwhile, socket_to
from tests.sandbox.lunch import option, order_form, text

OPTIONS = [option("Soup", "soup"), option("Stew", "stew")]
Made = dict[str, Any]

USES: list[tuple[dict[str, Any], Any, Callable[[dict[str, str]], Made]]] = [
    ({"type": "static_select", "options": OPTIONS}, "soup", lambda _: {"selected_option": OPTIONS[0]}),
    ({"type": "radio_buttons", "options": OPTIONS}, "Stew", lambda _: {"selected_option": OPTIONS[1]}),
    ({"type": "overflow", "options": OPTIONS}, "stew", lambda _: {"selected_option": OPTIONS[1]}),
    ({"type": "checkboxes", "options": OPTIONS}, ["soup", "stew"], lambda _: {"selected_options": OPTIONS}),
    ({"type": "datepicker"}, "2026-03-02", lambda _: {"selected_date": "2026-03-02"}),
    ({"type": "timepicker"}, "13:40", lambda _: {"selected_time": "13:40"}),
    ({"type": "datetimepicker"}, 1772458800, lambda _: {"selected_date_time": 1772458800}),
    ({"type": "users_select"}, "ben", lambda ids: {"selected_user": ids["ben"]}),
    ({"type": "conversations_select"}, "square", lambda ids: {"selected_conversation": ids["square"]}),
    ({"type": "button", "text": text("Go"), "value": "go"}, None, lambda _: {"value": "go"}),
]


@pytest.mark.parametrize(("element", "choice", "made"), USES, ids=[each[0]["type"] for each in USES])
def test_an_element_of_a_message(
    workspace: Workspace, client: WebClient, element: Any, choice: Any, made: Any
) -> None:
    blocks = [{"type": "actions", "block_id": "b", "elements": [{**element, "action_id": "a"}]}]
    client.chat_postMessage(channel="kitchen", text="x", blocks=blocks)
    ada = workspace.person("ada")
    message = ada.sees("kitchen")[-1]
    with acting(workspace, lambda: ada.choose("a", choice, on=message)) as payload:
        action = payload["actions"][0]
    ids = {each["name"]: each["id"] for each in workspace.info["channels"] + workspace.info["people"]}
    assert (action["type"], action["action_id"], action["block_id"]) == (element["type"], "a", "b")
    assert made(ids).items() <= action.items()
    assert payload["container"]["message_ts"] == message.ts
    assert payload["message"]["ts"] == message.ts
    assert payload["response_url"] and payload["trigger_id"]
    if element["type"] not in ("button", "overflow"):
        assert made(ids).items() <= payload["state"]["values"]["b"]["a"].items()


class acting:
    """An act, while a raw socket acknowledges: what was the app told?"""

    def __init__(self, workspace: Workspace, deed: Any, answer: Any = None) -> None:
        self.workspace, self.deed, self.answer = workspace, deed, answer

    def __enter__(self) -> dict[str, Any]:
        with socket_to(self.workspace) as socket, meanwhile(self.deed) as done:
            frame = interactive(socket)
            socket.ack(frame, self.answer)
            self.outcome = done.result(60)
        return dict(frame["payload"])

    def __exit__(self, *_failure: object) -> None:
        """Nothing is left open."""


def interactive(socket: RawSocket) -> dict[str, Any]:
    while (frame := socket.next())["type"] == "events_api":
        socket.ack(frame)
    return frame


def opened(workspace: Workspace, client: WebClient, *blocks: Any, **more: Any) -> None:
    ada = workspace.person("ada")
    with socket_to(workspace) as socket, meanwhile(lambda: ada.type("/lunch", "kitchen")) as ran:
        frame = socket.next()
        socket.ack(frame)
        ran.result(60)
    view = order_form(**more) | ({"blocks": list(blocks)} if blocks else {})
    client.views_open(trigger_id=frame["payload"]["trigger_id"], view=view)


def asking(element: Any, **more: Any) -> dict[str, Any]:
    element = {"action_id": "a", **element}
    return {"type": "input", "block_id": "b", "label": text("Label"), "element": element, **more}


def test_a_button_pressed_while_its_message_is_edited_tells_all_the_same(
    workspace: Workspace, client: WebClient
) -> None:
    """The page drew it a moment ago, in a block of another name."""
    blocks = [{"type": "actions", "elements": [{"type": "button", "text": text("Go"), "action_id": "a"}]}]
    posted = client.chat_postMessage(channel="kitchen", text="x", blocks=blocks)
    ada = workspace.person("ada")
    drawn = ada.sees("kitchen")[-1]
    old = drawn.blocks[0]["block_id"]
    client.chat_update(channel=str(posted["channel"]), ts=str(posted["ts"]), text="y", blocks=blocks)
    with acting(workspace, lambda: ada.click("a", on=drawn, block_id=old)) as payload:
        assert payload["actions"][0]["action_id"] == "a"
        assert payload["actions"][0]["block_id"] != old


def test_an_input_keeps_still_unless_it_asks(workspace: Workspace, client: WebClient) -> None:
    opened(workspace, client, asking({"type": "plain_text_input"}))
    assert workspace.person("ada").choose("a", "words").acked
    assert workspace.deliveries("block_actions") == []


def test_an_input_that_asks_tells_on_enter(workspace: Workspace, client: WebClient) -> None:
    opened(workspace, client, asking({"type": "plain_text_input"}, dispatch_action=True))
    ada = workspace.person("ada")
    ada.fill({"a": "wor"})
    with acting(workspace, lambda: ada.choose("a", "words")) as payload:
        assert payload["actions"][0]["value"] == "words"
    assert payload["view"]["state"]["values"]["b"]["a"]["value"] == "words"
    assert payload["container"] == {"type": "view", "view_id": payload["view"]["id"]}


def test_an_input_that_asks_tells_of_every_character(workspace: Workspace, client: WebClient) -> None:
    listening = {"dispatch_action_config": {"trigger_actions_on": ["on_character_entered"]}}
    opened(workspace, client, asking({"type": "plain_text_input"} | listening, dispatch_action=True))
    with acting(workspace, lambda: workspace.person("ada").fill({"a": "w"})) as payload:
        assert payload["actions"][0]["value"] == "w"


def test_checkboxes_that_ask_tell_at_once(workspace: Workspace, client: WebClient) -> None:
    opened(workspace, client, asking({"type": "checkboxes", "options": OPTIONS}, dispatch_action=True))
    with acting(workspace, lambda: workspace.person("ada").choose("a", ["soup"])) as payload:
        assert payload["actions"][0]["selected_options"] == [OPTIONS[0]]


def test_an_external_select_asks_the_app_for_its_options(workspace: Workspace, client: WebClient) -> None:
    opened(workspace, client, asking({"type": "external_select", "min_query_length": 1}))
    ada = workspace.person("ada")
    with acting(workspace, lambda: ada.choose("a", "soup", typed="so"), {"options": OPTIONS}) as payload:
        assert (payload["type"], payload["value"], payload["action_id"]) == ("block_suggestion", "so", "a")
    assert ada.modal is not None
    assert ada.modal.values["b"]["a"]["selected_option"] == OPTIONS[0]


def test_what_is_not_offered_cannot_be_chosen(workspace: Workspace, client: WebClient) -> None:
    opened(workspace, client)
    with pytest.raises(NotPossible, match="'cake' is not among the options"):
        workspace.person("ada").choose("choice", "cake")


FORM = order_form(title=text("Second"))


@pytest.mark.parametrize(
    ("answer", "titles"),
    [
        (None, []),
        ({"response_action": "clear"}, []),
        ({"response_action": "update", "view": FORM}, ["Second"]),
        ({"response_action": "push", "view": FORM}, ["Order lunch", "Second"]),
        ({"response_action": "errors", "errors": {"dish": "No."}}, ["Order lunch"]),
    ],
)
def test_a_submission_is_answered(workspace: Workspace, client: WebClient, answer: Any, titles: Any) -> None:
    opened(workspace, client)
    ada = workspace.person("ada")
    with acting(workspace, lambda: ada.submit({"choice": "soup"}), answer) as payload:
        assert payload["type"] == "view_submission"
    assert [each.title for each in ada.modals] == titles
    assert ada.troubles == []


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"elsewhere": "No."}},
        {"response_action": "update", "view": {"type": "modal"}},
        {"response_action": "dance"},
    ],
)
def test_a_bad_answer_leaves_the_person_with_an_error(
    workspace: Workspace, client: WebClient, answer: Any
) -> None:
    opened(workspace, client)
    ada = workspace.person("ada")
    with acting(workspace, lambda: ada.submit({"choice": "soup"}), answer):
        assert ada.troubles == ["trouble_connecting"]
    assert len(ada.modals) == 1
