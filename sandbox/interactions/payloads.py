"""The parts that every interaction's payload has."""

from sandbox import shapes
from sandbox.slack import Slack
from sandbox.state import App, Channel, Message, ResponseUrl, Trigger
from sandbox.wire import JSON


def base(slack: Slack, app: App, user: str, kind: str) -> JSON:
    return {
        "type": kind,
        "team": {"id": slack.team.id, "domain": slack.team.domain},
        "user": person(slack, user),
        "api_app_id": app.id,
        "token": app.verification_token,
        "enterprise": None,
        "is_enterprise_install": False,
    }


def person(slack: Slack, user: str) -> JSON:
    one = slack.team.users[user]
    return {"id": one.id, "username": one.name, "name": one.name, "team_id": one.team or slack.team.id}


def channel(one: Channel) -> JSON:
    return {"id": one.id, "name": "directmessage" if one.kind == "im" else one.name}


def trigger(slack: Slack, app: App, user: str, from_view: str | None = None) -> str:
    expires = slack.clock.now() + slack.settings.trigger_seconds
    number = slack.team.ids.next("")
    made = Trigger(f"{int(expires * 1000)}.{slack.team.id}.{number}", app.id, user, expires, from_view)
    slack.team.passes.triggers[made.id] = made
    return made.id


def response_url(slack: Slack, app: App, user: str, where: Channel, message: Message | None = None) -> str:
    url_id = f"{app.id}/{slack.team.ids.next('')}"
    slack.team.passes.response_urls[url_id] = ResponseUrl(
        id=url_id,
        app_id=app.id,
        channel=where.id,
        user=user,
        expires=slack.clock.now() + slack.settings.response_url_seconds,
        uses_left=slack.settings.response_url_uses,
        message_ts=message.ts if message else None,
    )
    return f"{slack.base_url}/response/{url_id}"


def of_message(slack: Slack, message: Message) -> JSON:
    """A message as interactions carry it."""
    place = slack.team.channels[message.channel]
    container: JSON = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": place.id,
        "is_ephemeral": message.seen_by is not None,
    } | ({"thread_ts": message.thread_ts} if message.thread_ts else {})
    return {
        "container": container,
        "channel": channel(place),
        "message": shapes.message(slack, message, with_metadata=True),
    }
