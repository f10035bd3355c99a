"""The workspace as a web server on 127.0.0.1."""

import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from sandbox.browser import routes as browser
from sandbox.control import routes
from sandbox.errors import ApiError, NoPort
from sandbox.guard import guarding
from sandbox.interactions import answers
from sandbox.slack import Slack
from sandbox.web_api import server as web_api

HOST = "127.0.0.1"
CLOSES_WITHIN = 1.0
LARGEST = 20 * 1024 * 1024
GONE = ("expired_url", "used_url")
REFUSING = frozenset({"refuse_sockets"})


@asynccontextmanager
async def serving(slack: Slack, port: int = 0) -> AsyncIterator[Slack]:
    """Serves until the block ends."""
    runner = web.AppRunner(_application(slack), access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    try:
        site = web.TCPSite(runner, HOST, port)
        try:
            await site.start()
        except OSError as no:
            why = os.strerror(no.errno) if no.errno else str(no)
            raise NoPort(f"Port {port} cannot be had ({why}). Give another, or 0 for a free one.") from None
        slack.base_url = f"http://{HOST}:{runner.addresses[0][1]}"
        yield slack
    finally:
        await slack.close()
        await runner.cleanup()


def _application(slack: Slack) -> web.Application:
    guard = guarding(slack.token, ("/_control/",))
    app = web.Application(client_max_size=LARGEST, middlewares=[guard])

    async def api(http: web.Request) -> web.StreamResponse:
        return await web_api.serve(slack, http)

    async def link(http: web.Request) -> web.StreamResponse:
        return await _link(slack, http)

    async def respond(http: web.Request) -> web.Response:
        return _respond(slack, http.match_info["id"], await http.text())

    async def upload(http: web.Request) -> web.Response:
        return _upload(slack, http.match_info["id"], await http.read())

    async def download(http: web.Request) -> web.Response:
        return _download(slack, http.match_info["id"])

    app.router.add_route("*", "/api/{method}", api)
    app.router.add_get("/link/", link)
    app.router.add_post("/response/{id:.+}", respond)
    app.router.add_post("/upload/{id}", upload)
    app.router.add_get("/files/{id}", download)
    routes.add_routes(app, slack)
    browser.add_routes(app, slack)
    return app


async def _link(slack: Slack, http: web.Request) -> web.StreamResponse:
    if slack.faults.take(REFUSING, "*"):
        return web.Response(status=503)
    try:
        app_id = slack.hub.redeem(http.query.get("ticket", ""))
    except ApiError:
        return web.Response(status=403)
    socket = web.WebSocketResponse(timeout=CLOSES_WITHIN, heartbeat=slack.settings.ping_seconds)
    await socket.prepare(http)
    slack.noted("socket", app=app_id)
    try:
        await slack.hub.serve(app_id, socket, http.transport, slack.settings.most_sockets)
    finally:
        slack.noted("socket_closed", app=app_id)
    return socket


def _respond(slack: Slack, url_id: str, body: str) -> web.Response:
    try:
        answers.respond(slack, url_id, json.loads(body))
    except ValueError:
        return web.Response(status=400, text="invalid_payload")
    except ApiError as refusal:
        return web.json_response(refusal.answer(), status=404 if refusal.error in GONE else 400)
    return web.Response(text="ok")


def _upload(slack: Slack, file_id: str, content: bytes) -> web.Response:
    file = slack.team.files.get(file_id)
    if file is None:
        return web.Response(status=404)
    file["content"] = content
    return web.Response(text=f"OK - {len(content)}")


def _download(slack: Slack, file_id: str) -> web.Response:
    file = slack.team.files.get(file_id)
    if file is None or "content" not in file:
        return web.Response(status=404)
    return web.Response(body=file["content"])
