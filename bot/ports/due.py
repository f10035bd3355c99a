"""When each case is to be looked at, and whether anybody looks."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from msgspec import Struct, field


class DueIndex(Protocol):
    """When each case is to be looked at again. A claim is a lease: losing its holder costs one lease.

    A claim is finished by an append to that case, which says when to look next.
    Machine time is in seconds of the wall clock, since several machines compare it.
    """

    def claim(self, now: datetime, machine_now: float, limit: int, lease: float) -> list[str]:
        """References due at `now` whose lease, if any, ran out at `machine_now` (seconds); most overdue first."""

    def next_at(self) -> datetime | None:
        """The soonest that nobody has claimed; it may be past. A lost claim comes back later, so do not sleep long."""

    def overdue(self, now: datetime) -> int:
        """How many are due at `now`, claimed or not."""

    def wake(self, ref: str, at: datetime) -> None:
        """Has it looked at then, or sooner where it already was to be: what is done beside an append."""

    def waiting(self, now: datetime, limit: int) -> dict[str, datetime]:
        """References due at `now` and since when, claimed or not; most overdue first."""


class Pulse(Struct, frozen=True, kw_only=True):
    """Does time run? Case time throughout."""

    last_check: datetime | None  # a timer's last whole look at everything; None: none that anybody knows of
    stopped_since: datetime | None = None
    # Timers look, and still nobody decides these cases, due since then, or what is said of them waits since then
    # because they cannot be read: no page comes for them.
    undecided: Mapping[str, datetime] = field(default_factory=dict)


class Watch(Protocol):
    def pulse(self) -> Pulse:
        """As things stand now; where the record does not answer, from what was last known of it. Never raises."""
