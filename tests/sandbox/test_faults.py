"""Faults on demand, of the Web API and of delivery."""

import http.client
import urllib.error
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import ConnectionErrorRetryHandler, RateLimitErrorRetryHandler

from sandbox.client import Workspace
from sandbox.errors import BadSeed
from tests.sandbox.conftest import meanwhile, socket_to

LOST = (urllib.error.URLError, http.client.RemoteDisconnected, ConnectionError)


def post(client: WebClient, words: str = "soup") -> Any:
    return client.chat_postMessage(channel="kitchen", text=words)


def said(workspace: Workspace) -> list[str]:
    return [each.text for each in workspace.person("ada").sees("kitchen")]


def test_too_many_calls(workspace: Workspace, client: WebClient) -> None:
    workspace.fault("rate_limited", "chat.postMessage", seconds=7, count=1)
    with pytest.raises(SlackApiError) as refused:
        post(client)
    assert (refused.value.response.status_code, refused.value.response.headers["Retry-After"]) == (429, "7")
    post(client, "again")
    assert said(workspace) == ["again"]


def test_a_patient_client_waits_the_limit_out(workspace: Workspace, client: WebClient) -> None:
    client.retry_handlers.append(RateLimitErrorRetryHandler(max_retry_count=1))
    workspace.fault("rate_limited", "chat.postMessage", seconds=1, count=1)
    post(client)
    assert said(workspace) == ["soup"]


@pytest.mark.parametrize("kind", ["server_error", "not_json", "error"])
def test_slack_is_not_well(workspace: Workspace, client: WebClient, kind: str) -> None:
    workspace.fault(kind, error="fatal_error")
    with pytest.raises(SlackApiError):
        post(client)
    workspace.clear_faults()
    post(client, "better")
    assert said(workspace) == ["better"]


def test_taken_but_the_reply_is_lost(workspace: Workspace, client: WebClient) -> None:
    workspace.fault("lost_reply", "chat.postMessage", count=1)
    with pytest.raises(LOST):
        post(client)
    assert said(workspace) == ["soup"]


def test_slacks_default_client_posts_twice_when_the_reply_is_lost(workspace: Workspace) -> None:
    client = WebClient(token=workspace.app().bot_token, base_url=workspace.api_url)
    assert any(isinstance(each, ConnectionErrorRetryHandler) for each in client.retry_handlers)
    workspace.fault("lost_reply", "chat.postMessage", count=1)
    post(client)
    assert said(workspace) == ["soup", "soup"]


def test_taken_and_not_shown_when_asked(workspace: Workspace, client: WebClient) -> None:
    workspace.fault("hides", "conversations.history", count=1)
    channel = str(post(client)["channel"])
    assert client.conversations_history(channel=channel)["messages"] == []
    assert [said["text"] for said in client.conversations_history(channel=channel)["messages"]] == ["soup"]


@pytest.mark.parametrize("kind", ["refused", "hang"])
def test_not_taken_and_no_reply(workspace: Workspace, client: WebClient, kind: str) -> None:
    workspace.fault(kind, "chat.postMessage", seconds=5)
    with meanwhile(lambda: post(client)) as posting:
        workspace.wait_for(lambda: workspace.calls("chat.postMessage"), "the call")
        workspace.advance(5)
        with pytest.raises(LOST):
            posting.result(60)
    assert said(workspace) == []


def test_slow(workspace: Workspace, client: WebClient) -> None:
    workspace.fault("slow", "chat.postMessage", seconds=20)
    with meanwhile(lambda: post(client)) as posting:
        workspace.wait_for(lambda: workspace.calls("chat.postMessage"), "the call")
        assert said(workspace) == []
        workspace.advance(20)
        assert posting.result(60)["ok"]


def test_a_fault_may_strike_one_channel(workspace: Workspace, client: WebClient) -> None:
    workspace.fault("server_error", channel="square")
    post(client)
    with pytest.raises(SlackApiError):
        client.chat_postMessage(channel="square", text="x")


def test_a_fault_may_be_a_matter_of_chance(workspace: Workspace, client: WebClient) -> None:
    workspace.fault("error", "auth.test", probability=0.5)
    answers = []
    for _ in range(20):
        try:
            answers.append(client.auth_test()["ok"])
        except SlackApiError:
            answers.append(False)
    assert set(answers) == {True, False}


def test_an_envelope_comes_twice(workspace: Workspace) -> None:
    workspace.fault("double", "message", count=1)
    with socket_to(workspace) as socket:
        workspace.person("ada").type("hello", "kitchen")
        frames = [socket.next(), socket.next()]
        for frame in frames:
            socket.ack(frame)
    assert len({each["payload"]["event_id"] for each in frames}) == 1
    assert len({each["envelope_id"] for each in frames}) == 2


def test_events_come_late(workspace: Workspace) -> None:
    workspace.fault("delay", "message", seconds=120)
    with socket_to(workspace) as socket:
        workspace.person("ada").type("hello", "kitchen")
        workspace.advance(120)
        event = socket.next()["payload"]
    assert workspace.now - event["event_time"] >= 120


def test_acknowledgements_go_missing(workspace: Workspace) -> None:
    workspace.fault("ignore_acks", "/lunch", count=1)
    ada = workspace.person("ada")
    with socket_to(workspace) as socket, meanwhile(lambda: ada.type("/lunch", "kitchen")) as command:
        socket.ack(socket.next())
        workspace.advance(3)
        assert command.result(60).error == "operation_timeout"


def test_no_new_sockets(workspace: Workspace) -> None:
    workspace.fault("refuse_sockets")
    with pytest.raises(Exception, match="503"), socket_to(workspace):
        pass


def test_an_unknown_fault_is_refused(workspace: Workspace) -> None:
    with pytest.raises(BadSeed, match="no such fault"):
        workspace.fault("earthquake")


def test_every_call_is_on_record(workspace: Workspace, client: WebClient) -> None:
    workspace.fault("server_error", "chat.postMessage", count=1)
    with pytest.raises(SlackApiError):
        post(client)
    post(client)
    first, second = workspace.calls("chat.postMessage")
    assert (first["fault"], first["status"]) == ("server_error", 500)
    assert (second["args"]["text"], second["response"]["ok"]) == ("soup", True)
    assert "xoxb" not in str(workspace.calls())
