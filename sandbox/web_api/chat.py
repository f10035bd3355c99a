"""chat.*"""

from sandbox import content, posting, shapes
from sandbox.errors import ApiError
from sandbox.limits import check_total
from sandbox.state import Channel, Message
from sandbox.web_api import lookup
from sandbox.web_api.args import Args
from sandbox.web_api.registry import Caller, method
from sandbox.wire import JSON

LONGEST_EDIT = 4000


@method("chat.postMessage")
def post_message(caller: Caller, args: Args) -> JSON:
    channel = lookup.channel_to_post(caller, args.required("channel"))
    said = content.checked(_said(args))
    check_total(said.get("blocks"), "msg_blocks_too_long")
    thread = _thread(channel, args)
    _take_turn(caller, channel)
    message = posting.by_app(
        caller.slack,
        caller.app,
        channel,
        said,
        thread_ts=thread,
        broadcast=args.flag("reply_broadcast"),
    )
    posting.post(caller.slack, message)
    return _posted(caller, message) | _warning(args)


@method("chat.postEphemeral")
def post_ephemeral(caller: Caller, args: Args) -> JSON:
    channel = lookup.channel_to_post(caller, args.required("channel"))
    user = args.required("user")
    if user not in channel.members:
        raise ApiError("user_not_in_channel")
    said = content.checked(_said(args))
    message = posting.by_app(
        caller.slack, caller.app, channel, said, seen_by=user, thread_ts=_thread(channel, args)
    )
    posting.post(caller.slack, message)
    return {"message_ts": message.ts}


@method("chat.update")
def update(caller: Caller, args: Args) -> JSON:
    channel = lookup.member_channel(caller, args.required("channel"))
    message = _own(caller, channel, args, "cant_update_message")
    if len(args.text("text") or "") > LONGEST_EDIT:
        raise ApiError("msg_too_long")
    said = content.checked(_said(args))
    check_total(said.get("blocks"), "msg_too_long")
    posting.edit(caller.slack, message, said)
    return {
        "channel": channel.id,
        "ts": message.ts,
        "text": message.text,
        "message": shapes.message(caller.slack, message, with_metadata=True),
    }


@method("chat.delete")
def delete(caller: Caller, args: Args) -> JSON:
    channel = lookup.member_channel(caller, args.required("channel"))
    message = _own(caller, channel, args, "cant_delete_message")
    posting.delete(caller.slack, message)
    return {"channel": channel.id, "ts": message.ts}


@method("chat.getPermalink")
def get_permalink(caller: Caller, args: Args) -> JSON:
    channel = lookup.channel(caller, args.required("channel"))
    message = lookup.message(channel, args.required("message_ts"))
    link = f"https://{caller.team.domain}.slack.com/archives/{channel.id}/p{message.ts.replace('.', '')}"
    thread = f"?thread_ts={message.thread_ts}&cid={channel.id}" if message.is_reply else ""
    return {"channel": channel.id, "permalink": link + thread}


def _said(args: Args) -> JSON:
    return {
        "text": args.text("text") or args.text("markdown_text"),
        "blocks": args.decoded("blocks", "invalid_blocks_format"),
        "attachments": args.decoded("attachments", "invalid_attachments"),
        "metadata": args.decoded("metadata", "invalid_metadata_format"),
    }


def _posted(caller: Caller, message: Message) -> JSON:
    shape = shapes.message(caller.slack, message, with_metadata=True)
    return {"channel": message.channel, "ts": message.ts, "message": shape}


def _warning(args: Args) -> JSON:
    if len(args.text("text") or "") <= content.TRUNCATED_AT:
        return {}
    return {"warning": "message_truncated", "response_metadata": {"warnings": ["message_truncated"]}}


def _thread(channel: Channel, args: Args) -> str | None:
    thread = args.text("thread_ts")
    parent = channel.message(thread) if thread else None
    if thread and (parent is None or parent.is_reply):
        raise ApiError("cannot_reply_to_message")
    if parent and parent.locked:
        raise ApiError("restricted_action_thread_locked")
    return thread


def _own(caller: Caller, channel: Channel, args: Args, error: str) -> Message:
    message = lookup.message(channel, args.required("ts"))
    if message.app_id != caller.app.id:
        raise ApiError(error)
    return message


def _take_turn(caller: Caller, channel: Channel) -> None:
    settings = caller.slack.settings
    if settings.rate_limits:
        caller.slack.rates.take_post(caller.app.id, channel.id, settings.post_burst, settings.rate_scale)
