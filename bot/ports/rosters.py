"""Who is who, who is on duty, and the record of hand-overs."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from bot.domain.events import Entry
from bot.domain.handover import Roster
from bot.domain.people import AccountKind, Actor, Role
from bot.ports.outbox import Outgoing

# Who is who, who is on duty, and what the force itself says of its roles.

OLD = 300.0  # machine seconds: Slack is asked each minute, so by then it has not answered several times


class Directory(Protocol):
    """Who is who, and who is on duty now."""

    def actor(self, person: str) -> Actor | None:
        """The person with the roles held now; None where nobody of that id exists."""

    def on_duty(self, role: Role) -> frozenset[str]: ...

    def name(self, person: str) -> str:
        """As shown on cards."""

    def is_nobody(self, person: str) -> bool:
        """Known not to count: deactivated, a guest, of another workspace, no person."""


class Appointments(Protocol):
    """What the force itself says of its roles, before any hand-over."""

    def appointed(self, role: Role) -> frozenset[str]: ...

    def age(self, roles: Iterable[Role]) -> float:
        """Seconds since the oldest of what is said of these roles was heard; without end where it never was."""

    def candidates(self, role: Role) -> frozenset[str]:
        """Who may be given the role."""

    def named(self, role: Role) -> frozenset[str]:
        """Those of them whom the force's own list for it has; nobody where there is no such list."""


class ForceDirectory(Directory, Appointments, Protocol):
    """Both as the force has them in Slack."""

    def account(self, person: str) -> AccountKind:
        """A member's, where the force counts that kind among its own; unknown where Slack has not listed it yet."""

    def list_age(self) -> float:
        """Seconds since the list of people was read to its end."""


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

    def load(self) -> Roster:
        """Raises Unreadable: nothing is decided on half a record."""

    def known(self) -> Roster:
        """What can be read of it, for who asks who is on duty: a page has to go to somebody."""

    def entries(self) -> list[Entry]: ...

    def append(self, step: RosterAppend) -> None:
        """Raises Conflict where the roster has moved on."""
