"""What one person's screen shows, and what became different since it was last drawn."""

from collections import Counter

from sandbox import shapes
from sandbox.slack import Slack
from sandbox.state import App, Channel, Message, User, View
from sandbox.wire import JSON

OF_ONE_MESSAGE = frozenset({"posted", "edited", "deleted", "reacted"})
OF_WHOLE_CHANNELS = frozenset({"joined", "left", "seeded"})


def screen(slack: Slack, who: str, since: int) -> JSON:
    """Everything that is small, and those messages that changed after change number `since`.

    With 0 every message comes: a screen of hundreds is then drawn once and mended after that.
    """
    user = slack.team.user(who)
    views = slack.team.views
    homes = {app: view for (app, owner), view in views.homes.items() if owner == user.id}
    return _workspace(slack, user) | {
        "changes": slack.team.changes.last,
        "now": slack.clock.now(),
        "person": user.id,
        "messages": [_message(slack, each, user) for each in _changed(slack, user, since)],
        "modals": [_view(slack, view) for view in views.stack(user.id)],
        "homes": {app: _view(slack, view) for app, view in homes.items()},
        "notifications": [_notification(slack, each) for each in _of(slack.team.notifications, user)],
        "notified": Counter(each["user"] for each in slack.team.notifications),
        "troubles": _of(slack.team.troubles, user),
    }


def _workspace(slack: Slack, user: User) -> JSON:
    team = slack.team
    return {
        "team": team.name,
        "people": [shapes.user(slack, one) for one in team.users.values() if not one.is_slackbot],
        "groups": [shapes.group(slack, one, with_users=True) for one in team.groups.values()],
        "apps": [_app(one) for one in team.apps.values()],
        "channels": [_channel(one, user) for one in team.channels.values() if _knows_of(user, one)],
    }


def _knows_of(user: User, channel: Channel) -> bool:
    return channel.kind == "public" or user.id in channel.members


def _changed(slack: Slack, user: User, since: int) -> list[Message]:
    """In the order of their channels; a message that is gone for this person is told as deleted."""
    mine = [one for one in slack.team.channels.values() if user.id in one.members]
    touched = _touched(slack, since)
    return [
        message
        for channel in mine
        for message in channel.messages
        if message.seen_by in (None, user.id)
        and (touched is None or (channel.id, message.ts) in touched)
        and (since or not message.deleted)
    ]


def _touched(slack: Slack, since: int) -> set[tuple[str, str]] | None:
    """Messages of which something changed, with the parents of replies; None when any may have."""
    news = slack.team.changes.after(since)
    if since == 0 or any(each["kind"] in OF_WHOLE_CHANNELS for each in news):
        return None
    found = {(each["channel"], each["ts"]) for each in news if each["kind"] in OF_ONE_MESSAGE}
    parents = {(channel, _parent(slack, channel, ts)) for channel, ts in found}
    return found | {(channel, ts) for channel, ts in parents if ts}


def _parent(slack: Slack, channel: str, ts: str) -> str | None:
    return next((each.thread_ts for each in slack.team.channels[channel].messages if each.ts == ts), None)


def _of(what: list[JSON], user: User) -> list[JSON]:
    return [each for each in what if each["user"] == user.id]


def _message(slack: Slack, one: Message, viewer: User) -> JSON:
    held = slack.team.message_values.get((viewer.id, one.channel, one.ts), {})
    about = {"channel": one.channel, "seen_by": one.seen_by, "deleted": one.deleted, "values": held}
    return shapes.message(slack, one) | about


def _view(slack: Slack, one: View) -> JSON:
    return shapes.view(slack, one) | {"errors": one.errors}


def _notification(slack: Slack, each: JSON) -> JSON:
    message = slack.team.channels[each["channel"]].any_message(each["ts"])
    return each | {"from": message.user if message else None}


def _channel(one: Channel, viewer: User) -> JSON:
    return {
        "id": one.id,
        "name": one.name,
        "kind": one.kind,
        "members": list(one.members),
        "topic": one.topic,
        "archived": one.archived,
        "joined": viewer.id in one.members,
    }


def _app(one: App) -> JSON:
    features = one.manifest
    commands = features.commands.values()
    return {
        "id": one.id,
        "name": one.name,
        "bot_user": one.bot_user,
        "has_home": features.has_home,
        "commands": [
            {"name": each.name, "description": each.description, "hint": each.hint} for each in commands
        ],
        "shortcuts": [
            {"callback_id": each.callback_id, "name": each.name, "kind": each.kind}
            for each in features.shortcuts.values()
        ],
    }
