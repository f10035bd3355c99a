"""How Slack writes things down: users, channels, messages, groups, views."""

from sandbox.slack import Slack
from sandbox.state import Channel, Group, Message, User, View
from sandbox.wire import JSON, copy_of


def user(slack: Slack, one: User) -> JSON:
    return {
        "id": one.id,
        "team_id": one.team or slack.team.id,
        "name": one.name,
        "deleted": one.deleted,
        "real_name": one.real_name,
        "tz": one.tz,
        "is_bot": one.is_bot,
        "is_app_user": False,
        "is_restricted": one.restricted or one.ultra_restricted,
        "is_ultra_restricted": one.ultra_restricted,
        **({"is_stranger": True} if one.team else {}),
        "profile": _profile(slack, one),
    }


def do_not_disturb(one: User) -> JSON:
    """As others see it; without any such time Slack says 1 for both ends."""
    start, end = one.quiet or (1, 1)
    return {"dnd_enabled": one.quiet is not None, "next_dnd_start_ts": start, "next_dnd_end_ts": end}


def _profile(slack: Slack, one: User) -> JSON:
    profile: JSON = {
        "real_name": one.real_name,
        "real_name_normalized": one.real_name,
        "display_name": one.name,
        "display_name_normalized": one.name,
        "title": one.title,
        "team": one.team or slack.team.id,
    }
    return profile | ({"bot_id": one.bot_id, "api_app_id": one.app_id} if one.is_bot else {})


def channel(slack: Slack, one: Channel, viewer: str) -> JSON:
    if one.kind == "im":
        other = next((member for member in one.members if member != viewer), viewer)
        return {"id": one.id, "created": one.created, "is_im": True, "is_archived": False, "user": other}
    return {
        "id": one.id,
        "name": one.name,
        "name_normalized": one.name,
        "created": one.created,
        "creator": one.creator,
        "is_channel": one.kind == "public",
        "is_group": one.kind == "private",
        "is_im": False,
        "is_mpim": False,
        "is_private": one.kind == "private",
        "is_archived": one.archived,
        "is_general": False,
        "is_member": viewer in one.members,
        **_sharing(slack, one),
        "topic": {"value": one.topic, "creator": one.creator, "last_set": one.created},
        "purpose": {"value": "", "creator": "", "last_set": 0},
        "num_members": len(one.members),
    }


def _sharing(slack: Slack, one: Channel) -> JSON:
    """Whose it is besides this workspace's: of other organisations, invited ones, others of the same organisation."""
    connected = {"connected_team_ids": list(one.shared_with)} if one.shared_with else {}
    return {
        "is_shared": one.is_shared,
        "is_ext_shared": bool(one.shared_with),
        "is_org_shared": bool(one.org_shared),
        "is_pending_ext_shared": bool(one.invited),
        "pending_shared": list(one.invited),
        "pending_connected_team_ids": list(one.invited),
        "context_team_id": slack.team.id,
        "shared_team_ids": [slack.team.id, *one.org_shared, *one.shared_with],
    } | connected


def group(slack: Slack, one: Group, with_users: bool = False, with_count: bool = False) -> JSON:
    shape: JSON = {
        "id": one.id,
        "team_id": slack.team.id,
        "is_usergroup": True,
        "is_subteam": True,
        "name": one.name,
        "handle": one.handle,
        "description": "",
        "date_delete": 1 if one.disabled else 0,
        "prefs": {"channels": [], "groups": []},
    }
    shape |= {"users": list(one.users)} if with_users else {}
    return shape | ({"user_count": len(one.users)} if with_count else {})


def message(slack: Slack, one: Message, with_metadata: bool = False) -> JSON:
    shape: JSON = {"type": "message", "user": one.user, "text": one.text, "ts": one.ts, "team": slack.team.id}
    if foreign := slack.team.users[one.user].team:
        shape |= {"team": foreign, "user_team": foreign, "source_team": foreign}
    if one.app_id:
        shape |= {"bot_id": one.bot_id, "app_id": one.app_id, "bot_profile": _bot_profile(slack, one.app_id)}
    optional = {
        "blocks": copy_of(one.blocks),
        "attachments": one.attachments,
        "files": one.files,
        "subtype": one.subtype,
        "edited": one.edited,
        "thread_ts": one.thread_ts,
        "metadata": one.metadata if with_metadata else None,
        "reactions": [{"name": k, "users": v, "count": len(v)} for k, v in one.reactions.items()],
    }
    shape |= {key: value for key, value in optional.items() if value}
    return shape | _thread(slack, one)


def _thread(slack: Slack, one: Message) -> JSON:
    home = slack.team.channels[one.channel]
    if one.is_reply:
        parent = home.message(one.thread_ts or "")
        return {"parent_user_id": parent.user} if parent else {}
    replies = [] if one.seen_by else home.replies_to(one.ts)
    if not replies:
        return {}
    return {
        "thread_ts": one.ts,
        "reply_count": len(replies),
        "reply_users": list(dict.fromkeys(reply.user for reply in replies)),
        "latest_reply": replies[-1].ts,
    }


def _bot_profile(slack: Slack, app_id: str) -> JSON:
    app = slack.team.apps[app_id]
    return {"id": app.bot_id, "app_id": app.id, "name": app.name, "team_id": slack.team.id, "deleted": False}


def view(slack: Slack, one: View) -> JSON:
    app = slack.team.apps[one.app_id]
    shape: JSON = {
        "id": one.id,
        "team_id": slack.team.id,
        "state": {"values": copy_of(one.values)},
        "hash": one.hash,
        "previous_view_id": one.previous,
        "root_view_id": one.root,
        "app_id": app.id,
        "app_installed_team_id": slack.team.id,
        "bot_id": app.bot_id,
    }
    blank = {"private_metadata": "", "callback_id": "", "external_id": "", "submit": None, "close": None}
    given: JSON = copy_of(one.definition)
    return shape | blank | {"clear_on_close": False, "notify_on_close": False} | given
