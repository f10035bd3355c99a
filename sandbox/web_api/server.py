"""Web API calls over HTTP: read, log, strike with faults, check, answer."""

import json
import time
from dataclasses import dataclass
from email.utils import formatdate
from typing import Any

from aiohttp import web

from sandbox import facts
from sandbox.errors import ApiError, RateLimited
from sandbox.faults import API, Fault
from sandbox.log import Call
from sandbox.slack import Slack
from sandbox.state import App
from sandbox.web_api import METHODS
from sandbox.web_api.args import Args
from sandbox.web_api.registry import Caller, Registered
from sandbox.wire import JSON, dumps

HTML = "<html><body>Something went wrong.</body></html>"


@dataclass
class Request:
    method: str
    token: str | None
    given: JSON


async def serve(slack: Slack, http: web.Request) -> web.StreamResponse:
    began = time.monotonic()
    request = await _read(http)
    app = slack.team.app_with_token(request.token or "")
    call = slack.log.call(slack.clock.now(), request.method, app.id if app else None, request.given)
    fault = slack.faults.take(API, request.method, request.given)
    reply = await _struck(slack, http, request, call, fault) if fault else _answered(slack, request)
    reply.headers["Date"] = formatdate(slack.clock.now(), usegmt=True)
    if app and request.token == app.bot_token:
        reply.headers["X-OAuth-Scopes"] = ",".join(app.manifest.scopes)
    slack.log.answered(call, reply.status, _logged(reply), time.monotonic() - began)
    return reply


async def _struck(
    slack: Slack, http: web.Request, request: Request, call: Call, fault: Fault
) -> web.Response:
    call.fault = fault.kind
    if fault.kind in ("slow", "hang"):
        await slack.clock.sleep(fault.seconds)
    if fault.kind in ("hang", "refused"):
        return _cut(http)
    if fault.kind == "lost_reply":
        _answered(slack, request)
        return _cut(http)
    if fault.kind == "hides":
        return _answered(slack, request, messages=[])
    return _broken(fault) or _answered(slack, request)


def _broken(fault: Fault) -> web.Response | None:
    if fault.kind == "rate_limited":
        return _refusal(RateLimited(int(fault.seconds)))
    if fault.kind == "server_error":
        return web.Response(status=500, text=HTML, content_type="text/html")
    if fault.kind == "not_json":
        return web.Response(text=HTML, content_type="text/html")
    return _refusal(ApiError(fault.error)) if fault.kind == "error" else None


def _cut(http: web.Request) -> web.Response:
    """The line goes dead: what is returned reaches nobody."""
    if http.transport is not None:
        http.transport.abort()
    return web.Response(status=499)


def _answered(slack: Slack, request: Request, **instead: Any) -> web.Response:
    try:
        return _json({"ok": True, **_perform(slack, request), **instead})
    except ApiError as refusal:
        return _refusal(refusal)


def _perform(slack: Slack, request: Request) -> JSON:
    if request.method == "api.test":
        return _api_test(request)
    registered = METHODS.get(request.method)
    if registered is None:
        raise ApiError("unknown_method", req_method=request.method)
    caller = Caller(slack, _authorised(slack, request, registered))
    method, args = facts.method(request.method), Args(request.given)
    if method.bot_scopes:
        caller.needs(*method.bot_scopes)
    if slack.settings.rate_limits:
        slack.rates.take_call(caller.app.id, method.name, slack.settings.rate_scale)
    args.check(method)
    return registered.handler(caller, args)


def _api_test(request: Request) -> JSON:
    args = {key: value for key, value in request.given.items() if key != "token"}
    if "error" in args:
        raise ApiError(str(args["error"]), args=args)
    return {"args": args}


def _authorised(slack: Slack, request: Request, registered: Registered) -> App:
    if not request.token:
        raise ApiError("not_authed")
    app = slack.team.app_with_token(request.token)
    if app is None:
        raise ApiError("invalid_auth")
    wanted = {"bot": app.bot_token, "app": app.app_token}.get(registered.token, request.token)
    if request.token != wanted:
        raise ApiError("not_allowed_token_type")
    return app


async def _read(http: web.Request) -> Request:
    given: dict[str, Any] = dict(http.query)
    if http.content_type == "application/json":
        given |= _object(await http.text())
    elif http.can_read_body:
        given |= dict(await http.post())
    bearer = http.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    in_body = given.pop("token", None)
    return Request(http.match_info["method"], bearer or in_body, given)


def _object(text: str) -> JSON:
    try:
        body = json.loads(text or "{}")
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _refusal(refusal: ApiError) -> web.Response:
    if isinstance(refusal, RateLimited):
        headers = {"Retry-After": str(refusal.retry_after)}
        return _json(refusal.answer(), status=429, headers=headers)
    return _json(refusal.answer())


def _json(body: JSON, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    return web.Response(status=status, text=dumps(body), content_type="application/json", headers=headers)


def _logged(reply: web.Response) -> Any:
    return json.loads(reply.text) if reply.content_type == "application/json" and reply.text else None
