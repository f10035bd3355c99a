"""Putting messages into channels, changing them, and whose phone that lights up."""

from collections.abc import Iterable
from typing import Any

from sandbox import events, shapes
from sandbox.blocks import mentions, with_ids
from sandbox.slack import Slack
from sandbox.state import App, Channel, Message
from sandbox.wire import JSON


def by_app(slack: Slack, app: App, channel: Channel, content: JSON, **more: Any) -> Message:
    """A message of the app; `content` has been checked."""
    return Message(
        ts=slack.team.next_ts(),
        channel=channel.id,
        user=app.bot_user,
        text=content.get("text") or "",
        blocks=with_ids(content.get("blocks") or [], slack.team.ids),
        attachments=content.get("attachments") or [],
        metadata=content.get("metadata"),
        app_id=app.id,
        bot_id=app.bot_id,
        **more,
    )


def post(slack: Slack, message: Message) -> Message:
    slack.team.channels[message.channel].add(message)
    note(slack, "posted", message)
    if message.seen_by is None:
        notify(slack, message)
        events.posted(slack, message)
    return message


def edit(slack: Slack, message: Message, content: JSON) -> Message:
    before = shapes.message(slack, message, with_metadata=True)
    _change(slack, message, content)
    message.edited = {"user": message.user, "ts": slack.team.next_ts()}
    note(slack, "edited", message)
    if message.seen_by is None:
        events.edited(slack, message, before)
    return message


def delete(slack: Slack, message: Message) -> None:
    before = shapes.message(slack, message, with_metadata=True)
    message.deleted = True
    note(slack, "deleted", message)
    if message.seen_by is None:
        events.deleted(slack, message, before)


def join(slack: Slack, channel: Channel, users: Iterable[str], inviter: str | None = None) -> None:
    for user in users:
        if user not in channel.members:
            channel.members.append(user)
            slack.team.changes.note("joined", channel=channel.id, user=user)
            events.joined(slack, channel, user, inviter)


def notify(slack: Slack, message: Message) -> None:
    """What phones show: only the text, and only to whom it concerns."""
    for user in sorted(_concerned(slack, message) - {message.user}):
        slack.team.notifications.append(
            {"user": user, "channel": message.channel, "ts": message.ts, "text": message.text}
        )
        slack.team.changes.note("notified", user=user, channel=message.channel, ts=message.ts)


def note(slack: Slack, kind: str, message: Message) -> None:
    slack.team.changes.note(
        kind, channel=message.channel, ts=message.ts, user=message.user, seen_by=message.seen_by
    )


def _change(slack: Slack, message: Message, content: JSON) -> None:
    """A part that is not given stays; an empty list of blocks removes them."""
    if content.get("text") is not None:
        message.text = content["text"]
    if content.get("blocks") is not None:
        message.blocks = with_ids(content["blocks"], slack.team.ids)
    if content.get("attachments") is not None:
        message.attachments = content["attachments"]
    if content.get("metadata") is not None:
        message.metadata = content["metadata"]


def _concerned(slack: Slack, message: Message) -> set[str]:
    channel = slack.team.channels[message.channel]
    members = {user for user in channel.members if not slack.team.users[user].is_bot}
    if channel.kind == "im":
        return members
    named = mentions(message.text, message.blocks)
    if "channel" in named:
        return members
    grouped = {user for group in named for user in _in_group(slack, group)}
    return members & (named | grouped | _in_thread(channel, message))


def _in_group(slack: Slack, group_id: str) -> list[str]:
    group = slack.team.groups.get(group_id)
    return group.users if group and not group.disabled else []


def _in_thread(channel: Channel, message: Message) -> set[str]:
    if not message.is_reply or message.thread_ts is None:
        return set()
    parent = channel.message(message.thread_ts)
    others = [reply for reply in channel.replies_to(message.thread_ts) if reply is not message]
    return {each.user for each in ([parent] if parent else []) + others}
