"""Socket Mode: up to ten sockets by app, each envelope to exactly one of them, in turn."""

import asyncio
import json
import uuid
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from sandbox.clock import Clock
from sandbox.errors import ApiError, NotDelivered
from sandbox.sockets.envelope import Envelope
from sandbox.state import App
from sandbox.wire import JSON, dumps

HOST = "sandbox"
GRACE = {"warning": 10.0, "refresh_requested": 1.0}


@dataclass(eq=False)
class Connection:
    number: int
    socket: web.WebSocketResponse
    transport: asyncio.Transport | None = None
    retiring: bool = False
    waiting: dict[str, "asyncio.Future[Any]"] = field(default_factory=dict)

    async def send(self, frame: JSON) -> None:
        try:
            await self.socket.send_str(dumps(frame))
        except ConnectionError as problem:
            raise NotDelivered("connection_failed") from problem

    def settle(self, frame: JSON) -> None:
        waiting = self.waiting.get(str(frame.get("envelope_id")))
        if waiting is not None and not waiting.done():
            waiting.set_result(frame.get("payload"))

    def drop(self) -> None:
        """Cut the line without a word, as a broken network does."""
        self.lost()
        if self.transport is not None:
            self.transport.abort()

    def lost(self) -> None:
        for waiting in self.waiting.values():
            if not waiting.done():
                waiting.set_exception(NotDelivered("connection_failed"))


class Hub:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._tickets: dict[str, str] = {}
        self._connections: dict[str, list[Connection]] = {}
        self._made = 0

    def ticket(self, app: App) -> str:
        ticket = uuid.uuid4().hex
        self._tickets[ticket] = app.id
        return ticket

    def redeem(self, ticket: str) -> str:
        """The app that a ticket lets in, once."""
        app_id = self._tickets.pop(ticket, None)
        if app_id is None:
            raise ApiError("invalid_auth")
        return app_id

    def open(self, app_id: str) -> list[Connection]:
        return [each for each in self._connections.get(app_id, []) if not each.socket.closed]

    def everyone(self) -> list[Connection]:
        return [each for app_id in self._connections for each in self.open(app_id)]

    def next(self, app: App) -> Connection | None:
        ready = [each for each in self.open(app.id) if not each.retiring]
        if not ready:
            return None
        line = self._connections[app.id]
        line.remove(ready[0])
        line.append(ready[0])
        return ready[0]

    async def send(self, connection: Connection, envelope: Envelope, seconds: float, deaf: bool) -> Any:
        envelope_id = str(uuid.uuid4())
        waiting: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        key = f"unheard-{envelope_id}" if deaf else envelope_id
        connection.waiting[key] = waiting
        try:
            await connection.send(envelope.frame(envelope_id))
            return await self._clock.within(seconds, waiting)
        except TimeoutError as problem:
            raise NotDelivered("timeout") from problem
        finally:
            connection.waiting.pop(key)

    async def serve(
        self, app_id: str, socket: web.WebSocketResponse, transport: asyncio.Transport | None, most: int
    ) -> None:
        if len(self.open(app_id)) >= most:
            await self._turn_away(socket)
            return
        self._made += 1
        connection = Connection(self._made, socket, transport)
        self._connections.setdefault(app_id, []).append(connection)
        try:
            await connection.send(self._hello(app_id))
            await _listen(connection)
        finally:
            self._connections[app_id].remove(connection)
            connection.lost()

    async def retire(self, connection: Connection, reason: str) -> None:
        """Slack is about to close this socket, says so, and does it a little later."""
        connection.retiring = True
        await connection.send({"type": "disconnect", "reason": reason, "debug_info": {"host": HOST}})
        await self._clock.sleep(GRACE[reason])
        await connection.socket.close()

    async def _turn_away(self, socket: web.WebSocketResponse) -> None:
        await socket.send_str(dumps({"type": "disconnect", "reason": "too_many_websockets"}))
        await socket.close()

    def _hello(self, app_id: str) -> JSON:
        return {
            "type": "hello",
            "num_connections": len(self.open(app_id)),
            "debug_info": {"host": HOST, "build_number": 1, "approximate_connection_time": 18060},
            "connection_info": {"app_id": app_id},
        }


async def _listen(connection: Connection) -> None:
    async for message in connection.socket:
        if message.type is WSMsgType.TEXT:
            frame = _frame(message.data)
            if frame is not None:
                connection.settle(frame)


def _frame(data: str) -> JSON | None:
    try:
        frame = json.loads(data)
    except ValueError:
        return None  # clients say "pong" and worse; Slack takes no notice
    return frame if isinstance(frame, dict) else None
