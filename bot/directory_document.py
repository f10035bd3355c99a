"""Who is who and who is on duty, as last read from Slack: kept in the record by the bot, for every process."""

import msgspec
from msgspec import Struct, field

from bot.domain.people import AccountKind, Role
from bot.ports.damaged import read
from bot.ports.notes import Documents
from bot.ports.rosters import OLD

DOCUMENT = "who is who"  # the name that it has in the store
_EVERYBODY = "everybody"


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
    """Small, since every request reads it: of all accounts only those who hold a role are in it."""

    holders: dict[Role, GroupAnswer]
    people: dict[str, Person]
    may_hold: dict[Role, GroupAnswer] = field(
        default_factory=dict
    )  # a role that is not here may be anybody's
    listed_at: float | None = None  # machine seconds at which Slack's list of people was last read to its end
    listed: int = 0  # accounts on it
    list_trouble: str = ""  # why it is not read on
    everybody_at: float | None = None  # which `Everybody` is the newest


class Everybody(Struct, frozen=True, kw_only=True):
    """All accounts of the workspace, tens of thousands perhaps: read where somebody is not in the snapshot."""

    read_at: float
    people: dict[str, Person]


NOTHING = Snapshot(holders={}, people={})


def save(documents: Documents, snapshot: Snapshot) -> None:
    documents.put(DOCUMENT, msgspec.json.encode(snapshot))


def load(documents: Documents) -> Snapshot | None:
    return read(documents, DOCUMENT, Snapshot)


def save_everybody(documents: Documents, everybody: Everybody) -> None:
    documents.put(_EVERYBODY, msgspec.json.encode(everybody))


def load_everybody(documents: Documents) -> Everybody | None:
    return read(documents, _EVERYBODY, Everybody)
