"""Channels that others are in, or that anybody may read; and people who are not, or no longer, one's own."""

from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.client import Workspace
from sandbox.errors import NotPossible
from tests.sandbox.conftest import RawSocket, meanwhile, socket_to

THERE = "T0OTHER"


@pytest.fixture
def met(workspace: Workspace) -> Workspace:
    """The kitchen is shared with another organisation, and Stan of theirs is in it."""
    ada = workspace.person("ada")
    ada.share("kitchen", THERE)
    workspace.seed({"people": {"stan": {"team": THERE}}})
    ada.join("kitchen", invite="stan")
    return workspace


def kitchen(workspace: Workspace, client: WebClient) -> dict[str, Any]:
    return dict(client.conversations_info(channel=workspace.channel_id("kitchen"))["channel"])


def heard(socket: RawSocket) -> dict[str, Any]:
    frame = socket.next()
    socket.ack(frame)
    return dict(frame["payload"])


def test_a_channel_of_ones_own_is_shared_with_nobody(workspace: Workspace, client: WebClient) -> None:
    said = kitchen(workspace, client)
    flags = ("is_shared", "is_ext_shared", "is_org_shared", "is_pending_ext_shared")
    assert [said[each] for each in flags] == [False] * 4
    ours = workspace.info["team"]["id"]
    assert (said["context_team_id"], said["shared_team_ids"]) == (ours, [ours])


def test_a_shared_one_says_with_whom_and_apps_are_told(workspace: Workspace, client: WebClient) -> None:
    with socket_to(workspace) as socket:
        workspace.person("ada").share("kitchen", THERE)
        event = heard(socket)["event"]
    assert (event["type"], event["connected_team_id"]) == ("channel_shared", THERE)
    assert event["channel"] == workspace.channel_id("kitchen")
    said = kitchen(workspace, client)
    assert (said["is_shared"], said["is_ext_shared"]) == (True, True)
    assert said["shared_team_ids"] == [workspace.info["team"]["id"], THERE]


def test_one_that_is_offered_is_pending_until_it_is_accepted(workspace: Workspace, client: WebClient) -> None:
    workspace.person("ada").share("kitchen", THERE, pending=True)
    said = kitchen(workspace, client)
    assert (said["is_pending_ext_shared"], said["is_shared"], said["pending_shared"]) == (
        True,
        False,
        [THERE],
    )
    workspace.person("ada").share("kitchen", THERE)
    said = kitchen(workspace, client)
    assert (said["is_pending_ext_shared"], said["is_ext_shared"]) == (False, True)


def test_one_of_the_same_organisation_is_not_external(workspace: Workspace, client: WebClient) -> None:
    workspace.person("ada").share("kitchen", "T0SISTER", org=True)
    said = kitchen(workspace, client)
    assert (said["is_shared"], said["is_org_shared"], said["is_ext_shared"]) == (True, True, False)
    assert said["shared_team_ids"] == [workspace.info["team"]["id"], "T0SISTER"]


def test_one_that_is_no_longer_shared_has_lost_its_strangers(met: Workspace, client: WebClient) -> None:
    stan = met.person("stan").id
    with socket_to(met) as socket:
        met.person("ada").unshare("kitchen")
        event = heard(socket)["event"]
    assert (event["type"], event["previously_connected_team_id"], event["is_ext_shared"]) == (
        "channel_unshared",
        THERE,
        False,
    )
    assert not kitchen(met, client)["is_shared"]
    assert stan not in client.conversations_members(channel=met.channel_id("kitchen"))["members"]


def test_what_a_stranger_says_there_names_both_workspaces(met: Workspace) -> None:
    ours, app = met.info["team"]["id"], met.app()
    with socket_to(met) as socket:
        met.person("stan").type("hello", "kitchen")
        payload = heard(socket)
    assert payload["is_ext_shared_channel"] is True
    assert (payload["team_id"], payload["context_team_id"]) == (THERE, ours)
    assert payload["event"]["user_team"] == THERE
    assert [(each["team_id"], each["user_id"]) for each in payload["authorizations"]] == [
        (ours, app.bot_user)
    ]


def test_what_one_of_ours_says_there_is_of_a_shared_channel_too(met: Workspace) -> None:
    with socket_to(met) as socket:
        met.person("ada").type("hello", "kitchen")
        payload = heard(socket)
    assert (payload["is_ext_shared_channel"], payload["team_id"]) == (True, met.info["team"]["id"])


