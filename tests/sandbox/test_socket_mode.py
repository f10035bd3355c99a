"""Socket Mode as apps meet it: one socket each time, events again, interactions never."""

import urllib.error
import urllib.request
from contextlib import ExitStack

import pytest
import websocket
from slack_bolt.adapter.socket_mode import SocketModeHandler as BuiltinClientHandler
from slack_bolt.adapter.socket_mode.base_handler import BaseSocketModeHandler
from slack_bolt.adapter.socket_mode.websocket_client import SocketModeHandler as WebsocketClientHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.client import Workspace
from tests.sandbox.conftest import connected, meanwhile, socket_to, web_client
from tests.waiting import in_time


def test_a_socket_says_hello(workspace: Workspace) -> None:
    with socket_to(workspace) as socket:
        assert socket.hello["type"] == "hello"
        assert socket.hello["connection_info"] == {"app_id": workspace.app().id}
        assert socket.hello["num_connections"] == 1
        with socket_to(workspace) as other:
            assert other.hello["num_connections"] == 2


def test_each_envelope_goes_to_one_socket_in_turn(workspace: Workspace) -> None:
    with socket_to(workspace) as one, socket_to(workspace) as other:
        for words in ("first", "second"):
            workspace.person("ada").type(words, "kitchen")
        heard = [one.next(), other.next()]
        for socket, frame in zip((one, other), heard, strict=True):
            socket.ack(frame)
        workspace.wait_for(
            lambda: [each["outcome"] for each in workspace.deliveries("message")] == ["acked"] * 2,
            "both events acknowledged",
        )
    assert sorted(frame["payload"]["event"]["text"] for frame in heard) == ["first", "second"]


def test_an_event_without_acknowledgement_comes_three_times_more(workspace: Workspace) -> None:
    with socket_to(workspace) as socket:
        workspace.person("ada").type("hello", "kitchen")
        frames = [socket.next()]
        for attempt, pause in enumerate((0, 60, 300)):
            workspace.advance(3)
            workspace.wait_for(
                lambda n=attempt: workspace.deliveries("message")[n]["outcome"] == "timeout",
                "the attempt given up",
            )
            workspace.advance(pause)
            frames.append(socket.next())
        socket.ack(frames[-1])
        workspace.wait_for(
            lambda: workspace.deliveries("message")[-1]["outcome"] == "acked", "the last attempt acknowledged"
        )
    assert [(each["retry_attempt"], each["retry_reason"]) for each in frames] == [
        (0, ""),
        (1, "timeout"),
        (2, "timeout"),
        (3, "timeout"),
    ]
    assert len({each["payload"]["event_id"] for each in frames}) == 1
    assert len({each["envelope_id"] for each in frames}) == 4


def test_a_command_without_acknowledgement_never_comes_again(workspace: Workspace) -> None:
    ada = workspace.person("ada")
    with socket_to(workspace) as socket, meanwhile(lambda: ada.type("/lunch", "kitchen")) as command:
        assert socket.next()["type"] == "slash_commands"
        workspace.advance(3.1)
        assert command.result(60).error == "operation_timeout"
        workspace.advance(600)
        ada.type("still there?", "kitchen")
        assert socket.next()["type"] == "events_api"
    assert ada.troubles == ["operation_timeout"]
    assert len(workspace.deliveries("/lunch")) == 1


def test_a_command_to_an_app_that_is_away_fails_before_the_person(workspace: Workspace) -> None:
    assert workspace.person("ada").type("/lunch", "kitchen").error == "dispatch_failed"


def test_an_acknowledgement_may_carry_the_answer(workspace: Workspace) -> None:
    ada = workspace.person("ada")
    with socket_to(workspace) as socket, meanwhile(lambda: ada.type("/lunch", "kitchen")) as command:
        frame = socket.next()
        assert frame["accepts_response_payload"] is True
        socket.ack(frame, {"text": "At one."})
        assert command.result(60).acked
    assert ada.sees("kitchen")[-1].text == "At one."
    assert workspace.person("ben").sees("kitchen") == []


def test_ten_sockets_and_no_more(workspace: Workspace) -> None:
    with ExitStack() as sockets:
        hellos = [sockets.enter_context(socket_to(workspace)).hello for _ in range(11)]
    assert [hello["type"] for hello in hellos] == ["hello"] * 10 + ["disconnect"]
    assert hellos[-1]["reason"] == "too_many_websockets"


def test_a_ticket_lets_in_once(workspace: Workspace) -> None:
    client = web_client(workspace)
    url = client.apps_connections_open(app_token=workspace.app().app_token)["url"]
    websocket.create_connection(url, timeout=60).close()
    with pytest.raises(urllib.error.HTTPError, match="403") as refused:
        urllib.request.urlopen(url.replace("ws", "http", 1))
    refused.value.close()


def test_only_an_app_token_opens_a_connection(client: WebClient) -> None:
    with pytest.raises(SlackApiError) as refusal:
        client.apps_connections_open(app_token=str(client.token))
    assert refusal.value.response["error"] == "not_allowed_token_type"


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
def test_slack_says_before_it_closes_a_socket(workspace: Workspace, reason: str) -> None:
    with socket_to(workspace) as socket:
        workspace.disturb_sockets(reason)
        frame = socket.next()
        assert (frame["type"], frame["reason"]) == ("disconnect", reason)
        workspace.advance(11)
        assert socket.wire.recv() == ""


@pytest.mark.parametrize("how", ["close", "refresh_requested", "drop"])
def test_bolt_comes_back(bot: Workspace, how: str) -> None:
    bot.disturb_sockets(how)
    bot.wait_for(lambda: bot.sockets_opened > 1, "a new socket")
    bot.wait_for(
        lambda: bot.person("ada").type("/lunch help", "kitchen").acked,
        "a command served",
    )


@pytest.mark.parametrize("handler", [BuiltinClientHandler, WebsocketClientHandler])
def test_the_clients_of_slacks_own_kit_work_too(
    workspace: Workspace, handler: type[BaseSocketModeHandler]
) -> None:
    with connected(workspace, handler):
        assert workspace.person("ada").type("/lunch help", "kitchen").acked
        workspace.expect("Say /lunch", "kitchen", to="ada")


def test_forty_clicks_at_once_are_acknowledged_in_time(bot: Workspace) -> None:
    ada = bot.person("ada")

    def all_click() -> None:
        with ExitStack() as crowd:
            clicks = [
                crowd.enter_context(meanwhile(lambda: ada.type("/lunch help", "kitchen"))) for _ in range(40)
            ]
            assert all(click.result(60).acked for click in clicks)

    in_time(3.0, all_click)
