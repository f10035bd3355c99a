"""Everything that went over the wire, for tests to read."""

import time
from dataclasses import asdict, dataclass, field
from typing import Any

from sandbox.state.changes import Changes
from sandbox.wire import JSON

WAITING = "waiting"


@dataclass
class Call:
    """One Web API call."""

    id: int
    at: float
    method: str
    app: str | None
    args: JSON
    fault: str | None = None
    status: int | None = None
    response: Any = None
    seconds: float | None = None


@dataclass
class Delivery:
    """One envelope sent to an app, and what became of it."""

    at: float
    app: str
    kind: str
    type: str
    attempt: int
    to: str
    payload: JSON
    id: int = 0
    outcome: str = WAITING
    response: Any = None
    latency: float | None = None
    began: float = field(default_factory=time.monotonic)


class Log:
    def __init__(self, changes: Changes) -> None:
        self._changes = changes
        self.calls: list[Call] = []
        self.deliveries: list[Delivery] = []

    @property
    def waiting(self) -> int:
        """Envelopes that no app has answered yet, and may still."""
        return sum(each.outcome == WAITING for each in self.deliveries)

    def call(self, at: float, method: str, app: str | None, args: JSON) -> Call:
        call = Call(len(self.calls) + 1, at, method, app, args)
        self.calls.append(call)
        return call

    def answered(self, call: Call, status: int, response: Any, seconds: float) -> None:
        call.status, call.response, call.seconds = status, response, seconds
        self._changes.note("call", method=call.method, call=call.id, status=status)

    def sent(self, delivery: Delivery) -> Delivery:
        delivery.id = len(self.deliveries) + 1
        self.deliveries.append(delivery)
        self._changes.note("sent", delivery=delivery.id, type=delivery.type)
        return delivery

    def settled(self, delivery: Delivery, outcome: str, response: Any = None) -> None:
        delivery.outcome, delivery.response = outcome, response
        delivery.latency = time.monotonic() - delivery.began
        self._changes.note("settled", delivery=delivery.id, type=delivery.type, outcome=outcome)

    def as_json(self) -> JSON:
        return {
            "calls": [asdict(call) for call in self.calls],
            "deliveries": [asdict(delivery) for delivery in self.deliveries],
        }
