"""The control API over HTTP."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from sandbox.control import machinery, reading
from sandbox.control.acting import act
from sandbox.control.seed import plant
from sandbox.errors import BadSeed, NotDelivered, NotPossible
from sandbox.slack import Slack
from sandbox.wire import JSON, dumps

MOST_PATIENT = 30.0

Answer = Callable[[Slack, web.Request], Awaitable[Any]]


async def _info(slack: Slack, _http: web.Request) -> JSON:
    return reading.info(slack)


async def _see(slack: Slack, http: web.Request) -> JSON:
    return reading.see(slack, http.query["person"], http.query.get("part", ""))


async def _posts(slack: Slack, _http: web.Request) -> JSON:
    return {"posts": reading.posts(slack)}


async def _message(slack: Slack, http: web.Request) -> JSON:
    return reading.message(slack, http.query["channel"], http.query["ts"])


async def _changes(slack: Slack, http: web.Request) -> JSON:
    seconds = min(float(http.query.get("seconds", 0)), MOST_PATIENT)
    changes = await slack.team.changes.since(int(http.query.get("since", 0)), seconds)
    return {"changes": changes, "last": slack.team.changes.last}


async def _log(slack: Slack, _http: web.Request) -> JSON:
    return slack.log.as_json()


async def _seed(slack: Slack, http: web.Request) -> JSON:
    plant(slack, await http.json())
    return reading.info(slack)


async def _act(slack: Slack, http: web.Request) -> JSON:
    return await act(slack, await http.json())


async def _advance(slack: Slack, http: web.Request) -> JSON:
    return machinery.advance(slack, await http.json())


async def _settings(slack: Slack, http: web.Request) -> JSON:
    return machinery.change_settings(slack, await http.json())


async def _faults(slack: Slack, _http: web.Request) -> JSON:
    return {"faults": slack.faults.as_json()}


async def _add_fault(slack: Slack, http: web.Request) -> JSON:
    return machinery.add_fault(slack, await http.json())


async def _clear_faults(slack: Slack, http: web.Request) -> JSON:
    return machinery.clear_faults(slack, http.query.get("id"))


async def _sockets(slack: Slack, http: web.Request) -> JSON:
    return machinery.disturb_sockets(slack, await http.json())


async def _request_url(slack: Slack, http: web.Request) -> JSON:
    return await machinery.set_request_url(slack, await http.json())


async def _deliver(slack: Slack, http: web.Request) -> JSON:
    return await machinery.deliver(slack, await http.json())


def add_routes(app: web.Application, slack: Slack) -> None:
    for verb, path, answer in ROUTES:
        app.router.add_route(verb, f"/_control/{path}", _handler(slack, answer))


def _handler(slack: Slack, answer: Answer) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handle(http: web.Request) -> web.Response:
        try:
            return _json(await answer(slack, http))
        except NotPossible as refusal:
            return _json({"error": str(refusal)}, 409)
        except (BadSeed, NotDelivered) as problem:
            return _json({"error": str(problem)}, 400)
        except (KeyError, TypeError, ValueError) as problem:
            return _json({"error": f"the request is not complete: {problem!r}"}, 400)

    return handle


def _json(body: Any, status: int = 200) -> web.Response:
    return web.Response(status=status, text=dumps(body), content_type="application/json")


ROUTES: list[tuple[str, str, Answer]] = [
    ("GET", "info", _info),
    ("GET", "see", _see),
    ("GET", "posts", _posts),
    ("GET", "message", _message),
    ("GET", "changes", _changes),
    ("GET", "log", _log),
    ("POST", "seed", _seed),
    ("POST", "act", _act),
    ("POST", "clock", _advance),
    ("POST", "settings", _settings),
    ("GET", "faults", _faults),
    ("POST", "faults", _add_fault),
    ("DELETE", "faults", _clear_faults),
    ("POST", "sockets", _sockets),
    ("POST", "request_url", _request_url),
    ("POST", "deliver", _deliver),
]
