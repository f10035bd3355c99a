"""What an app says back to an interaction: in an acknowledgement or through a response url."""

from typing import Any

from sandbox import content, posting
from sandbox.errors import ApiError
from sandbox.slack import Slack
from sandbox.state import App, Channel, Message, ResponseUrl
from sandbox.wire import JSON


def say(slack: Slack, app: App, channel: Channel, user: str, said: JSON) -> Message:
    only_for = None if said.get("response_type") == "in_channel" else user
    message = posting.by_app(
        slack, app, channel, content.checked(said), seen_by=only_for, thread_ts=said.get("thread_ts")
    )
    return posting.post(slack, message)


def respond(slack: Slack, url_id: str, said: Any) -> None:
    """A post to a response url."""
    if not isinstance(said, dict):
        raise ApiError("invalid_payload")
    url = slack.team.passes.take_response_url(url_id, slack.clock.now())
    app, channel = slack.team.apps[url.app_id], slack.team.channels[url.channel]
    if said.get("delete_original"):
        posting.delete(slack, _original(slack, url))
    elif said.get("replace_original"):
        posting.edit(slack, _original(slack, url), {"blocks": [], **content.checked(said)})
    else:
        say(slack, app, channel, url.user, said)


def _original(slack: Slack, url: ResponseUrl) -> Message:
    message = slack.team.find_message(url.channel, url.message_ts or "")
    if message is None:
        raise ApiError("message_not_found")
    return message
