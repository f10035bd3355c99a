"""Reading as a person: what they would see, and nothing else."""

from collections.abc import Callable
from typing import Any

from sandbox import shapes
from sandbox.errors import NotPossible
from sandbox.slack import Slack
from sandbox.state import App, Channel, Message, User, View
from sandbox.wire import JSON


def info(slack: Slack) -> JSON:
    return {
        "team": {"id": slack.team.id, "name": slack.team.name, "domain": slack.team.domain},
        "url": slack.base_url,
        "now": slack.clock.now(),
        "settings": slack.settings.as_json(),
        "changes": slack.team.changes.last,
        "waiting": slack.log.waiting,
        "apps": [_app(slack, app) for app in slack.team.apps.values()],
        "people": [shapes.user(slack, user) for user in slack.team.users.values() if not user.is_slackbot],
        "groups": [shapes.group(slack, group, with_users=True) for group in slack.team.groups.values()],
        "channels": [_channel(one) for one in slack.team.channels.values()],
    }


def see(slack: Slack, who: str, part: str = "") -> JSON:
    """Everything that one person has before them, or that part of it alone."""
    user = slack.team.user(who)
    views = slack.team.views
    parts: dict[str, Callable[[], Any]] = {
        "person": lambda: shapes.user(slack, user),
        "changes": lambda: slack.team.changes.last,
        "channels": lambda: [_with_messages(slack, one, user) for one in _channels(slack, user)],
        "modals": lambda: [_view(slack, view) for view in views.stack(user.id)],
        "homes": lambda: {
            app: _view(slack, view) for (app, owner), view in views.homes.items() if owner == user.id
        },
        "notifications": lambda: [each for each in slack.team.notifications if each["user"] == user.id],
        "troubles": lambda: [each for each in slack.team.troubles if each["user"] == user.id],
    }
    return {name: seen() for name, seen in parts.items() if part in ("", name)}


def posts(slack: Slack) -> list[JSON]:
    """Every message of an app, in the order they were posted; a deleted one was posted too."""
    everywhere = [message for channel in slack.team.channels.values() for message in channel.messages]
    by_apps = [message for message in everywhere if message.app_id]
    return [_message(slack, message) for message in sorted(by_apps, key=lambda each: float(each.ts))]


def message(slack: Slack, channel: str, ts: str) -> JSON:
    found = slack.team.find_message(slack.team.channel(channel).id, ts)
    if found is None:
        raise NotPossible("there is no such message")
    return _message(slack, found)


def _channels(slack: Slack, user: User) -> list[Channel]:
    return [one for one in slack.team.channels.values() if user.id in one.members]


def _channel(one: Channel) -> JSON:
    return {
        "id": one.id,
        "name": one.name,
        "kind": one.kind,
        "members": list(one.members),
        "is_shared": one.is_shared,
    }


def _with_messages(slack: Slack, one: Channel, user: User) -> JSON:
    shown = [_message(slack, message, user.id) for message in one.messages if message.is_for(user.id)]
    title = _title(slack, one, user)
    more = {"title": title, "handles": _handles(slack, one, user), "archived": one.archived}
    return _channel(one) | more | {"messages": shown}


def _title(slack: Slack, one: Channel, user: User) -> str:
    others = [member for member in one.members if member != user.id]
    return slack.team.users[others[0]].real_name if one.kind == "im" and others else one.name


def _handles(slack: Slack, one: Channel, user: User) -> list[str]:
    """The names under which direct messages are found."""
    others = [member for member in one.members if member != user.id]
    return [slack.team.users[other].name for other in others] if one.kind == "im" else []


def _message(slack: Slack, one: Message, viewer: str = "") -> JSON:
    author = slack.team.users[one.user]
    return shapes.message(slack, one, with_metadata=True) | {
        "channel": one.channel,
        "author": author.real_name,
        "seen_by": one.seen_by,
        "deleted": one.deleted,
        "values": slack.team.message_values.get((viewer, one.channel, one.ts), {}),
    }


def _view(slack: Slack, one: View) -> JSON:
    return shapes.view(slack, one) | {"errors": one.errors}


def _app(slack: Slack, app: App) -> JSON:
    return {
        "id": app.id,
        "name": app.name,
        "bot_user": app.bot_user,
        "bot_id": app.bot_id,
        "bot_name": app.manifest.bot_name,
        "bot_token": app.bot_token,
        "app_token": app.app_token,
        "signing_secret": app.signing_secret,
        "request_url": app.request_url,
        "commands": sorted(app.manifest.commands),
        "shortcuts": [
            {"callback_id": each.callback_id, "name": each.name, "type": each.kind}
            for each in app.manifest.shortcuts.values()
        ],
        "sockets": len(slack.hub.open(app.id)),
    }
