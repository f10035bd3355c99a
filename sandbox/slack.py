"""The workspace and its machinery, as one thing to hand around."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from sandbox.clock import Clock
from sandbox.faults import Faults
from sandbox.guard import address_of, new_token
from sandbox.log import Log
from sandbox.rates import Rates
from sandbox.settings import Settings
from sandbox.sockets.courier import Courier
from sandbox.sockets.hub import Hub
from sandbox.state import Team


class Slack:
    def __init__(
        self, clock: Clock | None = None, settings: Settings | None = None, token: str | None = None
    ) -> None:
        """`token`: whoever holds it works the machinery; None for a new one."""
        self.clock = clock or Clock()
        self.settings = settings or Settings()
        self.team = Team(self.clock)
        self.log = Log(self.team.changes)
        self.rates = Rates(self.clock)
        self.faults = Faults()
        self.hub = Hub(self.clock)
        self.courier = Courier(self.clock, self.log, self.faults, self.hub)
        self.base_url = ""
        self.token = token or new_token()
        self._tasks: set[asyncio.Task[Any]] = set()

    @property
    def address(self) -> str:
        """With the token: of the page, and for clients."""
        return address_of(self.base_url, self.token)

    def spawn(self, work: Coroutine[Any, Any, Any]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def noted(self, kind: str, **about: object) -> None:
        self.team.changes.note(kind, **about)

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for connection in self.hub.everyone():
            await connection.socket.close()
        await self.courier.http.close()
