"""What administrators do to channels, people and groups. The local Slack lets everybody do it."""

from collections.abc import Awaitable, Callable

from sandbox import events, posting
from sandbox.errors import NotPossible
from sandbox.interactions.ask import outcome
from sandbox.slack import Slack
from sandbox.state import Channel, Message, User
from sandbox.wire import JSON

_CONVERTED = {
    "public": "made this channel *public*. Any member in this workspace can see and join it.",
    "private": "made this channel *private*. Now, it can only be viewed or joined by invitation.",
}


async def convert(slack: Slack, user: User, ask: JSON) -> JSON:
    """Makes a channel public, or private. Slack sends no event of it: the channel is told by a message."""
    channel, kind = slack.team.channel(ask["channel"]), ask["kind"]
    if kind not in _CONVERTED:
        raise NotPossible(f"a channel is made public or private, not {kind!r}")
    if channel.kind == kind:
        raise NotPossible(f"{channel.name} is {kind} already")
    channel.kind = kind
    slack.noted("converted", channel=channel.id, to=kind)
    said = Message(
        slack.team.next_ts(),
        channel.id,
        user.id,
        _CONVERTED[kind],
        subtype=f"channel_convert_to_{kind}",
    )
    posting.post(slack, said)
    return outcome(None)


async def share(slack: Slack, _user: User, ask: JSON) -> JSON:
    """With the organisation `team`: at once, or where `pending`, once it accepts; with `team` of one's own, `org`."""
    channel, team = slack.team.channel(ask["channel"]), str(ask["team"])
    if ask.get("org"):
        channel.org_shared.append(team)
    elif ask.get("pending"):
        channel.invited.append(team)
    else:
        channel.invited = [each for each in channel.invited if each != team]
        channel.shared_with.append(team)
        events.shared(slack, channel, team)
    slack.noted("shared", channel=channel.id, team=team)
    return outcome(None)


async def unshare(slack: Slack, _user: User, ask: JSON) -> JSON:
    """With nobody any more, invited or not; their people are no longer in it."""
    channel = slack.team.channel(ask["channel"])
    gone = _end(slack, channel)
    slack.noted("unshared", channel=channel.id)
    for team in gone:
        events.unshared(slack, channel, team)
    return outcome(None)


def _end(slack: Slack, channel: Channel) -> list[str]:
    gone, channel.shared_with, channel.invited, channel.org_shared = channel.shared_with, [], [], []
    strangers = [member for member in channel.members if slack.team.users[member].team in gone]
    channel.members = [member for member in channel.members if member not in strangers]
    return gone


async def deactivate(slack: Slack, _user: User, ask: JSON) -> JSON:
    """An account; with `back`, it is active again. It stays where it was: in its channels and groups."""
    whose = slack.team.user(ask["whose"])
    whose.deleted = not ask.get("back")
    slack.noted("deactivated", user=whose.id)
    events.person_changed(slack, whose)
    return outcome(None)


async def regroup(slack: Slack, _user: User, ask: JSON) -> JSON:
    """A user group is `users` from now on."""
    group = slack.team.group(ask["group"])
    before, group.users = group.users, [slack.team.user(each).id for each in ask["users"]]
    slack.noted("regrouped", group=group.id)
    events.group_changed(slack, group, before)
    return outcome(None)


DEEDS: dict[str, Callable[[Slack, User, JSON], Awaitable[JSON]]] = {
    "convert": convert,
    "share": share,
    "unshare": unshare,
    "deactivate": deactivate,
    "regroup": regroup,
}
