"""The record of hand-overs."""

from datetime import datetime
from typing import Protocol

from msgspec import Struct

from bot.domain.events import Entry
from bot.domain.handover import Roster
from bot.ports.outbox import Outgoing

ROSTER = "ROSTER"
"""The name under which the due index and the outbox know the record of hand-overs."""


class RosterAppend(Struct, frozen=True, kw_only=True):
    """Everything that one step of a hand-over writes; all of it or nothing."""

    roster: Roster
    entries: tuple[Entry, ...]
    expected: int
    wake_at: datetime | None
    outgoing: tuple[Outgoing, ...] = ()


class RosterStore(Protocol):
    """The record of hand-overs: one per force."""

    def load(self) -> Roster: ...

    def entries(self) -> list[Entry]: ...

    def append(self, step: RosterAppend) -> None:
        """Raises Conflict where the roster has moved on."""
