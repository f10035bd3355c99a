"""Two people at the same moment: both have decided on the same version of the case before either writes it down."""

from threading import Barrier, BrokenBarrierError
from typing import Any

from bot.ports.cases import Append, CaseStore
from bot.ports.stores import Stores

_PATIENCE = 60.0  # seconds until the other one is at the record too


class Crossing:
    """A record at which the next two writers meet; one of them then finds that the other got in first."""

    def __init__(self, cases: CaseStore) -> None:
        self._cases = cases
        self._meeting: Barrier | None = None
        self.met = False

    def bring_two_together(self) -> None:
        self._meeting = Barrier(2, action=self._they_met)

    def _they_met(self) -> None:
        self.met, self._meeting = True, None

    def append(self, step: Append) -> None:
        meeting = self._meeting
        if meeting:
            try:
                meeting.wait(_PATIENCE)
            except BrokenBarrierError:
                self._meeting = None
        self._cases.append(step)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cases, name)


class CrossingStores:
    """Those stores, with a record at which people can be made to meet."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores
        self.cases = Crossing(stores.cases)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stores, name)
