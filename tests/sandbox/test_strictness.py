"""What emulators get wrong and Slack does: passes run out, hashes go stale, eyes are private, limits bite."""

import copy
from time import monotonic
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from sandbox.client import Workspace
from sandbox.errors import NotPossible, StillWaiting, Unexpected
from sandbox.runner import running_workspace
from tests.sandbox import lunch
from tests.sandbox.conftest import SEED, meanwhile, socket_to, web_client


def error(call: Any, /, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(SlackApiError) as refused:
        call(*args, **kwargs)
    return str(refused.value.response["error"])


def command(workspace: Workspace, person: str = "ada") -> dict[str, Any]:
    """A command's payload, acknowledged with nothing."""
    ask = workspace.person(person)
    with socket_to(workspace) as socket, meanwhile(lambda: ask.type("/lunch", "kitchen")) as ran:
        frame = socket.next()
        socket.ack(frame)
        assert ran.result(60).acked
    return dict(frame["payload"])


def test_a_trigger_opens_one_view(workspace: Workspace, client: WebClient) -> None:
    trigger = command(workspace)["trigger_id"]
    client.views_open(trigger_id=trigger, view=lunch.order_form())
    assert error(client.views_open, trigger_id=trigger, view=lunch.order_form()) == "exchanged_trigger_id"


def test_a_trigger_lasts_three_seconds(workspace: Workspace, client: WebClient) -> None:
    trigger = command(workspace)["trigger_id"]
    workspace.advance(3.1)
    assert error(client.views_open, trigger_id=trigger, view=lunch.order_form()) == "expired_trigger_id"


def test_a_stale_hash_is_refused(workspace: Workspace, client: WebClient) -> None:
    view = client.views_open(trigger_id=command(workspace)["trigger_id"], view=lunch.order_form())["view"]
    client.views_update(view_id=view["id"], hash=view["hash"], view=lunch.order_form())
    stale = {"view_id": view["id"], "hash": view["hash"], "view": lunch.order_form()}
    assert error(client.views_update, **stale) == "hash_conflict"


def test_a_redraw_keeps_what_was_typed(workspace: Workspace, client: WebClient) -> None:
    ada = workspace.person("ada")
    view = client.views_open(trigger_id=command(workspace)["trigger_id"], view=lunch.order_form())["view"]
    ada.fill({"choice": "soup", "words": "hot"})
    renamed = lunch.order_form()
    renamed["blocks"][0]["block_id"] = "renamed"
    client.views_update(view_id=view["id"], view=renamed)
    assert ada.modal is not None
    assert ada.modal.values["note"]["words"]["value"] == "hot"
    assert ada.modal.values["renamed"]["choice"]["selected_option"] is None


def test_an_external_id_names_one_view(workspace: Workspace, client: WebClient) -> None:
    form = lunch.order_form(external_id="order-1")
    client.views_open(trigger_id=command(workspace)["trigger_id"], view=form)
    client.views_update(external_id="order-1", view=form)
    trigger = command(workspace, "ben")["trigger_id"]
    assert error(client.views_open, trigger_id=trigger, view=form) == "duplicate_external_id"


def test_three_views_deep_and_no_deeper(workspace: Workspace, client: WebClient) -> None:
    ada = workspace.person("ada")
    again = {"type": "actions", "elements": [lunch.button("deeper", "Deeper")]}
    view = lunch.order_form(blocks=[again])
    client.views_open(trigger_id=command(workspace)["trigger_id"], view=view)
    with socket_to(workspace) as socket:
        for refusal in (None, None, "push_limit_reached"):
            with meanwhile(lambda: ada.click("deeper")):
                frame = socket.next()
                socket.ack(frame)
            push = {"trigger_id": frame["payload"]["trigger_id"], "view": view}
            if refusal:
                assert error(client.views_push, **push) == refusal
            else:
                client.views_push(**push)
    assert len(ada.modals) == 3
    one, two, three = (each.raw for each in ada.modals)
    assert (three["previous_view_id"], three["root_view_id"]) == (two["id"], one["id"])


def test_a_view_is_pushed_only_by_using_the_one_below(workspace: Workspace, client: WebClient) -> None:
    client.views_open(trigger_id=command(workspace)["trigger_id"], view=lunch.order_form())
    trigger = command(workspace)["trigger_id"]
    assert error(client.views_push, trigger_id=trigger, view=lunch.order_form()) == "not_found"


def test_a_very_long_text_is_cut_and_said_to_be(client: WebClient) -> None:
    answer = client.chat_postMessage(channel="kitchen", text="x" * 40_001)
    assert (len(answer["message"]["text"]), answer["warning"]) == (40_000, "message_truncated")


def test_all_blocks_together_have_a_limit_in_posts_only(workspace: Workspace, client: WebClient) -> None:
    long = [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 2700}}] * 5
    assert error(client.chat_postMessage, channel="kitchen", text="x", blocks=long) == "msg_blocks_too_long"
    hook = WebhookClient(command(workspace)["response_url"])
    assert hook.send(text="x", blocks=long).status_code == 200


