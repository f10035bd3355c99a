"""Every request first comes through here: have we seen it before, and who is it?

Slack sends an event again until it is acknowledged, and may send anything twice. A second envelope of a command or a
press is not answered at all: its first one is being answered, and an empty answer might overtake that. What is typed
into an open form may come as often as it likes: it crowds no press out of memory, and asks nothing of the record.
"""

from collections.abc import Callable
from http.client import HTTPException
from typing import Any

import structlog
from slack_bolt import BoltContext, BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.middleware import Middleware
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from bot.deadline import Deadline, within
from bot.domain.people import AccountKind
from bot.views import ids
from bot.views.wording import access_words
from handlers import request_shape
from handlers.dependencies import Body, Dependencies
from handlers.errors import NotDone, NotShown

DEADLINE = "deadline"  # of the request, in its context
log = structlog.get_logger()
_HARMLESS_TWICE = frozenset({ids.VALUE, ids.LIVE})
_ANSWERED_ALREADY = BoltResponse(status=200)
_LEAVE_UNANSWERED = 409  # Socket Mode answers 200s only
_MISSHAPEN = 400


class Gate:
    """Lets in what has the shape of something that Slack sends. `refused` counts what has not.

    An event is taken nonetheless, or it would come three times more; of anything else Slack itself says to whoever
    pressed or typed that it failed, and keeps the form and their words.
    """

    def __init__(self, refused: Callable[[], object] = lambda: None) -> None:
        self._refused = refused

    def answer(self, body: object) -> BoltResponse | None:
        """None where it may come in. In no listener's and in none of Bolt's hands yet: neither expects less."""
        if not (trouble := request_shape.trouble_with(body)):
            return None
        log.warning("a request of no known shape", at=trouble)
        self._refused()
        is_event = isinstance(body, dict) and "event" in body
        return BoltResponse(status=200 if is_event else _MISSHAPEN)

    def look(self, body: Body, _: BoltContext) -> BoltResponse | None:
        return self.answer(body)


Look = Callable[[Body, BoltContext], BoltResponse | None]
"""At a request, before its listener: what refuses it, or None. It may raise NotDone."""


class Looks(Middleware):
    """All in one: for a function of its own, Bolt gathers thirty arguments."""

    def __init__(self, *looks: Look) -> None:
        self._looks = looks

    def process(
        self,
        *,
        req: BoltRequest,
        resp: BoltResponse,  # noqa: ARG002 - Bolt hands it over by name
        next: Callable[[], BoltResponse],
    ) -> BoltResponse | None:
        for look in self._looks:
            if refusal := look(req.body, req.context):
                return refusal
        return next()


def only_once(deps: Dependencies) -> Look:
    def look(body: Body, context: BoltContext) -> BoltResponse | None:
        request = request_of(body)
        deadline = Deadline(deps.slack_waits, deps.monotonic, request or "")
        context[DEADLINE] = deadline
        with within(deadline):
            if request and deps.ask(lambda: deps.requests.seen_before(request, deps.machine_ms())):
                is_event = "event_id" in body
                return _ANSWERED_ALREADY if is_event else BoltResponse(status=_LEAVE_UNANSWERED)
        return None

    return look


def submissions(deps: Dependencies) -> Look:
    """Each is noted before it is answered (`handlers/submitted_views.py`)."""

    def look(body: Body, _: BoltContext) -> None:
        if body.get("type") == "view_submission":
            deps.submitted.note(body["view"]["id"])

    return look


def only_of(workspaces: Callable[[], frozenset[str]]) -> Look:
    """Whoever asks from another workspace, as in a shared channel, is nobody, whatever the list of people says."""

    def look(body: Body, _: BoltContext) -> None:
        from_there = workspace_of(body)
        if from_there and from_there not in workspaces():
            log.info("refused", because="another-workspace", by=person_of(body))
            raise NotDone(access_words.nobody(AccountKind.STRANGER, 0.0))

    return look


def workspace_of(body: Body) -> str:
    """Whose person it is that typed, pressed or wrote; "" where Slack does not say."""
    user, event = body.get("user"), body.get("event")
    if isinstance(event, dict):
        return str(event.get("user_team") or event.get("source_team") or event.get("team") or "")
    found = user.get("team_id") if isinstance(user, dict) else body.get("team_id")
    return str(found or "")


def channel_of(body: Body) -> str:
    """In which it was typed or pressed; "" where it was in none, as on a home page."""
    found = body.get("channel") or body.get("channel_id") or body.get("event", {}).get("channel")
    return str(found.get("id", "") if isinstance(found, dict) else found or "")


def request_of(body: Body) -> str | None:
    """Slack's own id for this request: no personal data in it. None where it may come twice."""
    if any(action["action_id"] in _HARMLESS_TWICE for action in body.get("actions", ())):
        return None
    found = body.get("event_id") or body.get("trigger_id")
    return str(found) if found else None


def person_of(body: Body) -> str:
    """The id of who typed, pressed or wrote."""
    user: Any = body.get("user")
    if isinstance(user, dict):
        return str(user["id"])
    return str(user or body.get("user_id") or body.get("event", {}).get("user") or "")


def made_at(body: Body) -> float:
    """Slack's own time of a press, a key or an event, in seconds: two of them may overtake each other on the way."""
    made = body["actions"][0]["action_ts"] if "actions" in body else body["event"]["event_ts"]
    return float(made)


def value_of(body: Body) -> str:
    """What the button that was pressed carries; "" for none."""
    return str(body["actions"][0].get("value", ""))


# Who the bot is in Slack: asked for before the socket opens, and handed to Bolt with each request.


class Identity:
    def __init__(self, client: WebClient) -> None:
        self._client = client
        self._known: AuthorizeResult | None = None

    def learn(self) -> AuthorizeResult:
        """Raises SlackClientError, OSError or HTTPException."""
        answer = self._client.auth_test()
        self._known = AuthorizeResult.from_auth_test_response(
            bot_token=self._client.token, auth_test_response=answer
        )
        return self._known

    def workspace(self) -> str:
        """That it is installed in. Raises NotShown."""
        return str(self.authorize().team_id)

    def authorize(self) -> AuthorizeResult:
        """For Bolt. Only where no socket was opened, as behind a gateway, is it asked for here. Raises NotShown."""
        try:
            return self._known or self.learn()
        except (SlackClientError, OSError, HTTPException) as error:
            raise NotShown("auth.test") from error
