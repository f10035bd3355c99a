"""Who is who and who is on duty, as last read from Slack: kept in the record by the bot, for every process."""

import msgspec
from msgspec import Struct, field

from bot.domain.people import AccountKind, Role
from bot.ports.notes import Documents

DOCUMENT = "who is who"  # the name that it has in the store

OLD = 300.0  # machine seconds: Slack is asked each minute, so by then it has not answered several times


class Person(Struct, frozen=True, kw_only=True, omit_defaults=True):
    name: str
    kind: AccountKind = AccountKind.MEMBER


class GroupAnswer(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who holds a role, or may hold it, by its user group's last answer: everybody in it, whoever they are.

    `trouble`: Slack's word for why it gave no newer answer, or the kind of error; "" where its newest was one.
    """

    members: frozenset[str] = frozenset()
    group: str = ""  # its id; "" where the settings name the people one by one
    read_at: float | None = None  # machine seconds of that answer; None before the first
    trouble: str = ""

    def age(self, machine_now: float) -> float:
        """Seconds since its last answer; without end before the first."""
        if not self.group:
            return 0.0
        return float("inf") if self.read_at is None else max(0.0, machine_now - self.read_at)

    def is_old(self, machine_now: float) -> bool:
        return self.age(machine_now) > OLD


class Snapshot(Struct, frozen=True, kw_only=True):
    holders: dict[Role, GroupAnswer]
    people: dict[str, Person]
    may_hold: dict[Role, GroupAnswer] = field(
        default_factory=dict
    )  # a role that is not here may be anybody's

    @property
    def names(self) -> dict[str, str]:
        """Of those who belong to the force, person → name."""
        return {id: person.name for id, person in self.people.items() if person.kind is AccountKind.MEMBER}


def save(documents: Documents, snapshot: Snapshot) -> None:
    documents.put(DOCUMENT, msgspec.json.encode(snapshot))


def load(documents: Documents) -> Snapshot | None:
    return decode(documents.get(DOCUMENT))


def decode(found: bytes | None) -> Snapshot | None:
    return msgspec.json.decode(found, type=Snapshot) if found else None
