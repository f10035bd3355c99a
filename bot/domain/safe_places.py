"""May what concerns a case be said in this channel? (domain.md §5, "Reading is a permission too" and "Whose people")

Pure: what Slack says of a channel and of who is in it goes in; what is wrong with it comes out. What nobody knows is
not safe for an answer, and is not called wrong either: nobody is called for what Slack merely has not said yet.
"""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from bot.domain.people import AccountKind


class Fault(StrEnum):
    """Why a channel is not private to the force. In the order in which they are told: who can read most comes first."""

    PUBLIC = "public"
    SHARED = "shared"  # with another workspace
    OFFERED = "offered"  # to one that has not accepted yet
    STRANGERS = "strangers"
    GUESTS = "guests"
    APPS = "apps"  # another app is none of the force's people, and reads all that is said there


class PlaceFacts(Struct, frozen=True, kw_only=True):
    """What is known of one channel."""

    is_private: bool
    shared_with: frozenset[str] = frozenset()  # workspaces that are not the force's
    offered_to: frozenset[str] = frozenset()
    people: Mapping[str, AccountKind] | None = (
        None  # in it, apps too, but for the bot itself; None: nobody knows
    )


class Safety(Struct, frozen=True, kw_only=True):
    faults: tuple[Fault, ...] = ()  # what is known to be wrong
    is_known: bool = True  # or part of it is not, and more may be wrong

    @property
    def is_safe(self) -> bool:
        """For an answer about a case."""
        return self.is_known and not self.faults


UNKNOWN = Safety(is_known=False)

_BY_KIND = {
    AccountKind.STRANGER: Fault.STRANGERS,
    AccountKind.GUEST: Fault.GUESTS,
    AccountKind.MACHINE: Fault.APPS,
}
"""Whoever was deactivated reads nothing any more."""
_NOBODY_KNOWS = {"": AccountKind.UNKNOWN}


def safety(known: PlaceFacts | None) -> Safety:
    """`known`: None where Slack has not said it, or too long ago."""
    if known is None:
        return UNKNOWN
    people = known.people if known.people is not None else _NOBODY_KNOWS
    kinds = frozenset(people.values())
    found = {_BY_KIND[kind] for kind in kinds if kind in _BY_KIND}
    found |= set() if known.is_private else {Fault.PUBLIC}
    found |= {Fault.SHARED} if known.shared_with else set()
    found |= {Fault.OFFERED} if known.offered_to else set()
    faults = tuple(fault for fault in Fault if fault in found)
    return Safety(faults=faults, is_known=AccountKind.UNKNOWN not in kinds)
