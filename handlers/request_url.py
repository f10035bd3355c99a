"""Slack behind a gateway: what comes to the app's Request URL, looked at before Bolt does.

Nothing is read of a body that Slack has not signed, that is older than five minutes, or that has come before
(docs.slack.dev, "Verifying requests from Slack"). What is signed and yet makes no sense is answered 400. An answer has
Slack's words in it or none: no page tells what runs here.
"""

import json
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from threading import Lock
from typing import Any
from urllib.parse import parse_qsl

import structlog
from slack_bolt import App, BoltRequest, BoltResponse
from slack_sdk.signature import Clock, SignatureVerifier

from bot.time import MachineClock
from handlers.dependencies import Body
from handlers.intake import Gate

_OLD = 5 * 60  # seconds: Slack's own
_FORM = "application/x-www-form-urlencoded"
_ASKED_BY_SLACK = ("challenge", "ssl_check")  # of no person: Bolt answers them

log = structlog.get_logger()

StartResponse = Callable[[str, list[tuple[str, str]]], object]


class RequestUrl:
    """A WSGI application. `refused` counts what did not come from Slack, or came again."""

    def __init__(
        self,
        app: App,
        signing_secret: str,
        gate: Gate,
        machine: MachineClock,
        path: str,
        *,
        heard: Callable[[Body], None] = lambda _: None,
        refused: Callable[[], object] = lambda: None,
    ) -> None:
        """`heard` is told of each request before it is answered. It may be called by several threads at once."""
        self._app = app
        self._gate = gate
        self._path = path
        self._heard = heard
        self._refused = refused
        self._signed = Signatures(signing_secret, machine)

    def __call__(self, environ: Mapping[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        try:
            answer = self._answer(environ)
        except Exception as error:  # noqa: BLE001 - whatever it is, Slack says to the person that it failed
            log.error("a request failed", why=type(error).__name__)
            answer = BoltResponse(status=500)
        headers = [(name, value) for name, values in answer.headers.items() for value in values]
        start_response(f"{answer.status} {_REASON.get(answer.status, '')}", headers)
        return [(answer.body or "").encode()]

    def _answer(self, environ: Mapping[str, Any]) -> BoltResponse:
        if environ["PATH_INFO"] != self._path:
            return BoltResponse(status=404)
        if environ["REQUEST_METHOD"] != "POST":
            return BoltResponse(status=405)
        text, headers = _read(environ), _headers(environ)
        if why := self._signed.trouble_with(text, headers):
            log.warning("a request that is not taken for Slack's", why=why)
            self._refused()
            return BoltResponse(status=401)
        body = _understood(text, headers["content-type"])
        if body is None:
            return BoltResponse(status=400)
        if not any(word in body for word in _ASKED_BY_SLACK):
            if refusal := self._gate.answer(body):
                return refusal
            self._heard(body)
        return self._app.dispatch(BoltRequest(body=text, headers=dict(headers)))


_REASON = {
    200: "OK",
    400: "Bad Request",
    401: "Unauthorized",
    404: "Not Found",
    405: "Method Not Allowed",
    409: "Conflict",
    500: "Internal Server Error",
}


def _read(environ: Mapping[str, Any]) -> str:
    """What is no UTF-8 comes out as something that nobody signed."""
    raw: bytes = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    return raw.decode(errors="replace")


def _headers(environ: Mapping[str, Any]) -> dict[str, str]:
    given = {
        name.removeprefix("HTTP_").replace("_", "-").lower(): str(value)
        for name, value in environ.items()
        if name.startswith("HTTP_")
    }
    return given | {"content-type": str(environ.get("CONTENT_TYPE", ""))}


def _understood(text: str, content_type: str) -> Body | None:
    """As Slack sends it: a JSON object; or a form, that of a command or with the payload as JSON in it."""
    try:
        if content_type.partition(";")[0].strip() != _FORM:
            body = json.loads(text)
        else:
            form = dict(parse_qsl(text, keep_blank_values=True, strict_parsing=True))
            body = json.loads(form["payload"]) if "payload" in form else form
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None


class Signatures:
    """What Slack signed, lately, and for the first time here.

    A copy that reaches another bot of the installation is met there by the id of its request, which the record knows.
    """

    def __init__(self, secret: str, machine: MachineClock) -> None:
        self._verifier = SignatureVerifier(secret, _ClockOf(machine))
        self._machine = machine
        self._seen: set[str] = set()
        self._in_turn: deque[tuple[float, str]] = deque()
        self._one_at_a_time = Lock()

    def trouble_with(self, text: str, headers: Mapping[str, str]) -> str:
        """ "" for none."""
        stamp, signature = (headers.get(f"x-slack-{name}", "") for name in ("request-timestamp", "signature"))
        if not (stamp.isascii() and stamp.isdigit() and signature.isascii()):
            return "no signature"
        if not self._verifier.is_valid(text, stamp, signature):
            return "signature or age"
        return "" if self._is_new(signature) else "it came before"

    def _is_new(self, signature: str) -> bool:
        now = self._machine.seconds()
        with self._one_at_a_time:
            while self._in_turn and abs(now - self._in_turn[0][0]) > 2 * _OLD:
                self._seen.discard(self._in_turn.popleft()[1])
            if signature in self._seen:
                return False
            self._seen.add(signature)
            self._in_turn.append((now, signature))
            return True


class _ClockOf(Clock):
    """As the verifier asks it."""

    def __init__(self, machine: MachineClock) -> None:
        self._machine = machine

    def now(self) -> float:
        return self._machine.seconds()
