"""All that stands behind one server, or one process's memory."""

from typing import Protocol

from bot.ports.cases import CaseStore, DueIndex
from bot.ports.drafts import Drafts
from bot.ports.notes import Arrivals, Documents, Heartbeats, Metrics, Requests
from bot.ports.outbox import Outbox
from bot.ports.rosters import RosterStore


class Stores(Protocol):
    """One server, or one process's memory."""

    @property
    def cases(self) -> CaseStore: ...

    @property
    def due(self) -> DueIndex: ...

    @property
    def rosters(self) -> RosterStore: ...

    @property
    def outbox(self) -> Outbox: ...

    @property
    def metrics(self) -> Metrics: ...

    @property
    def heartbeats(self) -> Heartbeats: ...

    @property
    def requests(self) -> Requests: ...

    @property
    def arrivals(self) -> Arrivals: ...

    @property
    def documents(self) -> Documents: ...

    @property
    def drafts(self) -> Drafts: ...
