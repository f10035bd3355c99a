"""Every method refuses what Slack refuses, under Slack's names."""

import copy
import json
import urllib.request
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox import facts
from sandbox.client import Workspace
from sandbox.runner import running_workspace
from sandbox.web_api import METHODS
from tests.sandbox import lunch
from tests.sandbox.conftest import SEED, web_client

SAMPLES: dict[str, str] = {"view": '{"type":"modal"}', "files": "[]", "length": "1", "users": "U1"}
BOT_METHODS = sorted(name for name, each in METHODS.items() if each.token == "bot")
REQUIRED = [(name, arg) for name in BOT_METHODS for arg in facts.method(name).required]
SCOPED = [name for name in BOT_METHODS if facts.method(name).bot_scopes]


def refusal(client: WebClient, method: str, /, **args: Any) -> dict[str, Any]:
    with pytest.raises(SlackApiError) as refused:
        client.api_call(method, data=args)
    return dict(refused.value.response.data)


def test_every_method_has_its_facts() -> None:
    assert set(METHODS) <= set(facts.methods())


@pytest.mark.parametrize(("method", "arg"), REQUIRED)
def test_a_missing_argument_is_named(client: WebClient, method: str, arg: str) -> None:
    args = {each: SAMPLES.get(each, "x") for each in facts.method(method).required if each != arg}
    answer = refusal(client, method, **args)
    assert answer["error"] == "invalid_arguments"
    assert f"[ERROR] missing required field: {arg}" in answer["response_metadata"]["messages"]


@pytest.mark.parametrize("method", SCOPED)
def test_a_missing_scope_is_named(method: str) -> None:
    manifest = copy.deepcopy(lunch.MANIFEST)
    manifest["oauth_config"]["scopes"]["bot"] = ["reactions:read"]
    with running_workspace(manifest) as workspace:
        answer = refusal(web_client(workspace), method)
    assert answer["error"] == "missing_scope"
    assert answer["provided"] == "reactions:read"
    assert set(answer["needed"].split(",")) == set(facts.method(method).bot_scopes)


@pytest.mark.parametrize("method", BOT_METHODS)
def test_an_app_token_is_the_wrong_type(workspace: Workspace, method: str) -> None:
    answer = refusal(web_client(workspace, workspace.app().app_token), method)
    assert answer["error"] == "not_allowed_token_type"


def test_an_unknown_token_is_refused(workspace: Workspace) -> None:
    assert refusal(web_client(workspace, "xoxb-nobody"), "auth.test")["error"] == "invalid_auth"


def test_no_token_is_refused(workspace: Workspace) -> None:
    assert refusal(WebClient(base_url=workspace.api_url), "auth.test")["error"] == "not_authed"


def test_a_method_that_is_not_there(client: WebClient) -> None:
    assert refusal(client, "chat.shout")["error"] == "unknown_method"


def test_a_known_method_that_this_workspace_does_not_have(client: WebClient) -> None:
    assert refusal(client, "pins.add")["error"] == "unknown_method"


