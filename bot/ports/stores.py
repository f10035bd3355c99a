"""All that stands behind one server, or one process's memory."""

from collections.abc import Mapping
from typing import Protocol

from bot.ports.bell import Bell
from bot.ports.cases import CaseStore, DueIndex
from bot.ports.damaged import DamageStore
from bot.ports.destination import Destination
from bot.ports.drafts import Drafts
from bot.ports.log_reader import LogReader
from bot.ports.metrics import Metrics
from bot.ports.notes import Arrivals, Documents, Heartbeats, Requests
from bot.ports.outbox import Outbox
from bot.ports.processing_log import ProcessingLog
from bot.ports.rosters import RosterStore
from bot.ports.texts import Texts

# When the next post may leave, for each channel and each lane. Machine seconds throughout.

EDITS = "edits"  # their gate: Slack counts them together, so it shuts for all of them


class RateLimits(Protocol):
    def enter(self, channel: str, machine_now: float) -> float:
        """When a post may leave. Not later than now: it may, and nobody else's for a second."""

    def enter_edit(self, machine_now: float, *, is_patient: bool) -> float:
        """When an edit may be made. Not later than now: it may, and is counted."""

    def shut(self, gate: str, until: float) -> None:
        """Slack asked to wait."""

    def opens(self, gate: str) -> float:
        """When it opens, or opened."""

    def hold(self, lane: Destination, until: float) -> None: ...

    def holds(self) -> Mapping[str, float]: ...

    def fell(self, lane: Destination) -> int:
        """How many times in a row Slack has not taken this lane's post, with this one."""

    def falls(self, lane: Destination) -> int:
        """The same without this one."""

    def recovered(self, lane: Destination) -> None: ...

    def refuse(self, lane: Destination, code: str) -> None:
        """Slack lets nothing into its place, until it has recovered. `code` is Slack's."""

    def refused(self) -> Mapping[str, str]:
        """Lane → why."""


class Stores(Protocol):
    """One server, or one process's memory."""

    @property
    def cases(self) -> CaseStore: ...

    @property
    def due(self) -> DueIndex: ...

    @property
    def bell(self) -> Bell: ...

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

    @property
    def texts(self) -> Texts: ...

    @property
    def processing_log(self) -> ProcessingLog: ...

    @property
    def log_reader(self) -> LogReader:
        """Of the processing log, which no report may read (`tests/unit/test_arrows.py`)."""

    @property
    def damaged(self) -> DamageStore: ...
