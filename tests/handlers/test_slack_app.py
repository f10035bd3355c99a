"""Given what the app asks of Slack, then the bot uses all of it, needs no more, and says why."""

import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner
from jsonschema import Draft4Validator
from slack_bolt import App

from cli import main
from config import slack_app
from handlers.app import register_all
from handlers.listeners import Listeners
from sandbox import facts
from tests.handlers.evening import Evening
from workers.alarm import reach_watch
from workers.slack_people import told_changes

ROOT = Path(__file__).parents[2]
APP = slack_app.manifest()
SCHEMA = json.loads((ROOT / "tests/facts/slack-manifest.schema.json").read_text(encoding="utf-8"))
EVENTS = set(APP["settings"]["event_subscriptions"]["bot_events"])
HEARD_BESIDE_BOLT = reach_watch.TELLING | {told_changes.GROUP_CHANGED, told_changes.ACCOUNT_CHANGED}

# By Slack's page of each event; where it names several, the one for private channels.
SCOPE_OF_EVENT = {
    "app_mention": "app_mentions:read",
    "channel_archive": "channels:read",
    "channel_deleted": "channels:read",
    "channel_left": "channels:read",
    "channel_shared": "channels:read",
    "channel_unarchive": "channels:read",
    "channel_unshared": "channels:read",
    "dnd_updated_user": "dnd:read",
    "group_archive": "groups:read",
    "group_deleted": "groups:read",
    "group_left": "groups:read",
    "group_unarchive": "groups:read",
    "member_joined_channel": "groups:read",
    "member_left_channel": "groups:read",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "subteam_members_changed": "usergroups:read",
    "user_change": "users:read",
}
WITHOUT_SCOPE = {"app_home_opened", "app_uninstalled", "tokens_revoked"}


@pytest.fixture
def listeners(discreet: Evening) -> Listeners:
    found = Listeners(
        App(token="xoxb-none", token_verification_enabled=False), ThreadPoolExecutor(1), lambda *_: None
    )
    register_all(found, discreet.deps, discreet.refresher)
    return found


def test_it_is_of_the_shape_that_slack_takes() -> None:
    for app in (APP, slack_app.called_in(APP, "https://gateway.example/slack/events")):
        assert [error.message for error in Draft4Validator(SCHEMA).iter_errors(app)] == []


def test_each_event_is_heard_and_what_is_heard_is_asked_for(listeners: Listeners) -> None:
    assert {event.partition(".")[0] for event in EVENTS} == {*listeners.known["event"], *HEARD_BESIDE_BOLT}


def test_each_command_and_shortcut_has_its_listener_and_no_other_has_one(listeners: Listeners) -> None:
    features = APP["features"]
    assert [each["command"] for each in features["slash_commands"]] == listeners.known["command"]
    assert [each["callback_id"] for each in features["shortcuts"]] == listeners.known["shortcut"]


def called() -> Iterator[facts.Method]:
    """Each method of the Web API that the source names, in Slack's words or as slack_sdk spells it."""
    sources = (file for room in ("bot", "handlers", "workers", "cli") for file in (ROOT / room).rglob("*.py"))
    text = "\n".join(file.read_text(encoding="utf-8") for file in sources if "cli/demo" not in str(file))
    spelled = {name.replace(".", "_").lower(): name for name in facts.methods()}
    named = set(re.findall(r'"([a-z]+\.[A-Za-z.]+)"', text)) & facts.methods().keys()
    asked = {spelled.get(name.lower(), "") for name in re.findall(r"\.([a-z]+_[A-Za-z_]+)\(", text)} - {""}
    yield from map(facts.method, named | asked)
    if ".files_upload_v2(" in text:
        yield facts.method("files.getUploadURLExternal")


def test_no_scope_is_unused_and_none_is_lacking() -> None:
    granted = set(slack_app.bot_scopes(APP))
    needed = {"commands"} | {SCOPE_OF_EVENT[event] for event in EVENTS - WITHOUT_SCOPE}
    for method in called():
        assert not method.bot_scopes or granted & set(method.bot_scopes), method.name
        needed |= granted & set(method.bot_scopes)
    assert granted == needed


def test_each_scope_is_explained() -> None:
    page = (ROOT / "docs/slack-app.md").read_text(encoding="utf-8")
    explained = re.findall(r"^\| `([\w:.]+)` \| .{20,} \|$", page, re.MULTILINE)
    assert explained == sorted(slack_app.bot_scopes(APP))


def test_slacks_command_line_gets_it_as_it_asks() -> None:
    """By the interface of Slack's command line: a hook is split at its blanks, and told the folder."""
    hooks = json.loads((ROOT / ".slack/hooks.json").read_text(encoding="utf-8"))
    program, *words = hooks["hooks"]["get-manifest"].split()
    assert program == ".venv/bin/missing-bot"
    given = CliRunner().invoke(main, [*words, f"--source={ROOT}"], catch_exceptions=False)
    assert json.loads(given.output) == APP


def test_behind_a_gateway_slack_calls_in_at_each_of_the_three_places() -> None:
    url = "https://gateway.example/slack/events"
    given = CliRunner().invoke(main, ["manifest", "--request-url", url], catch_exceptions=False)
    app = json.loads(given.output)
    assert given.output.count(url) == 3
    assert app["settings"]["socket_mode_enabled"] is False
    assert app["features"]["slash_commands"][0]["url"] == url


@pytest.mark.parametrize(
    "url", ["nonsense", "http://gateway.example/slack/events", "https://", "https://[", ""]
)
def test_an_address_that_slack_would_refuse_is_refused(url: str) -> None:
    given = CliRunner().invoke(main, ["manifest", "--request-url", url])
    assert (given.exit_code, given.stdout) == (2, "")
    assert "it should be the gateway's address, such as https://GATEWAY/slack/events." in given.stderr