def test_a_press_says_whose_person_it_is(met: Workspace, client: WebClient) -> None:
    ordering = {"type": "button", "action_id": "order", "text": {"type": "plain_text", "text": "Order"}}
    blocks = [{"type": "actions", "elements": [ordering]}]
    client.chat_postMessage(channel=met.channel_id("kitchen"), text="Soup?", blocks=blocks)
    asked, stan = met.expect("Soup?", "kitchen"), met.person("stan")
    with socket_to(met) as socket, meanwhile(lambda: stan.click("order", on=asked)) as pressed:
        payload = heard(socket)
        pressed.result(60)
    assert (payload["user"]["team_id"], payload["team"]["id"]) == (THERE, met.info["team"]["id"])


def test_a_command_says_whose_person_it_is(met: Workspace) -> None:
    with socket_to(met) as socket, meanwhile(lambda: met.person("stan").type("/lunch", "kitchen")) as typed:
        payload = heard(socket)
        typed.result(60)
    assert payload["team_id"] == THERE


def test_a_private_channel_that_is_made_public_says_so_and_by_a_message(
    workspace: Workspace, client: WebClient
) -> None:
    with socket_to(workspace) as socket:
        workspace.person("ada").convert("kitchen", "public")
        event = heard(socket)["event"]
        assert (event["type"], event["subtype"]) == ("message", "channel_convert_to_public")
        assert event["channel_type"] == "channel", "as of a public one, by its subscription"
        assert kitchen(workspace, client)["is_private"] is False
        workspace.person("ada").convert("kitchen", "private")
        event = heard(socket)["event"]
    assert (event["subtype"], event["channel_type"]) == ("channel_convert_to_private", "group")
    assert kitchen(workspace, client)["is_private"] is True


def test_one_is_not_made_what_it_is(workspace: Workspace) -> None:
    with pytest.raises(NotPossible):
        workspace.person("ada").convert("kitchen", "private")


def test_slackbot_is_listed_and_calls_itself_no_bot(client: WebClient) -> None:
    said = client.users_info(user="USLACKBOT")["user"]
    assert (said["name"], said["is_bot"]) == ("slackbot", False)
    assert "USLACKBOT" in {each["id"] for each in client.users_list()["members"]}


@pytest.mark.parametrize(
    ("about", "flags"),
    [({"restricted": True}, (True, False)), ({"ultra_restricted": True}, (True, True))],
)
def test_a_guest_is_said_to_be_one(
    workspace: Workspace, client: WebClient, about: dict[str, bool], flags: tuple[bool, bool]
) -> None:
    workspace.seed({"people": {"gus": about}})
    said = client.users_info(user=workspace.person("gus").id)["user"]
    assert (said["is_restricted"], said["is_ultra_restricted"]) == flags


def test_apps_are_told_that_an_account_was_deactivated_and_came_back(
    workspace: Workspace, client: WebClient
) -> None:
    ben = workspace.person("ben").id
    with socket_to(workspace) as socket:
        workspace.person("ada").deactivate("ben")
        event = heard(socket)["event"]
        assert (event["type"], event["user"]["id"], event["user"]["deleted"]) == ("user_change", ben, True)
        assert client.users_info(user=ben)["user"]["deleted"]
        workspace.person("ada").deactivate("ben", back=True)
        assert heard(socket)["event"]["user"]["deleted"] is False


def test_apps_are_told_who_came_into_a_group_and_who_left_it(workspace: Workspace) -> None:
    ids = {name: workspace.person(name).id for name in ("ben", "cat")}
    with socket_to(workspace) as socket:
        workspace.person("ada").regroup("cooks", ["cat"])
        event = heard(socket)["event"]
    assert event["type"] == "subteam_members_changed"
    assert (event["added_users"], event["removed_users"]) == ([ids["cat"]], [ids["ben"]])


def test_one_group_is_refused_and_the_others_are_given(workspace: Workspace, client: WebClient) -> None:
    workspace.seed({"groups": {"waiters": {"users": ["ada"]}}})
    groups = {each["handle"]: each["id"] for each in workspace.info["groups"]}
    workspace.fault("error", "usergroups.users.list", usergroup=groups["cooks"], error="fetch_members_failed")
    with pytest.raises(SlackApiError, match="fetch_members_failed"):
        client.usergroups_users_list(usergroup=groups["cooks"])
    assert client.usergroups_users_list(usergroup=groups["waiters"])["users"] == [workspace.person("ada").id]
