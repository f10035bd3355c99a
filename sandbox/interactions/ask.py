"""Asking an app, while a person waits."""

from typing import Any

from sandbox.errors import NotDelivered
from sandbox.slack import Slack
from sandbox.sockets.envelope import Envelope
from sandbox.state import App
from sandbox.wire import JSON

WHAT_PEOPLE_SEE = {"timeout": "operation_timeout", "http_timeout": "operation_timeout"}


async def ask(slack: Slack, app: App, user: str, envelope: Envelope) -> tuple[Any, str | None]:
    """The app's answer, and the error that the person sees when there is none."""
    try:
        return await slack.courier.deliver(app, envelope, slack.settings), None
    except NotDelivered as problem:
        error = WHAT_PEOPLE_SEE.get(problem.reason, "dispatch_failed")
        slack.team.trouble(user, error, envelope.type)
        return None, error


def outcome(error: str | None, **more: Any) -> JSON:
    return {"acked": error is None, "error": error, **more}
