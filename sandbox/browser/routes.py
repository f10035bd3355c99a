"""The page itself, its feed, and its stage, over HTTP."""

import time
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any

from aiohttp import web

from sandbox.browser.feed import screen
from sandbox.browser.stage import Stage
from sandbox.errors import NotPossible
from sandbox.slack import Slack
from sandbox.wire import JSON, dumps

PAGE = Path(__file__).parent.with_name("page")
MOST_PATIENT = 30.0
UNSEEN = frozenset({"call", "sent", "settled", "socket", "socket_closed", "fault"})
ALWAYS_ASK = {"Cache-Control": "no-cache"}  # an edited page is seen at the next reload

Answer = Callable[[web.Request], Awaitable[Any]]


def add_routes(app: web.Application, slack: Slack) -> None:
    stage = Stage(slack, began=slack.clock.now())

    async def feed(http: web.Request) -> Any:
        stage.watch()
        # Who followed another workspace at this address begins anew: changes are counted in each from one.
        follows_another = float(http.query.get("began", stage.began)) != stage.began
        since = 0 if follows_another else int(http.query.get("since", 0))
        await _something_to_draw(slack, since, _patience(http))
        return screen(slack, http.query["person"], since) | {"stage": stage.as_json()}

    async def read_stage(http: web.Request) -> Any:
        await stage.news(int(http.query.get("since", -1)), _patience(http))
        return stage.as_json()

    app.router.add_get("/_control/screen", _answering(feed))
    app.router.add_get("/_control/stage", _answering(read_stage))
    for path, direct in _directions(stage).items():
        app.router.add_post(f"/_control/{path}", _answering(partial(_directed, stage, direct)))
    app.router.add_get("/", _index)
    app.router.add_get("/page/{file:.+}", _file)


def _directions(stage: Stage) -> dict[str, Callable[[JSON], None]]:
    """What the script of a story asks for, and what whoever watches it does."""
    return {
        "opening": lambda said: stage.open(
            str(said["title"]),
            [str(each) for each in said["sentences"]],
            bool(said.get("ready")),
            float(said.get("begins_after", 0)),
        ),
        "caption": lambda said: stage.say(
            str(said.get("caption", "")),
            said.get("look") or {},
            bool(said.get("over")),
            float(said.get("told", 0)),
        ),
        "offers": lambda said: stage.offer(
            [str(each) for each in said["offers"]],
            [float(each) for each in said["speeds"]],
            float(said["speed"]),
        ),
        "told_time": lambda said: stage.tell_time(
            float(said["shows"]), float(said["began"]), float(said["speed"])
        ),
        "takeover": lambda _: stage.play(False),
        "resume": lambda _: stage.play(True),
        "next": lambda _: stage.wish("next"),
        "again": lambda _: stage.wish("again"),
        "speed": lambda said: stage.pace(float(said["speed"])),
    }


async def _directed(stage: Stage, direct: Callable[[JSON], None], http: web.Request) -> JSON:
    direct(await http.json())
    return stage.as_json()


def _patience(http: web.Request) -> float:
    return min(float(http.query.get("seconds", 0)), MOST_PATIENT)


async def _something_to_draw(slack: Slack, since: int, seconds: float) -> None:
    """Waits up to `seconds` for a change after `since` that a person could see."""
    deadline, cursor = time.monotonic() + (seconds if since else 0), since
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
