"""Faults that a test or a demo asks for: of the Web API, and of delivery."""

import random
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from types import MappingProxyType
from typing import Any, Literal, get_args

from sandbox.errors import BadSeed
from sandbox.state.ids import Ids
from sandbox.wire import JSON

ApiFault = Literal[
    "rate_limited",  # 429 with Retry-After: `seconds`
    "server_error",  # 500
    "not_json",  # 200 and a page of HTML
    "error",  # ok: false with the name in `error`
    "slow",  # answered, `seconds` late
    "hang",  # never answered: dropped after `seconds`, nothing done
    "lost_reply",  # done, and the connection dropped before the answer
    "refused",  # the connection is dropped, nothing done
    "hides",  # a channel's or thread's messages are answered as if there were none yet
]
DeliveryFault = Literal[
    "double",  # every envelope comes twice
    "delay",  # events come `seconds` late
    "ignore_acks",  # the app's acknowledgements do not arrive
    "refuse_sockets",  # no new socket is accepted
]
KINDS = frozenset(get_args(ApiFault)) | frozenset(get_args(DeliveryFault))


@dataclass
class Fault:
    kind: str
    method: str = "*"  # a Web API method, or for delivery a type of payload
    count: int | None = None  # how many times; None is until cleared
    probability: float = 1.0
    seconds: float = 1.0
    error: str = "internal_error"
    channel: str | None = None
    usergroup: str | None = None
    id: str = ""
    hits: int = field(default=0)

    def fits(self, method: str, given: Mapping[str, Any]) -> bool:
        """`given`: with what the method was called."""
        spent = self.count is not None and self.hits >= self.count
        asked = (("channel", self.channel), ("usergroup", self.usergroup))
        here = all(wanted is None or str(given.get(name)) == wanted for name, wanted in asked)
        return not spent and self.method in ("*", method) and here


class Faults:
    def __init__(self, seed: int = 0) -> None:
        self._random = random.Random(seed)  # nosec B311 # has to be repeatable
        self._ids = Ids()
        self.all: list[Fault] = []

    def add(self, raw: JSON) -> Fault:
        unknown = raw.keys() - {each.name for each in fields(Fault)}
        if unknown or raw.get("kind") not in KINDS:
            raise BadSeed(f"no such fault: {raw}")
        fault = Fault(**{**raw, "id": self._ids.next("F"), "hits": 0})
        self.all.append(fault)
        return fault

    def clear(self, fault_id: str | None = None) -> None:
        self.all = [fault for fault in self.all if fault_id is not None and fault.id != fault_id]

    def take(
        self, family: frozenset[str], method: str, given: Mapping[str, Any] = MappingProxyType({})
    ) -> Fault | None:
        """The first fault that strikes here, counted."""
        for fault in self.all:
            if fault.kind in family and fault.fits(method, given) and self._strikes(fault):
                fault.hits += 1
                return fault
        return None

    def _strikes(self, fault: Fault) -> bool:
        return fault.probability >= 1 or self._random.random() < fault.probability

    def as_json(self) -> list[JSON]:
        return [asdict(fault) for fault in self.all]


API = frozenset(get_args(ApiFault))
