"""Events: which app hears of what, and in which shape."""

from sandbox import shapes
from sandbox.blocks import mentions
from sandbox.slack import Slack
from sandbox.sockets.envelope import Envelope
from sandbox.state import App, Channel, Group, Message, User
from sandbox.wire import JSON

CHANNEL_TYPES = {"public": "channel", "private": "group", "im": "im"}
SUBSCRIPTIONS = {"public": "message.channels", "private": "message.groups", "im": "message.im"}


def posted(slack: Slack, message: Message) -> None:
    event = message_event(slack, message)
    for app in _listeners(slack, message.channel):
        _message_to(slack, app, message, event)
        if _is_for_app(slack, app, message):
            publish(slack, app, "app_mention", {**event, "type": "app_mention"})


def edited(slack: Slack, message: Message, before: JSON) -> None:
    now = shapes.message(slack, message, with_metadata=True)
    change = {"subtype": "message_changed", "hidden": True, "message": now, "previous_message": before}
    _message_changed(slack, message, change)


def deleted(slack: Slack, message: Message, before: JSON) -> None:
    change = {
        "subtype": "message_deleted",
        "hidden": True,
        "deleted_ts": message.ts,
        "previous_message": before,
    }
    _message_changed(slack, message, change)


def _membership(name: str, slack: Slack, channel: Channel, user: str) -> JSON:
    return {
        "type": name,
        "user": user,
        "channel": channel.id,
        "channel_type": "G" if channel.kind == "private" else "C",
        "team": slack.team.users[user].team or slack.team.id,
        "event_ts": slack.team.next_ts(),
    }


def joined(slack: Slack, channel: Channel, user: str, inviter: str | None) -> None:
    event = _membership("member_joined_channel", slack, channel, user)
    event |= {"inviter": inviter} if inviter else {}
    for app in _listeners(slack, channel.id):
        publish(slack, app, "member_joined_channel", event)


def home_opened(slack: Slack, app: App, user: str, tab: str) -> None:
    home = slack.team.views.homes.get((app.id, user))
    event: JSON = {
        "type": "app_home_opened",
        "user": user,
        "channel": slack.team.direct(user, app.bot_user).id,
        "tab": tab,
        "event_ts": slack.team.next_ts(),
    } | ({"view": shapes.view(slack, home)} if home else {})
    publish(slack, app, "app_home_opened", event)


def quiet_changed(slack: Slack, user: User) -> None:
    """Do Not Disturb of somebody: to every app."""
    event: JSON = {
        "type": "dnd_updated_user",
        "user": user.id,
        "dnd_status": shapes.do_not_disturb(user),
        "event_ts": slack.team.next_ts(),
    }
    for app in slack.team.apps.values():
        publish(slack, app, "dnd_updated_user", event)


def archived(slack: Slack, channel: Channel, by: str) -> None:
    """Or brought back."""
    kind = "group" if channel.kind == "private" else "channel"
    name = f"{kind}_{'archive' if channel.archived else 'unarchive'}"
    event: JSON = {"type": name, "channel": channel.id, "user": by, "event_ts": slack.team.next_ts()}
    for app in _listeners(slack, channel.id):
        publish(slack, app, name, event)


def shared(slack: Slack, channel: Channel, team: str) -> None:
    """Another organisation has come into it: once it accepted, not when it was asked."""
    event: JSON = {"connected_team_id": team, "channel": channel.id, "event_ts": slack.team.next_ts()}
    for app in _listeners(slack, channel.id):
        publish(slack, app, "channel_shared", {"type": "channel_shared", **event})


def unshared(slack: Slack, channel: Channel, team: str) -> None:
    event: JSON = {
        "type": "channel_unshared",
        "previously_connected_team_id": team,
        "channel": channel.id,
        "is_ext_shared": bool(channel.shared_with),
        "event_ts": slack.team.next_ts(),
    }
    for app in _listeners(slack, channel.id):
        publish(slack, app, "channel_unshared", event)


