"""The service as a web server on 127.0.0.1: the API that is documented, and a control side for tests and the demo."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import jwt
from aiohttp import web
from aiohttp.typedefs import Handler

from sandbox.guard import guarding, new_token
from sandbox.notify.office import CLOCK_WITHIN, SECRET, SERVICE, Fault, Office, Refusal

HOST = "127.0.0.1"
_PAGE = Path(__file__).with_name("phones.html")
_NEVER = 60.0  # seconds for which an answer that never comes is waited for here


@asynccontextmanager
async def serving(office: Office, port: int = 0, token: str | None = None) -> AsyncIterator[str]:
    """Yields its address, until the block ends. `token`: whoever holds it sees the phones, and works them."""
    runner = web.AppRunner(_application(office, token or new_token()), access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    try:
        await web.TCPSite(runner, HOST, port).start()
        yield f"http://{HOST}:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


def _application(office: Office, token: str) -> web.Application:
    @web.middleware
    async def as_notify(request: web.Request, handler: Handler) -> web.StreamResponse:
        if not request.path.startswith("/v2/"):
            return await handler(request)
        office.asked.append(f"{request.method} {request.path}")
        try:
            _need_signed(request.headers.get("Authorization", ""))
            fault = office.fault(request.path)
            if fault is not None and fault.status:
                raise Refusal(fault.status, fault.kind, fault.message)
            answer = await handler(request)
            if fault is not None:
                await asyncio.sleep(_NEVER)
            return answer
        except Refusal as refusal:
            return web.json_response(refusal.answer(), status=refusal.status)

    app = web.Application(middlewares=[guarding(token, ("/control/",)), as_notify])
    _add_api(app, office)
    _add_control(app, office)
    return app


def _need_signed(authorization: str) -> None:
    """Raises Refusal."""
    token = authorization.removeprefix("Bearer ")
    try:
        claims = jwt.decode(token, SECRET, algorithms=["HS256"], options={"verify_iat": False})
    except jwt.PyJWTError:
        raise Refusal(403, "AuthError", "Invalid token: signature, api token not found") from None
    if claims.get("iss") != SERVICE:
        raise Refusal(403, "AuthError", "Invalid token: service not found")
    if abs(time.time() - float(claims.get("iat", 0))) > CLOCK_WITHIN:
        raise Refusal(403, "AuthError", "Error: Your system clock must be accurate to within 30 seconds")


def _add_api(app: web.Application, office: Office) -> None:
    async def send(http: web.Request) -> web.Response:
        text = office.send(await http.json())
        said = {"id": text.id, "reference": text.reference, "content": {"body": text.body}}
        return web.json_response(said, status=201)

    async def status(http: web.Request) -> web.Response:
        return web.json_response(office.text(http.match_info["id"]).described())

    async def find(http: web.Request) -> web.Response:
        found = [text.described() for text in office.find(http.query.get("reference"))]
        return web.json_response({"notifications": found[:250], "links": {}})

    async def received(http: web.Request) -> web.Response:
        page = office.page(http.query.get("older_than"))
        links = {"current": str(http.url)}
        if page:
            links["next"] = str(http.url.with_query(older_than=page[-1].id))
        return web.json_response(
            {"received_text_messages": [reply.described() for reply in page], "links": links}
        )

    app.router.add_post("/v2/notifications/sms", send)
    app.router.add_get("/v2/notifications/{id}", status)
    app.router.add_get("/v2/notifications", find)
    app.router.add_get("/v2/received-text-messages", received)


def _add_control(app: web.Application, office: Office) -> None:
    async def reply(http: web.Request) -> web.Response:
        said = json.loads(await http.text())
        at = datetime.fromisoformat(said["at"]) if "at" in said else None
        return web.json_response({"id": office.reply(said["number"], said["content"], at).id})

    async def texts(_: web.Request) -> web.Response:
        return web.json_response([text.described() for text in office.texts.values()])

    async def fate(http: web.Request) -> web.Response:
        said = await http.json()
        office.text(said["id"]).status = said["status"]
        return web.json_response({})

    async def fault(http: web.Request) -> web.Response:
        office.faults.append(Fault(**json.loads(await http.text())))
        return web.json_response({})

    async def phones(_: web.Request) -> web.Response:
        return web.json_response(office.phones())

    async def page(_: web.Request) -> web.FileResponse:
        return web.FileResponse(_PAGE)

    app.router.add_get("/", page)
    app.router.add_get("/control/phones", phones)
    app.router.add_post("/control/reply", reply)
    app.router.add_get("/control/texts", texts)
    app.router.add_post("/control/status", fate)
    app.router.add_post("/control/fault", fault)
