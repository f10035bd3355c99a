"""Who is who and who is on duty, as last read from Slack's user groups.

The bot process refreshes a snapshot; every process reads it from the store, so that no decision waits for Slack.
"""

from collections.abc import Mapping

import msgspec
from msgspec import Struct

from bot.domain.people import Actor, Role
from bot.ports import Documents
from bot.time import MachineClock

_NAME = "directory"
_FRESH_FOR = 1.0  # seconds of machine time for which one process trusts what it read


class Snapshot(Struct, frozen=True, kw_only=True):
    holders: dict[Role, frozenset[str]]
    names: dict[str, str]


def save(documents: Documents, snapshot: Snapshot) -> None:
    documents.put(_NAME, msgspec.json.encode(snapshot))


def load(documents: Documents) -> Snapshot | None:
    found = documents.get(_NAME)
    return msgspec.json.decode(found, type=Snapshot) if found else None


class StoredDirectory:
    """The directory that every process reads."""

    def __init__(self, documents: Documents, clock: MachineClock) -> None:
        self._documents = documents
        self._clock = clock
        self._read_at = float("-inf")
        self._snapshot = Snapshot(holders={}, names={})

    def actor(self, person: str) -> Actor | None:
        known = self._fresh()
        if person not in known.names:
            return None
        return Actor(id=person, roles=roles_of(person, known.holders))

    def on_duty(self, role: Role) -> frozenset[str]:
        return self._fresh().holders.get(role, frozenset())

    def name(self, person: str) -> str:
        return self._fresh().names.get(person, person)

    def _fresh(self) -> Snapshot:
        now = self._clock.seconds()
        if now - self._read_at >= _FRESH_FOR or now < self._read_at:
            self._snapshot = load(self._documents) or self._snapshot
            self._read_at = now
        return self._snapshot


def roles_of(person: str, holders: Mapping[Role, frozenset[str]]) -> frozenset[Role]:
    return frozenset(role for role, people in holders.items() if person in people)
