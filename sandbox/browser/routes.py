"""The page itself, its feed, and its stage, over HTTP."""

import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from aiohttp import web

from sandbox.browser.feed import screen
from sandbox.browser.stage import Stage
from sandbox.errors import NotPossible
from sandbox.slack import Slack
from sandbox.wire import dumps

PAGE = Path(__file__).parent.with_name("page")
MOST_PATIENT = 30.0
UNSEEN = frozenset({"call", "sent", "settled", "socket", "socket_closed", "fault"})
ALWAYS_ASK = {"Cache-Control": "no-cache"}  # an edited page is seen at the next reload

Answer = Callable[[web.Request], Awaitable[Any]]


def add_routes(app: web.Application, slack: Slack) -> None:
    stage = Stage(slack)

    async def feed(http: web.Request) -> Any:
        since = int(http.query.get("since", 0))
        seconds = min(float(http.query.get("seconds", 0)), MOST_PATIENT)
        await _something_to_draw(slack, since, seconds)
        return screen(slack, http.query["person"], since) | {"stage": stage.as_json()}

    async def set_caption(http: web.Request) -> Any:
        said = await http.json()
        stage.say(str(said.get("caption", "")), said.get("look") or {}, over=bool(said.get("over")))
        return stage.as_json()

    async def tell_time(http: web.Request) -> Any:
        said = await http.json()
        stage.tell_time(float(said["shows"]), float(said["began"]), float(said["speed"]))
        return stage.as_json()

    async def read_stage(_http: web.Request) -> Any:
        return stage.as_json()

    async def take_over(_http: web.Request) -> Any:
        stage.take_over(True)
        return stage.as_json()

    async def resume(_http: web.Request) -> Any:
        stage.take_over(False)
        return stage.as_json()

    app.router.add_get("/_control/screen", _answering(feed))
    app.router.add_get("/_control/stage", _answering(read_stage))
    app.router.add_post("/_control/caption", _answering(set_caption))
    app.router.add_post("/_control/told_time", _answering(tell_time))
    app.router.add_post("/_control/takeover", _answering(take_over))
    app.router.add_post("/_control/resume", _answering(resume))
    app.router.add_get("/", _index)
    app.router.add_get("/page/{file:.+}", _file)


async def _something_to_draw(slack: Slack, since: int, seconds: float) -> None:
    """Waits up to `seconds` for a change after `since` that a person could see."""
    deadline, cursor = time.monotonic() + seconds, since
    while (left := deadline - time.monotonic()) > 0:
        news = await slack.team.changes.since(cursor, left)
        if any(each["kind"] not in UNSEEN for each in news):
            return
        cursor = slack.team.changes.last


def _answering(answer: Answer) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handle(http: web.Request) -> web.Response:
        try:
            return web.Response(text=dumps(await answer(http)), content_type="application/json")
        except NotPossible as refusal:
            return web.json_response({"error": str(refusal)}, status=409)
        except (AttributeError, KeyError, TypeError, ValueError) as problem:
            return web.json_response({"error": f"the request is not complete: {problem!r}"}, status=400)

    return handle


async def _index(_http: web.Request) -> web.FileResponse:
    return web.FileResponse(PAGE / "index.html", headers=ALWAYS_ASK)


async def _file(http: web.Request) -> web.FileResponse:
    wanted = (PAGE / http.match_info["file"]).resolve()
    if not wanted.is_relative_to(PAGE) or not wanted.is_file():
        raise web.HTTPNotFound
    return web.FileResponse(wanted, headers=ALWAYS_ASK)
