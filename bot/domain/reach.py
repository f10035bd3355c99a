"""Would a page reach anybody now? One account of it, for each role (domain.md §5, "Beside Slack").

Pure: what is known of people, channels and other ways goes in; who can be woken, and by what, comes out. Whatever is
not known (None) is not held against anybody: a page is not called lost because a list is old.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct, field

from bot.domain.people import BY_RANK, AccountKind, Role


class HolderReach(Struct, frozen=True, kw_only=True):
    """One person who holds a role."""

    person: str
    account: AccountKind = AccountKind.MEMBER
    in_channel: bool | None = None  # of the role; None: nobody knows, or paged in person
    quiet_until: datetime | None = (
        None  # Do Not Disturb is on, and ends then; None: it is off, or nobody knows
    )

    @property
    def is_known(self) -> bool:
        """Or may be: of whom Slack has not said yet what they are, nothing is held against."""
        return self.account in (AccountKind.MEMBER, AccountKind.UNKNOWN)

    @property
    def is_reachable(self) -> bool:
        """In Slack, be it silently."""
        return self.is_known and self.in_channel is not False


class WayReach(Struct, frozen=True, kw_only=True):
    """A way beside Slack to a role: as the force named it, and what came of it last."""

    name: str
    tried_at: datetime | None = None  # None: never
    taken: bool = False  # whether it was, then


class Unheard(StrEnum):
    """Why no holder of a role would hear a page in Slack."""

    QUIET = "quiet"  # everybody who can be reached has Do Not Disturb on
    UNREACHABLE = "unreachable"  # deactivated, or outside of the channel
    REFUSED = "refused"  # Slack lets nothing into the place


class RoleReach(Struct, frozen=True, kw_only=True):
    role: Role
    holders: tuple[HolderReach, ...] = ()
    ways: tuple[WayReach, ...] = ()
    refused: str = ""  # Slack's own word, where its place lets nothing in

    @property
    def is_manned(self) -> bool:
        """A rung whose holders are all gone is an empty one."""
        return any(holder.is_known for holder in self.holders)

    @property
    def unheard(self) -> Unheard | None:
        """None where somebody would hear it; and where nobody holds the role, which is another matter."""
        if not self.holders:
            return None
        if self.refused:
            return Unheard.REFUSED
        reachable = [holder for holder in self.holders if holder.is_reachable]
        if not reachable:
            return Unheard.UNREACHABLE
        return Unheard.QUIET if all(holder.quiet_until for holder in reachable) else None

    @property
    def quiet_until(self) -> datetime | None:
        """When the first of them hears again; None where somebody does now."""
        if self.unheard is not Unheard.QUIET:
            return None
        return min((holder.quiet_until for holder in self.holders if holder.quiet_until), default=None)


# What is known.


class Quiet(Struct, frozen=True, kw_only=True):
    """Somebody's next, or present, time of Do Not Disturb."""

    start: datetime
    end: datetime

    def until(self, now: datetime) -> datetime | None:
        """When it ends, where it is on."""
        return self.end if self.start <= now < self.end else None


class ReachFacts(Struct, frozen=True, kw_only=True):
    """What was last read, person by person and role by role."""

    holders: Mapping[Role, frozenset[str]] = field(default_factory=dict)
    accounts: Mapping[str, AccountKind] = field(default_factory=dict)  # who is not in it is a member
    quiet: Mapping[str, Quiet] = field(default_factory=dict)
    inside: Mapping[Role, frozenset[str]] = field(
        default_factory=dict
    )  # who is in the role's channel, where known
    refused: Mapping[Role, str] = field(default_factory=dict)
    ways: Mapping[Role, tuple[WayReach, ...]] = field(default_factory=dict)
    directory_age: timedelta | None = None  # since Slack's list of people was read; None: never
    directory_deadline: timedelta = timedelta(minutes=10)  # from which that is too long ago
    asked_age: timedelta | None = None  # since Do Not Disturb and channels were asked about; None: never


# The account.


class Reach(Struct, frozen=True, kw_only=True):
    """Reckoned role by role when asked for: most pages ask for one."""

    facts: ReachFacts
    now: datetime  # case time, as every moment in the facts

    @property
    def roles(self) -> tuple[RoleReach, ...]:
        """Of every role that can be held, from the top."""
        return tuple(self.of(role) for role in BY_RANK if role is not Role.OWNER)

    def of(self, role: Role, owner: str | None = None) -> RoleReach:
        """`owner`: of the case, who is the whole rung where the role is the owner's."""
        people = self.facts.holders.get(role, frozenset())
        if role is Role.OWNER:
            people = frozenset({owner} if owner else ())
        return RoleReach(
            role=role,
            holders=tuple(self._person(person, role) for person in sorted(people)),
            ways=self.facts.ways.get(role, ()),
            refused=self.facts.refused.get(role, ""),
        )

    def _person(self, person: str, role: Role) -> HolderReach:
        inside, quiet = self.facts.inside.get(role), self.facts.quiet.get(person)
        return HolderReach(
            person=person,
            account=self.facts.accounts.get(person, AccountKind.MEMBER),
            in_channel=None if inside is None else person in inside,
            quiet_until=quiet.until(self.now) if quiet else None,
        )

    @property
    def is_old(self) -> bool:
        """The list of people and roles, by its deadline."""
        age = self.facts.directory_age
        return age is None or age > self.facts.directory_deadline


NOTHING_KNOWN = ReachFacts()
