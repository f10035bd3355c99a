"""Shortcuts: on a message, and from anywhere."""

from sandbox.errors import NotPossible
from sandbox.interactions import payloads
from sandbox.interactions.ask import ask, outcome
from sandbox.slack import Slack
from sandbox.sockets.envelope import Envelope
from sandbox.state import App, Message
from sandbox.wire import JSON


async def on_message(slack: Slack, user: str, callback_id: str, message: Message) -> JSON:
    app = _owner(slack, callback_id, "message")
    channel = slack.team.channels[message.channel]
    if not message.is_for(user) or user not in channel.members:
        raise NotPossible("this person does not see the message")
    payload = payloads.base(slack, app, user, "message_action") | {
        **payloads.of_message(slack, message),
        "callback_id": callback_id,
        "message_ts": message.ts,
        "action_ts": slack.team.next_ts(),
        "trigger_id": payloads.trigger(slack, app, user),
        "response_url": payloads.response_url(slack, app, user, channel, message),
    }
    payload.pop("container")
    return outcome((await ask(slack, app, user, Envelope("interactive", payload)))[1])


async def from_anywhere(slack: Slack, user: str, callback_id: str) -> JSON:
    app = _owner(slack, callback_id, "global")
    payload = payloads.base(slack, app, user, "shortcut") | {
        "callback_id": callback_id,
        "action_ts": slack.team.next_ts(),
        "trigger_id": payloads.trigger(slack, app, user),
    }
    return outcome((await ask(slack, app, user, Envelope("interactive", payload)))[1])


def _owner(slack: Slack, callback_id: str, kind: str) -> App:
    for app in slack.team.apps.values():
        shortcut = app.manifest.shortcuts.get(callback_id)
        if shortcut and shortcut.kind == kind:
            return app
    raise NotPossible(f"no app has a {kind} shortcut {callback_id!r}")
