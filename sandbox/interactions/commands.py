"""Slash commands."""

from typing import Any

from sandbox.errors import ApiError, NotPossible
from sandbox.escaping import sent_in_command
from sandbox.interactions import payloads
from sandbox.interactions.answers import say
from sandbox.interactions.ask import ask, outcome
from sandbox.slack import Slack
from sandbox.sockets.envelope import Envelope
from sandbox.state import App, Channel, User
from sandbox.wire import JSON


async def run(slack: Slack, user: User, channel: Channel, line: str) -> JSON:
    command, _, text = line.partition(" ")
    app = _owner(slack, command)
    said = sent_in_command(text.strip(), slack.team, app.manifest.commands[command].should_escape)
    envelope = Envelope("slash_commands", _payload(slack, app, user, channel, command, said), True)
    answer, error = await ask(slack, app, user.id, envelope)
    error = error or _show(slack, app, user, channel, answer)
    return outcome(error)


def _owner(slack: Slack, command: str) -> App:
    for app in slack.team.apps.values():
        if command in app.manifest.commands:
            return app
    raise NotPossible(f"{command} is not a valid command")


def _payload(slack: Slack, app: App, user: User, channel: Channel, command: str, text: str) -> JSON:
    return {
        "token": app.verification_token,
        "team_id": user.team or slack.team.id,
        "team_domain": slack.team.domain,
        "channel_id": channel.id,
        "channel_name": payloads.channel(channel)["name"],
        "user_id": user.id,
        "user_name": user.name,
        "command": command,
        "text": text,
        "api_app_id": app.id,
        "is_enterprise_install": "false",
        "response_url": payloads.response_url(slack, app, user.id, channel),
        "trigger_id": payloads.trigger(slack, app, user.id),
    }


def _show(slack: Slack, app: App, user: User, channel: Channel, answer: Any) -> str | None:
    """What the acknowledgement says is shown: to this person only, unless it asks otherwise."""
    content = {"text": answer} if isinstance(answer, str) else answer
    if not content:
        return None
    try:
        say(slack, app, channel, user.id, content)
    except ApiError as refusal:
        slack.team.trouble(user.id, "dispatch_failed", refusal.error)
        return "dispatch_failed"
    return None
