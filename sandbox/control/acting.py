"""Acting as a person: only what Slack's own screens would let them do."""

from collections.abc import Awaitable, Callable

from sandbox import events, posting
from sandbox.control import administering
from sandbox.errors import NotPossible
from sandbox.escaping import sent
from sandbox.interactions import actions, commands, shortcuts, submissions
from sandbox.interactions.ask import outcome
from sandbox.interactions.surface import Surface, on_message, on_view
from sandbox.slack import Slack
from sandbox.state import Channel, Message, User, View
from sandbox.typed import as_blocks
from sandbox.wire import JSON


async def act(slack: Slack, ask: JSON) -> JSON:
    deed = DEEDS.get(str(ask.get("do")))
    if deed is None:
        raise NotPossible(f"people do {', '.join(DEEDS)}; not {ask.get('do')!r}")
    return await deed(slack, slack.team.user(ask["person"]), ask)


async def type_(slack: Slack, user: User, ask: JSON) -> JSON:
    channel, text, thread = _channel(slack, user, ask), str(ask["text"]), ask.get("thread")
    if text.startswith("/"):
        if thread:
            raise NotPossible("slash commands do not work in threads")
        return await commands.run(slack, user, channel, text)
    if thread and channel.message(thread) is None:
        raise NotPossible("there is no such thread")
    message = posting.post(slack, _typed(slack, user, channel, ask))
    return outcome(None, ts=message.ts, channel=channel.id)


async def use(slack: Slack, user: User, ask: JSON) -> JSON:
    surface = _surface(slack, user, ask)
    return await actions.use(
        surface,
        ask["action_id"],
        ask.get("choice"),
        ask.get("block_id"),
        ask.get("confirm"),
        ask.get("typed", ""),
    )


async def fill(slack: Slack, user: User, ask: JSON) -> JSON:
    """`values` by block id and action id, or by action id alone."""
    surface = _surface(slack, user, ask)
    telling = []
    for key, value in ask["values"].items():
        inner = value.items() if isinstance(value, dict) else [(key, value)]
        block_id = key if isinstance(value, dict) else None
        for action_id, choice in inner:
            telling += actions.fill(surface, action_id, choice, block_id)
    told = [await actions.tell(surface, place) for place in telling]
    return outcome(next((each["error"] for each in told if each["error"]), None))


async def submit(slack: Slack, user: User, ask: JSON) -> JSON:
    if ask.get("values"):
        await fill(slack, user, ask)
    return await submissions.submit(slack, _modal(slack, user))


async def close(slack: Slack, user: User, ask: JSON) -> JSON:
    return await submissions.close(slack, _modal(slack, user), bool(ask.get("everything")))


async def open_home(slack: Slack, user: User, ask: JSON) -> JSON:
    app = slack.team.app(ask.get("app"))
    if not app.manifest.has_home:
        raise NotPossible(f"{app.name} has no home page")
    events.home_opened(slack, app, user.id, ask.get("tab", "home"))
    return outcome(None)


async def shortcut(slack: Slack, user: User, ask: JSON) -> JSON:
    if "channel" not in ask:
        return await shortcuts.from_anywhere(slack, user.id, ask["callback_id"])
    message = _message(slack, user, ask)
    return await shortcuts.on_message(slack, user.id, ask["callback_id"], message)


async def options(slack: Slack, user: User, ask: JSON) -> JSON:
    surface = _surface(slack, user, ask)
    found = await actions.options(surface, ask["action_id"], ask.get("typed", ""), ask.get("block_id"))
    return outcome(None, options=found)


async def join(slack: Slack, user: User, ask: JSON) -> JSON:
    """Joins a channel; with `invite`, brings another one in."""
    channel = slack.team.channel(ask["channel"])
    if "invite" in ask:
        posting.join(slack, _channel(slack, user, ask), [slack.team.user(ask["invite"]).id], user.id)
    elif channel.kind != "public":
        raise NotPossible(f"{channel.name} is by invitation")
    else:
        posting.join(slack, channel, [user.id])
    return outcome(None)


async def leave(slack: Slack, user: User, ask: JSON) -> JSON:
    """Leaves a channel; with `remove`, puts another one, or the bot, out of it."""
    channel = _channel(slack, user, ask)
    gone = slack.team.user(ask["remove"]).id if "remove" in ask else user.id
    if gone not in channel.members:
        raise NotPossible(f"{ask['remove']} is not in {channel.name}")
    channel.members.remove(gone)
    slack.noted("left", channel=channel.id, user=gone)
    events.left(slack, channel, gone)
    return outcome(None)