CALLS: list[tuple[str, dict[str, Any], str]] = [
    ("chat.postMessage", {"channel": "kitchen"}, "no_text"),
    ("chat.postMessage", {"channel": "C0", "text": "x"}, "channel_not_found"),
    ("chat.postMessage", {"channel": "cellar", "text": "x"}, "channel_not_found"),
    ("chat.postMessage", {"channel": "street", "text": "x"}, "not_in_channel"),
    ("chat.postMessage", {"channel": "kitchen", "blocks": "{"}, "invalid_blocks_format"),
    ("chat.postMessage", {"channel": "kitchen", "text": "x", "thread_ts": "1.0"}, "cannot_reply_to_message"),
    ("chat.postMessage", {"channel": "kitchen", "text": "x", "metadata": "[]"}, "invalid_metadata_format"),
    ("chat.postMessage", {"channel": "kitchen", "blocks": '[{"type":"blink"}]'}, "invalid_blocks"),
    ("chat.postEphemeral", {"channel": "kitchen", "user": "{cat}", "text": "x"}, "user_not_in_channel"),
    ("chat.update", {"channel": "{kitchen}", "ts": "1.0", "text": "x"}, "message_not_found"),
    ("chat.update", {"channel": "{kitchen}", "ts": "{ada's}", "text": "x"}, "cant_update_message"),
    ("chat.update", {"channel": "{kitchen}", "ts": "{own}", "text": "x" * 4001}, "msg_too_long"),
    ("chat.update", {"channel": "{kitchen}", "ts": "{own}"}, "no_text"),
    ("chat.delete", {"channel": "{kitchen}", "ts": "{ada's}"}, "cant_delete_message"),
    ("chat.delete", {"channel": "{kitchen}", "ts": "1.0"}, "message_not_found"),
    ("chat.getPermalink", {"channel": "{kitchen}", "message_ts": "1.0"}, "message_not_found"),
    ("conversations.info", {"channel": "{cellar}"}, "channel_not_found"),
    ("conversations.history", {"channel": "{street}"}, "not_in_channel"),
    ("conversations.history", {"channel": "{kitchen}", "oldest": "noon"}, "invalid_ts_oldest"),
    ("conversations.history", {"channel": "{kitchen}", "cursor": "later"}, "invalid_cursor"),
    ("conversations.history", {"channel": "{kitchen}", "limit": "some"}, "invalid_arguments"),
    ("conversations.replies", {"channel": "{kitchen}", "ts": "1.0"}, "thread_not_found"),
    ("conversations.list", {"types": "tunnel"}, "invalid_types"),
    ("conversations.list", {"limit": "1001"}, "invalid_limit"),
    ("conversations.join", {"channel": "{kitchen}"}, "method_not_supported_for_channel_type"),
    ("conversations.invite", {"channel": "{kitchen}", "users": "{ada}"}, "already_in_channel"),
    ("conversations.invite", {"channel": "{kitchen}", "users": "U0"}, "user_not_found"),
    ("conversations.open", {}, "users_list_not_supplied"),
    ("users.info", {"user": "U0"}, "user_not_found"),
    ("usergroups.users.list", {"usergroup": "S0"}, "no_such_subteam"),
    ("bots.info", {"bot": "B0"}, "bot_not_found"),
    ("team.info", {"team": "T0"}, "team_not_found"),
    ("reactions.add", {"channel": "{kitchen}", "timestamp": "1.0", "name": "x"}, "message_not_found"),
    ("files.completeUploadExternal", {"files": '[{"id":"F0"}]'}, "file_not_found"),
    ("views.open", {"view": "{}", "trigger_id": "x"}, "invalid_arguments"),
    ("views.open", {"view": json.dumps(lunch.order_form())}, "invalid_arguments"),
    ("views.open", {"view": json.dumps(lunch.order_form()), "trigger_id": "x"}, "invalid_trigger_id"),
    ("views.push", {"view": json.dumps(lunch.order_form()), "trigger_id": "x"}, "invalid_trigger_id"),
    ("views.update", {"view": json.dumps(lunch.order_form())}, "invalid_arguments"),
    ("views.update", {"view": json.dumps(lunch.order_form()), "view_id": "V0"}, "not_found"),
    ("views.publish", {"view": '{"type":"home","blocks":[]}', "user_id": "U0"}, "user_not_found"),
]


@pytest.fixture(scope="module")
def shared() -> Any:
    """Refused calls change nothing: they share a workspace."""
    with running_workspace(lunch.MANIFEST, {**SEED, "settings": {"rate_limits": False}}) as workspace:
        client = web_client(workspace)
        ids = {each["name"]: each["id"] for each in workspace.info["channels"]}
        ids |= {name: workspace.person(name).id for name in ("ada", "cat")}
        ids["own"] = client.chat_postMessage(channel="kitchen", text="mine")["ts"]
        ids["ada's"] = workspace.person("ada").type("hers", "kitchen").ts
        yield client, ids


@pytest.mark.parametrize(("method", "args", "error"), CALLS)
def test_refusals(shared: Any, method: str, args: dict[str, Any], error: str) -> None:
    client, ids = shared
    filled = {key: _filled(value, ids) for key, value in args.items()}
    assert refusal(client, method, **filled)["error"] == error


def _filled(value: Any, ids: dict[str, str]) -> Any:
    return ids.get(value[1:-1], value) if isinstance(value, str) and value.startswith("{") else value


def test_a_token_may_be_in_the_body(workspace: Workspace) -> None:
    body = f"token={workspace.app().bot_token}".encode()
    with urllib.request.urlopen(f"{workspace.api_url}auth.test", body) as reply:
        assert json.load(reply)["ok"] is True


def test_pages_lead_through_history(client: WebClient) -> None:
    for number in range(5):
        client.chat_postMessage(channel="kitchen", text=str(number))
    channel = client.conversations_list(types="private_channel")["channels"][0]["id"]
    pages = client.conversations_history(channel=channel, limit=2)
    assert [[each["text"] for each in page["messages"]] for page in pages] == [["4", "3"], ["2", "1"], ["0"]]


