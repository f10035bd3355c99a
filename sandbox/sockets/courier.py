"""Takes envelopes to apps. Events that are not acknowledged come again; nothing else ever does."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sandbox.clock import Clock
from sandbox.errors import NotDelivered
from sandbox.faults import Faults
from sandbox.log import Delivery, Log
from sandbox.settings import Settings
from sandbox.sockets.envelope import Envelope
from sandbox.sockets.hub import Connection, Hub
from sandbox.sockets.signed_http import SignedHttp
from sandbox.state import App

DOUBLE, DELAY, DEAF = frozenset({"double"}), frozenset({"delay"}), frozenset({"ignore_acks"})


@dataclass(frozen=True)
class Acknowledged:
    answer: Any


class Courier:
    def __init__(self, clock: Clock, log: Log, faults: Faults, hub: Hub) -> None:
        self._clock = clock
        self._log = log
        self._faults = faults
        self.hub = hub
        self.http = SignedHttp(clock)
        self._under_way: set[asyncio.Future[Any]] = set()  # a loop holds its tasks weakly

    async def deliver(self, app: App, envelope: Envelope, settings: Settings) -> Any:
        """The app's answer, or NotDelivered."""
        if not self._faults.take(DOUBLE, envelope.type):
            return await self._once(app, envelope, settings)
        both = [asyncio.ensure_future(self._settled(app, envelope, settings)) for _ in range(2)]
        self._under_way.update(both)
        for each in both:
            each.add_done_callback(self._under_way.discard)
        return await _first_answer(both)

    async def deliver_event(self, app: App, envelope: Envelope, settings: Settings) -> None:
        late = self._faults.take(DELAY, envelope.type)
        if late:
            await self._clock.sleep(late.seconds)
        reason = await self._try(app, envelope, settings)
        for attempt, pause in enumerate(settings.retry_seconds, start=1):
            if reason is None:
                return
            await self._clock.sleep(pause)
            reason = await self._try(app, envelope.again(attempt, reason), settings)

    async def _try(self, app: App, envelope: Envelope, settings: Settings) -> str | None:
        try:
            await self.deliver(app, envelope, settings)
        except NotDelivered as problem:
            return problem.reason
        return None

    async def _settled(
        self, app: App, envelope: Envelope, settings: Settings
    ) -> "Acknowledged | NotDelivered":
        try:
            return Acknowledged(await self._once(app, envelope, settings))
        except NotDelivered as problem:
            return problem

    async def _once(self, app: App, envelope: Envelope, settings: Settings) -> Any:
        connection = None if app.over_http else self.hub.next(app)
        entry = self._entry(app, envelope, connection)
        try:
            if app.over_http:
                answer = await self.http.send(app, envelope, settings.ack_seconds)
            else:
                answer = await self._over_socket(connection, envelope, settings)
        except NotDelivered as problem:
            self._log.settled(entry, problem.reason)
            raise
        self._log.settled(entry, "acked", answer)
        return answer

    async def _over_socket(
        self, connection: Connection | None, envelope: Envelope, settings: Settings
    ) -> Any:
        if connection is None:
            raise NotDelivered("no_connection")
        deaf = self._faults.take(DEAF, envelope.type) is not None
        return await self.hub.send(connection, envelope, settings.ack_seconds, deaf)

    def _entry(self, app: App, envelope: Envelope, connection: Connection | None) -> Delivery:
        to = "http" if app.over_http else f"socket {connection.number}" if connection else "nobody"
        return self._log.sent(
            Delivery(
                at=self._clock.now(),
                app=app.id,
                kind=envelope.kind,
                type=envelope.type,
                attempt=envelope.attempt,
                to=to,
                payload=envelope.payload,
            )
        )


async def _first_answer(both: "Sequence[asyncio.Future[Acknowledged | NotDelivered]]") -> Any:
    """Of two envelopes of one press: an app answers whichever it takes up first, and it may leave the other."""
    problem = NotDelivered("timeout")
    for each in asyncio.as_completed(both):
        outcome = await each
        if isinstance(outcome, Acknowledged):
            return outcome.answer
        problem = outcome
    raise problem
