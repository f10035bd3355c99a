"""Pages of one role wait a moment for the other cases of the same moment: one digest, not a volley."""

from collections.abc import Collection, Sequence

from bot.ports.destination import LaneKind, kind_of
from bot.ports.due import DueIndex
from bot.time import CaseClock, MachineClock

GATHERING = 2.0  # machine seconds
_LOOKED_AT = 1000  # due cases


class BatchingWindow:
    def __init__(self, due: DueIndex, clock: CaseClock, machine: MachineClock) -> None:
        self._due = due
        self._clock = clock
        self._machine = machine
        self._lanes: dict[str, float] = {}  # role lanes with pages, and since when we have seen them wait
        self._deciding: dict[str, float] = {}  # due cases, and since when we have seen them

    def forget_but(self, lanes: Collection[str]) -> None:
        """In `lanes` something waits; in the others the next page will be the first of its moment."""
        self._lanes = {lane: since for lane, since in self._lanes.items() if lane in lanes}

    def gathered(self, lanes: Sequence[str]) -> list[str]:
        """All but roles' whose moment is still being decided."""
        if not any(_is_of_a_role(lane) for lane in lanes) or not self._is_deciding():
            return list(lanes)
        return [lane for lane in lanes if not (_is_of_a_role(lane) and self._is_early(lane))]

    def _is_deciding(self) -> bool:
        """A case that stays due is a fault: no other child's page waits for it."""
        now = self._machine.seconds()
        due = self._due.waiting(self._clock.now(), _LOOKED_AT)
        self._deciding = {ref: self._deciding.get(ref, now) for ref in due}
        return any(now - since < GATHERING for since in self._deciding.values())

    def _is_early(self, lane: str) -> bool:
        now = self._machine.seconds()
        return now - self._lanes.setdefault(lane, now) < GATHERING


def _is_of_a_role(lane: str) -> bool:
    return kind_of(lane) is LaneKind.ROLE