def person_changed(slack: Slack, user: User) -> None:
    now = int(slack.clock.now())
    event: JSON = {"type": "user_change", "user": shapes.user(slack, user), "cache_ts": now}
    for app in slack.team.apps.values():
        publish(slack, app, "user_change", event | {"event_ts": slack.team.next_ts()})


def group_changed(slack: Slack, group: Group, before: list[str]) -> None:
    added = [user for user in group.users if user not in before]
    removed = [user for user in before if user not in group.users]
    now = int(slack.clock.now())
    event: JSON = {
        "type": "subteam_members_changed",
        "subteam_id": group.id,
        "team_id": slack.team.id,
        "date_previous_update": now,
        "date_update": now,
        "added_users": added,
        "added_users_count": len(added),
        "removed_users": removed,
        "removed_users_count": len(removed),
    }
    for app in slack.team.apps.values():
        publish(slack, app, "subteam_members_changed", event | {"event_ts": slack.team.next_ts()})


def left(slack: Slack, channel: Channel, user: str) -> None:
    """To the apps in it; and to an app that is in it no longer, of itself."""
    event = _membership("member_left_channel", slack, channel, user)
    for app in _listeners(slack, channel.id):
        publish(slack, app, "member_left_channel", event)
    for app in slack.team.apps.values():
        if app.bot_user == user:
            name = "group_left" if channel.kind == "private" else "channel_left"
            gone: JSON = {"type": name, "channel": channel.id, "event_ts": slack.team.next_ts()}
            publish(slack, app, name, gone)


def publish(slack: Slack, app: App, subscription: str, event: JSON) -> None:
    if subscription in app.manifest.events:
        envelope = Envelope("events_api", _callback(slack, app, event))
        slack.spawn(slack.courier.deliver_event(app, envelope, slack.settings))


def message_event(slack: Slack, message: Message) -> JSON:
    return {
        **shapes.message(slack, message, with_metadata=True),
        "channel": message.channel,
        "channel_type": CHANNEL_TYPES[slack.team.channels[message.channel].kind],
        "event_ts": message.ts,
    }


def _message_changed(slack: Slack, message: Message, change: JSON) -> None:
    kind = CHANNEL_TYPES[slack.team.channels[message.channel].kind]
    stamp = slack.team.next_ts()
    event = {
        "type": "message",
        "channel": message.channel,
        "channel_type": kind,
        "ts": stamp,
        "event_ts": stamp,
    }
    for app in _listeners(slack, message.channel):
        _message_to(slack, app, message, event | change)


def _message_to(slack: Slack, app: App, message: Message, event: JSON) -> None:
    publish(slack, app, SUBSCRIPTIONS[slack.team.channels[message.channel].kind], event)


def _is_for_app(slack: Slack, app: App, message: Message) -> bool:
    in_person = slack.team.channels[message.channel].kind == "im"
    return not in_person and app.bot_user in mentions(message.text, message.blocks)


def _listeners(slack: Slack, channel_id: str) -> list[App]:
    members = slack.team.channels[channel_id].members
    return [app for app in slack.team.apps.values() if app.bot_user in members]


def _callback(slack: Slack, app: App, event: JSON) -> JSON:
    """`team_id`: where it began, which is a stranger's own workspace; `authorizations`: whose app hears it."""
    where = slack.team.channels.get(str(event.get("channel")))
    return {
        "token": app.verification_token,
        "team_id": event.get("user_team") or slack.team.id,
        "context_team_id": slack.team.id,
        "context_enterprise_id": None,
        "api_app_id": app.id,
        "event": event,
        "type": "event_callback",
        "event_id": slack.team.ids.next("Ev"),
        "event_time": int(slack.clock.now()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": slack.team.id,
                "user_id": app.bot_user,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": bool(where and where.shared_with),
        "event_context": f"4-{slack.team.ids.next('Ec')}",
    }
