"""Finding what a caller may see, with Slack's errors for what it may not."""

from sandbox.errors import ApiError
from sandbox.state import Channel, Message, User
from sandbox.web_api.registry import Caller

READ = {"public": "channels:read", "private": "groups:read", "im": "im:read"}
HISTORY = {"public": "channels:history", "private": "groups:history", "im": "im:history"}


def channel(caller: Caller, key: str) -> Channel:
    """A channel by id. A private one that the app is not in does not exist for it."""
    found = caller.team.channels.get(key)
    if found is None or not may_see(caller, found):
        raise ApiError("channel_not_found")
    return found


def may_see(caller: Caller, one: Channel) -> bool:
    return one.kind == "public" or caller.user in one.members


def channel_to_post(caller: Caller, key: str) -> Channel:
    """Posting also takes a channel's name, or a user's id for their direct messages."""
    if key in caller.team.users:
        return caller.team.direct(caller.user, key)
    by_name = (one.id for one in caller.team.channels.values() if one.name == key.removeprefix("#"))
    found = channel(caller, key if key in caller.team.channels else next(by_name, key))
    if found.archived:
        raise ApiError("is_archived")
    if found.kind == "im" and any(caller.team.users[user].deleted for user in found.members):
        raise ApiError("channel_not_found")
    if caller.user not in found.members and "chat:write.public" not in caller.app.manifest.scopes:
        raise ApiError("not_in_channel")
    return found


def member_channel(caller: Caller, key: str) -> Channel:
    found = channel(caller, key)
    if caller.user not in found.members:
        raise ApiError("not_in_channel")
    return found


def message(found: Channel, ts: str) -> Message:
    one = found.message(ts)
    if one is None:
        raise ApiError("message_not_found")
    return one


def user(caller: Caller, key: str) -> User:
    if key not in caller.team.users:
        raise ApiError("user_not_found")
    return caller.team.users[key]