def test_history_has_bounds(client: WebClient) -> None:
    stamps = [client.chat_postMessage(channel="kitchen", text=str(n))["ts"] for n in range(3)]
    channel = client.conversations_list(types="private_channel")["channels"][0]["id"]

    def between(**bounds: Any) -> list[str]:
        return [each["text"] for each in client.conversations_history(channel=channel, **bounds)["messages"]]

    assert between(oldest=stamps[0]) == ["2", "1"]
    assert between(oldest=stamps[0], inclusive=True) == ["2", "1", "0"]
    assert between(latest=stamps[2], oldest=stamps[0]) == ["1"]


def test_metadata_finds_a_doubtful_post(client: WebClient) -> None:
    metadata = {"event_type": "order", "event_payload": {"key": "k1"}}
    answer = client.chat_postMessage(channel="kitchen", text="Soup", metadata=metadata)
    history = client.conversations_history(channel=answer["channel"], include_all_metadata=True)
    assert history["messages"][0]["metadata"] == metadata
    assert "metadata" not in client.conversations_history(channel=answer["channel"])["messages"][0]


def test_a_thread_is_counted_on_its_parent(client: WebClient) -> None:
    parent = client.chat_postMessage(channel="kitchen", text="Orders?")
    where = {"channel": parent["channel"]}
    client.chat_postMessage(**where, text="Soup", thread_ts=parent["ts"])
    client.chat_postMessage(**where, text="Stew", thread_ts=parent["ts"], reply_broadcast=True)
    shown = client.conversations_history(**where)["messages"]
    assert [each["text"] for each in shown] == ["Stew", "Orders?"]
    assert shown[-1]["reply_count"] == 2
    replies = client.conversations_replies(**where, ts=parent["ts"])["messages"]
    assert [each["text"] for each in replies] == ["Orders?", "Soup", "Stew"]


def test_stamps_are_unique_and_increase(client: WebClient) -> None:
    stamps = [client.chat_postMessage(channel="kitchen", text="x")["ts"] for _ in range(5)]
    assert stamps == sorted(set(stamps))


def test_a_file_goes_into_a_channel(client: WebClient, workspace: Workspace) -> None:
    where = workspace.channel_id("kitchen")
    client.files_upload_v2(channel=where, content="menu", filename="menu.txt", initial_comment="Today")
    message = workspace.person("ada").sees("kitchen")[-1]
    assert (message.text, message.raw["files"][0]["name"]) == ("Today", "menu.txt")


def test_people_groups_and_channels_can_be_read(client: WebClient, workspace: Workspace) -> None:
    ben = workspace.person("ben").id
    group = client.usergroups_list(include_users=True)["usergroups"][0]
    assert (group["handle"], group["users"]) == ("cooks", [ben])
    assert client.usergroups_users_list(usergroup=group["id"])["users"] == [ben]
    assert client.users_info(user=ben)["user"]["real_name"] == "Ben Okoro"
    assert {each["name"] for each in client.users_list()["members"]} == {
        "ada",
        "ben",
        "cat",
        "lunch",
        "slackbot",
    }
    assert ben in client.conversations_members(channel=workspace.channel_id("kitchen"))["members"]
    private = client.conversations_list(types="private_channel")["channels"]
    assert [each["name"] for each in private] == ["kitchen"]
    assert client.users_conversations(types="public_channel")["channels"][0]["name"] == "square"
    assert client.team_info()["team"]["name"] == "Control Room"
    assert client.bots_info(bot=client.auth_test()["bot_id"])["bot"]["name"] == "Lunch"


def test_a_channel_can_be_joined_and_people_invited(client: WebClient, workspace: Workspace) -> None:
    street, cat = workspace.channel_id("street"), workspace.person("cat")
    client.conversations_join(channel=street)
    client.conversations_invite(channel=workspace.channel_id("kitchen"), users=cat.id)
    client.chat_postMessage(channel=street, text="Hello street")
    assert cat.sees("street")[-1].text == "Hello street"
    assert cat.sees("kitchen") == []


def test_a_permalink_and_a_reaction(client: WebClient) -> None:
    posted = client.chat_postMessage(channel="kitchen", text="Soup")
    where = {"channel": posted["channel"]}
    link = client.chat_getPermalink(**where, message_ts=posted["ts"])["permalink"]
    assert link.endswith(f"/archives/{posted['channel']}/p{posted['ts'].replace('.', '')}")
    client.reactions_add(**where, timestamp=posted["ts"], name="stew")
    reactions = client.conversations_history(**where)["messages"][0]["reactions"]
    assert reactions[0]["name"] == "stew"
