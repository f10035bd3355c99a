"""Rate limits in one process's memory."""

from collections import Counter
from collections.abc import Mapping

from bot.ports.destination import Destination
from bot.store.keys import GAP, MINUTE, most_edits
from bot.time import is_ahead, later_of


class MemoryRateLimits:
    def __init__(self, *, edits_a_minute: int) -> None:
        self._edits_a_minute = edits_a_minute
        self._gates: dict[str, float] = {}
        self._holds: dict[str, float] = {}
        self._falls: Counter[str] = Counter()
        self._edits: list[float] = []
        self._refused: dict[str, str] = {}

    def enter(self, channel: str, machine_now: float) -> float:
        opens = self._gates.get(channel, 0.0)
        if is_ahead(opens, machine_now):
            return opens
        self._gates[channel] = machine_now + GAP
        return machine_now

    def enter_edit(self, machine_now: float, *, is_patient: bool) -> float:
        most = most_edits(self._edits_a_minute, is_patient=is_patient)
        self._edits = [at for at in self._edits if machine_now - MINUTE < at <= machine_now + MINUTE]
        if len(self._edits) >= most:
            return self._edits[-most] + MINUTE
        self._edits.append(machine_now)
        return machine_now

    def shut(self, gate: str, until: float) -> None:
        self._gates[gate] = later_of(self.opens(gate), until)

    def opens(self, gate: str) -> float:
        return self._gates.get(gate, 0.0)

    def hold(self, lane: Destination, until: float) -> None:
        self._holds[lane] = until

    def holds(self) -> Mapping[str, float]:
        return dict(self._holds)

    def fell(self, lane: Destination) -> int:
        self._falls[lane] += 1
        return self._falls[lane]

    def falls(self, lane: Destination) -> int:
        return self._falls[lane]

    def recovered(self, lane: Destination) -> None:
        del self._falls[lane]
        self._refused.pop(lane, None)

    def refuse(self, lane: Destination, code: str) -> None:
        self._refused[lane] = code

    def refused(self) -> Mapping[str, str]:
        return dict(self._refused)