def test_a_closed_view_is_gone(workspace: Workspace, client: WebClient) -> None:
    quiet = lunch.order_form(notify_on_close=False)
    view = client.views_open(trigger_id=command(workspace)["trigger_id"], view=quiet)["view"]
    workspace.person("ada").close()
    assert error(client.views_update, view_id=view["id"], view=quiet) == "not_found"


def test_a_response_url_is_good_for_five(workspace: Workspace) -> None:
    hook = WebhookClient(command(workspace)["response_url"])
    assert [hook.send(text=str(n)).status_code for n in range(6)] == [200] * 5 + [404]
    assert "used_url" in hook.send(text="x").body
    assert [each.text for each in workspace.person("ada").sees("kitchen")] == list("01234")
    assert workspace.person("ben").sees("kitchen") == []


def test_a_response_url_lasts_half_an_hour(workspace: Workspace) -> None:
    hook = WebhookClient(command(workspace)["response_url"])
    workspace.advance(1801)
    assert "expired_url" in hook.send(text="late").body


def test_an_ephemeral_message_is_for_one_pair_of_eyes(workspace: Workspace, client: WebClient) -> None:
    kitchen, ada = workspace.channel_id("kitchen"), workspace.person("ada")
    stamp = client.chat_postEphemeral(channel=kitchen, user=ada.id, text="psst")["message_ts"]
    assert ada.sees("kitchen")[-1].text == "psst"
    assert workspace.person("ben").sees("kitchen") == []
    assert client.conversations_history(channel=kitchen)["messages"] == []
    assert error(client.chat_update, channel=kitchen, ts=stamp, text="x") == "message_not_found"


def test_about_one_post_a_second_in_a_channel(workspace: Workspace, client: WebClient) -> None:
    posted, began = 0, monotonic()
    with pytest.raises(SlackApiError) as refused:
        for posted in range(200):  # noqa: B007 - read when it ends
            client.chat_postMessage(channel="kitchen", text="x")
    assert 5 <= posted <= 5 + monotonic() - began, "five at once, and one more for each second that went by"
    assert refused.value.response.status_code == 429
    assert refused.value.response.headers["Retry-After"] == "1"
    client.chat_postMessage(channel="square", text="another channel is free")
    workspace.advance(1)
    client.chat_postMessage(channel="kitchen", text="x")


def test_calls_are_counted_by_the_minute(workspace: Workspace, client: WebClient) -> None:
    for _ in range(20):
        client.users_list()
    assert error(client.users_list) == "ratelimited"
    client.usergroups_list()
    workspace.advance(60)
    client.users_list()


def test_rate_limits_can_be_turned_off_and_wide(workspace: Workspace, client: WebClient) -> None:
    workspace.settings(rate_limits=False)
    for _ in range(21):
        client.users_list()
    workspace.settings(rate_limits=True, rate_scale=10)
    for _ in range(21):
        client.users_list()


@pytest.mark.parametrize(
    ("scope", "call"),
    [
        ("groups:history", lambda c, where: c.conversations_history(channel=where)),
        ("groups:read", lambda c, where: c.conversations_info(channel=where)),
        ("im:write", lambda c, _where: c.conversations_open(users="U0")),
        ("groups:write", lambda c, where: c.conversations_invite(channel=where, users="U0")),
    ],
)
def test_scopes_are_by_kind_of_channel(scope: str, call: Any) -> None:
    manifest = copy.deepcopy(lunch.MANIFEST)
    manifest["oauth_config"]["scopes"]["bot"].remove(scope)
    with running_workspace(manifest, SEED) as workspace:
        assert error(call, web_client(workspace), workspace.channel_id("kitchen")) == "missing_scope"