async def archive(slack: Slack, user: User, ask: JSON) -> JSON:
    """Archives a channel; with `back`, brings it back with everybody in it."""
    channel = _channel(slack, user, ask)
    channel.archived = not ask.get("back")
    slack.noted("archived", channel=channel.id, archived=channel.archived)
    events.archived(slack, channel, user.id)
    return outcome(None)


async def do_not_disturb(slack: Slack, user: User, ask: JSON) -> JSON:
    """For so many `seconds` from now, or from `after` seconds on; without any, no longer."""
    now, seconds = int(slack.clock.now()), int(ask.get("seconds", 0))
    start = now + int(ask.get("after", 0))
    user.quiet = (start, start + seconds) if seconds else None
    slack.noted("quiet", user=user.id)
    events.quiet_changed(slack, user)
    return outcome(None)


async def lock(slack: Slack, user: User, ask: JSON) -> JSON:
    """An admin lets nobody answer in this thread any more."""
    _message(slack, user, ask).locked = True
    return outcome(None)


async def edit(slack: Slack, user: User, ask: JSON) -> JSON:
    message = _own(slack, user, ask)
    posting.edit(slack, message, {"text": sent(ask["text"]), "blocks": as_blocks(ask["text"])})
    return outcome(None)


async def delete(slack: Slack, user: User, ask: JSON) -> JSON:
    posting.delete(slack, _own(slack, user, ask))
    return outcome(None)


DEEDS: dict[str, Callable[[Slack, User, JSON], Awaitable[JSON]]] = {
    "type": type_,
    "use": use,
    "fill": fill,
    "submit": submit,
    "close": close,
    "open_home": open_home,
    "shortcut": shortcut,
    "options": options,
    "join": join,
    "leave": leave,
    "archive": archive,
    "do_not_disturb": do_not_disturb,
    "lock": lock,
    "edit": edit,
    "delete": delete,
    **administering.DEEDS,
}


def _typed(slack: Slack, user: User, channel: Channel, ask: JSON) -> Message:
    """`files`: names of what is attached; `broadcast`: a reply that is sent to the channel, too."""
    ts, text, broadcast = slack.team.next_ts(), str(ask["text"]), bool(ask.get("broadcast"))
    files = [{"id": slack.team.ids.next("F"), "name": name, "title": name} for name in ask.get("files", ())]
    return Message(
        ts,
        channel.id,
        user.id,
        sent(text),
        as_blocks(text, f"b{ts}") if text else [],
        thread_ts=ask.get("thread"),
        broadcast=broadcast,
        files=files,
        subtype="file_share" if files else "thread_broadcast" if broadcast else None,
    )


def _channel(slack: Slack, user: User, ask: JSON) -> Channel:
    """A channel by id or name; a person's or a bot's name means their direct messages."""
    where = str(ask["channel"])
    if where.startswith("@"):
        return slack.team.direct(user.id, slack.team.user(where[1:]).id)
    channel = slack.team.channel(where)
    if user.id not in channel.members:
        raise NotPossible(f"{user.name} is not in {channel.name}")
    return channel


def _message(slack: Slack, user: User, ask: JSON) -> Message:
    channel = _channel(slack, user, ask)
    message = slack.team.find_message(channel.id, str(ask["ts"]))
    if message is None or not message.is_for(user.id):
        raise NotPossible("there is no such message")
    return message


def _own(slack: Slack, user: User, ask: JSON) -> Message:
    message = _message(slack, user, ask)
    if message.user != user.id:
        raise NotPossible("people change only their own messages")
    return message


def _surface(slack: Slack, user: User, ask: JSON) -> Surface:
    if "ts" in ask:
        _nothing_in_front(slack, user)
        return on_message(slack, user.id, _message(slack, user, ask))
    if ask.get("home"):
        _nothing_in_front(slack, user)
        return on_view(slack, _home(slack, user, ask.get("app")))
    return on_view(slack, _modal(slack, user))


def _nothing_in_front(slack: Slack, user: User) -> None:
    if slack.team.views.top(user.id):
        raise NotPossible("a modal is in front of it")


def _modal(slack: Slack, user: User) -> View:
    view = slack.team.views.top(user.id)
    if view is None:
        raise NotPossible(f"{user.name} has no modal open")
    return view


def _home(slack: Slack, user: User, app: str | None) -> View:
    view = slack.team.views.homes.get((slack.team.app(app).id, user.id))
    if view is None:
        raise NotPossible(f"the app has published no home page for {user.name}")
    return view
