"""Who is who and who is on duty: as last read from Slack's user groups, moved on by hand-overs and `/missing duty`.

The bot process refreshes a snapshot of the groups; every process reads it from the store, with the roster, so that no
decision waits for Slack.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Generic, TypeVar

import msgspec
from msgspec import Struct, field

from bot.deadline import Deadline, current
from bot.domain.handover import Roster
from bot.domain.people import Actor, Role
from bot.ports.notes import Documents
from bot.ports.rosters import Appointments, Directory
from bot.time import MachineClock

DOCUMENT = "directory"  # the name that it has in the store
_FRESH_FOR = 1.0  # seconds of machine time for which one process trusts what it read

Read = TypeVar("Read")


class Snapshot(Struct, frozen=True, kw_only=True):
    holders: dict[Role, frozenset[str]]
    names: dict[str, str]
    may_hold: dict[Role, frozenset[str]] = field(
        default_factory=dict
    )  # a role that is not here may be anybody's


def save(documents: Documents, snapshot: Snapshot) -> None:
    documents.put(DOCUMENT, msgspec.json.encode(snapshot))


def load(documents: Documents) -> Snapshot | None:
    return decode(documents.get(DOCUMENT))


def decode(found: bytes | None) -> Snapshot | None:
    return msgspec.json.decode(found, type=Snapshot) if found else None


class LastKnown(Generic[Read]):
    """For who must call somebody while the record is away: what was read last, and until then `at_first`.

    Nothing is decided by it.
    """

    def __init__(self, read: Callable[[], Read], at_first: Read, *away: type[Exception]) -> None:
        """`away`: what reading raises then."""
        self._read = read
        self._known = at_first
        self._away = away

    def __call__(self) -> Read:
        with suppress(*self._away):
            self._known = self._read()
        return self._known


class _Kept(Generic[Read]):
    """What was read a moment ago: a screen asks dozens of times who is on duty. What was read for a request serves it
    to its end, however long the record takes."""

    def __init__(self, read: Callable[[], Read], clock: MachineClock) -> None:
        self._read = read
        self._clock = clock
        self._read_at = float("-inf")
        self._read_for: Deadline | None = None

    def __call__(self) -> Read:
        now = self._clock.seconds()
        is_old = now - self._read_at >= _FRESH_FOR or now < self._read_at
        if is_old and (self._read_for is None or self._read_for is not current()):
            self.hear(self._read())
        return self._found

    def hear(self, found: Read) -> None:
        """It was read together with something else."""
        self._found, self._read_at, self._read_for = found, self._clock.seconds(), current()


_EMPTY = Snapshot(holders={}, names={})


class StoredDirectory:
    """Whom the force appointed, by Slack's user groups. `appointed` is what they say, `on_duty` the same."""

    def __init__(self, read: Callable[[], Snapshot | None], clock: MachineClock) -> None:
        self._snapshot = _Kept(lambda: read() or _EMPTY, clock)

    def hear(self, found: Snapshot | None) -> None:
        self._snapshot.hear(found or _EMPTY)

    def actor(self, person: str) -> Actor | None:
        known = self._snapshot()
        if person not in known.names:
            return None
        return Actor(id=person, roles=roles_of(person, known.holders))

    def on_duty(self, role: Role) -> frozenset[str]:
        return self._snapshot().holders.get(role, frozenset())

    def name(self, person: str) -> str:
        return self._snapshot().names.get(person, person)

    def appointed(self, role: Role) -> frozenset[str]:
        return self.on_duty(role)

    def candidates(self, role: Role) -> frozenset[str]:
        known = self._snapshot()
        return known.may_hold.get(role, frozenset(known.names))


class RosteredDirectory:
    """The directory that every process decides by: whom the force appointed, and what was handed on since."""

    def __init__(
        self, force: Directory, appointments: Appointments, read: Callable[[], Roster], clock: MachineClock
    ) -> None:
        self._force = force
        self._appointments = appointments
        self._roster = _Kept(read, clock)

    def hear(self, roster: Roster) -> None:
        self._roster.hear(roster)

    def actor(self, person: str) -> Actor | None:
        if self._force.actor(person) is None:
            return None
        return Actor(id=person, roles=frozenset(role for role in Role if person in self.on_duty(role)))

    def on_duty(self, role: Role) -> frozenset[str]:
        return self._roster().holders(role, self._appointments.appointed(role))

    def name(self, person: str) -> str:
        return self._force.name(person)


def roles_of(person: str, holders: Mapping[Role, frozenset[str]]) -> frozenset[Role]:
    return frozenset(role for role, people in holders.items() if person in people)