def test_only_subscribed_events_come() -> None:
    manifest = copy.deepcopy(lunch.MANIFEST)
    manifest["settings"]["event_subscriptions"]["bot_events"] = ["app_mention"]
    with running_workspace(manifest, SEED) as workspace, socket_to(workspace) as socket:
        ada = workspace.person("ada")
        ada.type("unheard", "kitchen")
        ada.type(f"<@{workspace.app().bot_user}> heard", "kitchen")
        event = socket.next()["payload"]["event"]
        assert (event["type"], event["user"], event["channel_type"]) == ("app_mention", ada.id, "group")


def test_no_event_from_where_the_bot_is_not(workspace: Workspace) -> None:
    with socket_to(workspace) as socket:
        workspace.person("cat").type("secret", "cellar")
        workspace.person("cat").type("hello", "square")
        assert socket.next()["payload"]["event"]["text"] == "hello"


def test_the_app_hears_of_edits_and_arrivals(workspace: Workspace) -> None:
    cat = workspace.person("cat")
    with socket_to(workspace) as socket:
        said = cat.type("soop", "square")
        cat.edit("square", said.ts, "soup")
        workspace.person("ada").join("kitchen", invite="cat")
        heard = [socket.next()["payload"]["event"] for _ in range(3)]
    assert [each.get("subtype", each["type"]) for each in heard] == [
        "message",
        "message_changed",
        "member_joined_channel",
    ]
    assert heard[1]["previous_message"]["text"] == "soop"


def test_phones_show_only_the_text_and_only_to_whom_it_concerns(
    workspace: Workspace, client: WebClient
) -> None:
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": workspace.group_mention("cooks")}}]
    client.chat_postMessage(channel="square", text="Cooks, please", blocks=blocks)
    client.chat_postMessage(channel=workspace.person("ada").id, text="To you")
    assert workspace.person("ben").notifications == ["Cooks, please"]
    assert workspace.person("ada").notifications == ["To you"]
    assert workspace.person("cat").notifications == []


def test_a_mention_in_plain_text_reaches_nobody(workspace: Workspace, client: WebClient) -> None:
    blocks = [{"type": "header", "text": lunch.text(workspace.group_mention("cooks"))}]
    client.chat_postMessage(channel="square", text=workspace.group_mention("cooks"), blocks=blocks)
    assert workspace.person("ben").notifications == []


def test_people_cannot_do_what_their_screen_does_not_offer(workspace: Workspace, client: WebClient) -> None:
    ada, cat = workspace.person("ada"), workspace.person("cat")
    asks = lunch.button("cancel", "Cancel", confirm=lunch.CONFIRM)
    client.chat_postMessage(channel="kitchen", text="x", blocks=[{"type": "actions", "elements": [asks]}])
    message = ada.sees("kitchen")[-1]
    with pytest.raises(NotPossible, match="dialog asks first: Cancel"):
        ada.click("cancel", on=message)
    assert ada.click("cancel", on=message, confirm=False).raw["declined"]
    with pytest.raises(NotPossible, match="cat is not in kitchen"):
        cat.click("cancel", on=message, confirm=True)
    with pytest.raises(NotPossible, match="not in kitchen"):
        cat.type("hello", "kitchen")
    with pytest.raises(NotPossible, match="not a valid command"):
        ada.type("/dinner", "kitchen")
    with pytest.raises(NotPossible, match="not work in threads"):
        ada.type("/lunch", "kitchen", thread=message.ts)
    with pytest.raises(NotPossible, match="no modal open"):
        ada.submit()


def test_a_message_that_nobody_expected_fails_the_test(workspace: Workspace, client: WebClient) -> None:
    client.chat_postMessage(channel="kitchen", text="Soup is ready")
    with pytest.raises(Unexpected, match="Soup is ready"):
        workspace.expect_nothing_more()
    workspace.expect("Soup", "kitchen")
    workspace.expect_nothing_more()


def test_a_wait_says_what_it_waited_for(workspace: Workspace) -> None:
    with pytest.raises(StillWaiting, match=r"waited 0.1 s for a message saying 'dinner'"):
        workspace.expect("dinner", within=0.1)
