"""Who is who and who is on duty: as last read from Slack's user groups, moved on by hand-overs and `/missing duty`.

The bot process refreshes a snapshot of the groups; every process reads it from the store, with the roster, so that no
decision waits for Slack.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import Generic, TypeVar

from bot.deadline import Deadline, current
from bot.directory_document import NOTHING, Everybody, GroupAnswer, Person, Snapshot
from bot.domain.handover import Roster
from bot.domain.people import AccountKind, Actor, Role
from bot.ports.rosters import ForceDirectory
from bot.time import MachineClock

_FRESH_FOR = 1.0  # seconds of machine time for which one process trusts what it read

Read = TypeVar("Read")


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
        self._found: Read | None = None
        self._read_at = float("-inf")
        self._read_for: Deadline | None = None

    def __call__(self) -> Read:
        now = self._clock.seconds()
        is_old = now - self._read_at >= _FRESH_FOR or now < self._read_at
        if is_old and (self._read_for is None or self._read_for is not current()):
            self.hear(self._read())
        assert self._found is not None, "it was read"
        return self._found

    def hear(self, found: Read) -> None:
        """It was read together with something else. What says the same as before stays the same object: what was
        worked out from it still holds."""
        if self._found is None or self._found != found:
            self._found = found
        self._read_at, self._read_for = self._clock.seconds(), current()


class _Counted:
    """Who counts of those who are listed somewhere, worked out once for what is known of them: a request asks many
    times who holds which role, and a list may have hundreds of names."""

    def __init__(self) -> None:
        self._worked_out: tuple[tuple[object, object], dict[frozenset[str], frozenset[str]]] = (
            (None, None),
            {},
        )

    def __call__(
        self, people: frozenset[str], known: tuple[object, object], counts: Callable[[str], bool]
    ) -> frozenset[str]:
        """`known`: what `counts` goes by."""
        before, found = self._worked_out
        if before[0] is not known[0] or before[1] is not known[1]:
            found = {}
            self._worked_out = known, found
        if people not in found:
            found[people] = frozenset(person for person in people if counts(person))
        return found[people]


_MEMBERS = frozenset({AccountKind.MEMBER})


class StoredDirectory:
    """Whom the force appointed, by Slack's user groups. `appointed` is what they say, `on_duty` the same.

    Somebody whose kind does not count is nobody, whatever group holds them. Somebody in a group of whom Slack has
    not said yet what they are is paged, and cannot act.
    """

    def __init__(
        self,
        read: Callable[[], Snapshot | None],
        read_everybody: Callable[[], Everybody | None],
        clock: MachineClock,
        whose: frozenset[AccountKind] = _MEMBERS,
        trusted_for: float = float("inf"),
    ) -> None:
        """`whose`: the kinds of accounts that count. `trusted_for`: machine seconds for which what Slack said of
        people and groups counts in full."""
        self._last = NOTHING
        self._snapshot = _Kept(lambda: self._known(read()), clock)
        self._read_everybody = read_everybody
        self._everybody: Mapping[str, Person] = {}
        self._everybody_at: float | None = None
        self._who_counts = _Counted()
        self._clock = clock
        self._whose = whose
        self._trusted_for = trusted_for

    def hear(self, found: Snapshot | None) -> None:
        self._snapshot.hear(self._known(found))

    def _known(self, found: Snapshot | None) -> Snapshot:
        """What was known last, where the document cannot be read: who was on duty a moment ago still is."""
        self._last = found or self._last
        return self._last

    def person(self, person: str) -> Person | None:
        """As Slack lists them, whatever their kind; None where it has not, or not yet."""
        return self._snapshot().people.get(person) or self._all().get(person)

    def _all(self) -> Mapping[str, Person]:
        """Read once for each newer list."""
        newest = self._snapshot().everybody_at
        if newest != self._everybody_at:
            found = self._read_everybody()
            self._everybody, self._everybody_at = found.people if found else self._everybody, newest
        return self._everybody

    def names(self) -> dict[str, str]:
        """Of everybody who counts, person → name."""
        known = {**self._all(), **self._snapshot().people}
        return {id: person.name for id, person in known.items() if person.kind in self._whose}

    def list_age(self) -> float:
        """Without end before it was read for the first time."""
        at = self._snapshot().listed_at
        return float("inf") if at is None else max(0.0, self._clock.seconds() - at)

    def age(self, roles: Iterable[Role]) -> float:
        """0 where none of them has a group."""
        now = self._clock.seconds()
        return max((self.listed(role).age(now) for role in roles), default=0.0)

    def listed(self, role: Role) -> GroupAnswer:
        """What Slack's user group says, and how old that is. Where none is set nobody is listed."""
        return self._snapshot().holders.get(role, GroupAnswer())

    def account(self, person: str) -> AccountKind:
        known = self.person(person)
        return self.counted(known.kind if known else AccountKind.UNKNOWN)

    def counted(self, kind: AccountKind) -> AccountKind:
        """A kind of account, as the force counts it."""
        return AccountKind.MEMBER if kind in self._whose else kind

    def is_nobody(self, person: str) -> bool:
        """Known not to count."""
        return self.account(person) not in (AccountKind.MEMBER, AccountKind.UNKNOWN)

    def actor(self, person: str) -> Actor | None:
        if self.account(person) is not AccountKind.MEMBER:
            return None
        roles = frozenset(role for role in Role if person in self.on_duty(role))
        return Actor(id=person, roles=roles, outdated=self.is_outdated(roles))

    def is_outdated(self, roles: Iterable[Role]) -> bool:
        """Whether Slack has been silent for too long on accounts, or on who holds one of these roles. What it has not
        said for the first time makes nobody anything."""
        listed = 0.0 if self._snapshot().listed_at is None else self.list_age()
        return max(listed, self.age(roles)) > self._trusted_for

    def on_duty(self, role: Role) -> frozenset[str]:
        return self._counted(self.listed(role).members)

    def name(self, person: str) -> str:
        known = self.person(person)
        return known.name if known else person

    def appointed(self, role: Role) -> frozenset[str]:
        return self.on_duty(role)

    def candidates(self, role: Role) -> frozenset[str]:
        has_a_list = role in self._snapshot().may_hold
        return self.named(role) if has_a_list else frozenset(self.names())

    def named(self, role: Role) -> frozenset[str]:
        listed = self._snapshot().may_hold.get(role)
        return self._counted(listed.members) if listed else frozenset()

    def _counted(self, people: frozenset[str]) -> frozenset[str]:
        known = self._snapshot(), self._all()
        return self._who_counts(people, known, lambda person: not self.is_nobody(person))


class RosteredDirectory:
    """The directory that every process decides by: whom the force appointed, and what was handed on since."""

    def __init__(self, force: ForceDirectory, read: Callable[[], Roster], clock: MachineClock) -> None:
        self._force = force
        self._roster = _Kept(read, clock)

    def hear(self, roster: Roster) -> None:
        self._roster.hear(roster)

    def actor(self, person: str) -> Actor | None:
        known = self._force.actor(person)
        if known is None:
            return None
        roles = frozenset(role for role in Role if person in self.on_duty(role))
        offers = self._roster().offers.values()
        taking_over = any(offer.is_open and offer.to == person for offer in offers)
        return Actor(id=person, roles=roles, outdated=known.outdated, taking_over=taking_over)

    def on_duty(self, role: Role) -> frozenset[str]:
        """A holder who was deactivated since holds nothing."""
        appointed = self._force.appointed(role)  # who all count
        holders = self._roster().holders(role, appointed)
        return holders - {person for person in holders - appointed if self._force.is_nobody(person)}

    def name(self, person: str) -> str:
        return self._force.name(person)

    def is_nobody(self, person: str) -> bool:
        return self._force.is_nobody(person)
