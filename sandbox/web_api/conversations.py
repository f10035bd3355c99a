"""conversations.* and users.conversations"""

import re
from collections.abc import Callable

from sandbox import posting, shapes
from sandbox.errors import ApiError
from sandbox.state import Channel, Message
from sandbox.web_api import lookup
from sandbox.web_api.args import Args
from sandbox.web_api.paging import page
from sandbox.web_api.registry import Caller, method
from sandbox.wire import JSON

TYPES = {"public_channel": "public", "private_channel": "private", "im": "im", "mpim": "mpim"}
INVITE = {
    "public": ("channels:manage", "channels:write.invites"),
    "private": ("groups:write", "groups:write.invites"),
    "im": ("im:write",),
}
TS = re.compile(r"\d+(\.\d+)?")


@method("conversations.list")
def list_(caller: Caller, args: Args) -> JSON:
    return _listed(caller, args, lambda channel: lookup.may_see(caller, channel))


@method("users.conversations")
def of_user(caller: Caller, args: Args) -> JSON:
    user = lookup.user(caller, args.text("user") or caller.user)
    return _listed(caller, args, lambda one: user.id in one.members and lookup.may_see(caller, one))


@method("conversations.info")
def info(caller: Caller, args: Args) -> JSON:
    channel = _readable(caller, args)
    return {"channel": shapes.channel(caller.slack, channel, caller.user)}


@method("conversations.members")
def members(caller: Caller, args: Args) -> JSON:
    shown, more = page(_readable(caller, args).members, args)
    return {"members": shown} | more


@method("conversations.history")
def history(caller: Caller, args: Args) -> JSON:
    channel = _with_history(caller, args)
    in_channel = [one for one in channel.lasting() if not one.is_reply or one.broadcast]
    newest_first = [one for one in reversed(in_channel) if _within(one, args)]
    return _messages(caller, args, newest_first)


@method("conversations.replies")
def replies(caller: Caller, args: Args) -> JSON:
    channel = _with_history(caller, args)
    parent = channel.message(args.required("ts"))
    if parent is None:
        raise ApiError("thread_not_found")
    thread = channel.replies_to(parent.ts)
    return _messages(caller, args, [parent] + [one for one in thread if _within(one, args)])


@method("conversations.open")
def open_(caller: Caller, args: Args) -> JSON:
    caller.needs("im:write")
    channel = _opened(caller, args)
    return {
        "channel": shapes.channel(caller.slack, channel, caller.user)
        if args.flag("return_im")
        else {"id": channel.id}
    }


@method("conversations.join")
def join(caller: Caller, args: Args) -> JSON:
    channel = lookup.channel(caller, args.required("channel"))
    if channel.kind != "public":
        raise ApiError("method_not_supported_for_channel_type")
    _not_archived(channel)
    posting.join(caller.slack, channel, [caller.user])
    return {"channel": shapes.channel(caller.slack, channel, caller.user)}


@method("conversations.invite")
def invite(caller: Caller, args: Args) -> JSON:
    channel = lookup.member_channel(caller, args.required("channel"))
    private = channel.kind == "private"
    caller.needs(
        *(
            ("groups:write", "groups:write.invites")
            if private
            else ("channels:manage", "channels:write.invites")
        )
    )
    _not_archived(channel)
    users = [lookup.user(caller, user).id for user in args.names("users")]
    _may_be_invited(caller, channel, users)
    posting.join(caller.slack, channel, users, inviter=caller.user)
    return {"channel": shapes.channel(caller.slack, channel, caller.user)}


def _listed(caller: Caller, args: Args, wanted: Callable[[Channel], bool]) -> JSON:
    kinds = [_kind(name) for name in args.names("types") or ["public_channel"]]
    for kind in kinds:
        caller.needs(lookup.READ.get(kind, f"{kind}:read"))
    found = [one for one in caller.team.channels.values() if one.kind in kinds and wanted(one)]
    if args.flag("exclude_archived"):
        found = [one for one in found if not one.archived]
    shown, more = page(found, args)
    return {"channels": [shapes.channel(caller.slack, one, caller.user) for one in shown]} | more


def _kind(name: str) -> str:
    if name not in TYPES:
        raise ApiError("invalid_types")
    return TYPES[name]


def _readable(caller: Caller, args: Args) -> Channel:
    channel = lookup.channel(caller, args.required("channel"))
    caller.needs(lookup.READ[channel.kind])
    return channel


def _with_history(caller: Caller, args: Args) -> Channel:
    channel = lookup.member_channel(caller, args.required("channel"))
    caller.needs(lookup.HISTORY[channel.kind])
    for bound in ("oldest", "latest"):
        if args.has(bound) and not TS.fullmatch(args.text(bound) or ""):
            raise ApiError(f"invalid_ts_{bound}")
    return channel


def _within(message: Message, args: Args) -> bool:
    at, inclusive = float(message.ts), args.flag("inclusive")
    oldest, latest = float(args.text("oldest") or 0), float(args.text("latest") or "inf")
    on_a_bound = inclusive and at in (oldest, latest)
    return on_a_bound or oldest < at < latest


def _messages(caller: Caller, args: Args, messages: list[Message]) -> JSON:
    shown, more = page(messages, args, most=999)
    metadata = args.flag("include_all_metadata")
    written = [shapes.message(caller.slack, one, metadata) for one in shown]
    has_more = bool(more["response_metadata"]["next_cursor"])
    return {"messages": written, "has_more": has_more} | (more if has_more else {})


def _opened(caller: Caller, args: Args) -> Channel:
    if args.has("channel"):
        return lookup.member_channel(caller, args.required("channel"))
    users = args.names("users")
    if not users:
        raise ApiError("users_list_not_supplied")
    if len(users) > 1:
        raise ApiError("method_not_supported_for_channel_type")
    user = lookup.user(caller, users[0])
    if user.deleted:
        raise ApiError("user_disabled")
    return caller.team.direct(caller.user, user.id)


def _not_archived(channel: Channel) -> None:
    if channel.archived:
        raise ApiError("is_archived")


def _may_be_invited(caller: Caller, channel: Channel, users: list[str]) -> None:
    if not users:
        raise ApiError("no_user")
    if caller.user in users:
        raise ApiError("cant_invite_self")
    if set(users) & set(channel.members):
        raise ApiError("already_in_channel")
