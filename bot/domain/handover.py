"""Handing a role over at the end of a shift: of a role, not of its cases, so one clock and one page (domain.md §5)."""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct, field
from msgspec.structs import replace

from bot.domain import commands, events
from bot.domain.case import Paging
from bot.domain.clocks import Clock
from bot.domain.door.base import Events, Room, choice, need_people, need_text, refuse
from bot.domain.escalation import Watched
from bot.domain.events import Entry
from bot.domain.grades import Grade
from bot.domain.paging import after_clearing, after_pages
from bot.domain.people import Role
from bot.domain.policy import Policy
from bot.domain.refusals import Because

HANDOVER = "handover-accepted"


class Offer(Struct, frozen=True, kw_only=True):
    by: str
    to: str
    at: datetime
    accepted_at: datetime | None = None


class Roster(Struct, frozen=True, kw_only=True):
    """Who handed what to whom. Who held a role before the first hand-over is the directory's to say."""

    version: int = 0
    offers: dict[Role, Offer] = field(default_factory=dict)  # the newest of each role
    moves: tuple[tuple[Role, str, str], ...] = ()  # role, from, to
    paging: dict[str, Paging] = field(default_factory=dict)

    def holders(self, role: Role, appointed: frozenset[str]) -> frozenset[str]:
        """Who holds the role now, given whom the force appointed to it."""
        held = appointed
        for moved, giver, taker in self.moves:
            if moved is role:
                held = (held - {giver}) | {taker}
        return held


def advance_roster(roster: Roster, entry: Entry) -> Roster:
    """The roster one entry later."""
    return replace(_apply(roster, entry), version=roster.version + 1)


def _apply(roster: Roster, entry: Entry) -> Roster:
    match entry.event:
        case events.HandoverOffered(role=role, to=to):
            offer = Offer(by=entry.by, to=to, at=entry.at)
            return replace(roster, offers={**roster.offers, role: offer})
        case events.HandoverAccepted(role=role):
            return _accepted(roster, role, entry)
        case events.Paged() as paged:
            return replace(roster, paging=after_pages(roster.paging, paged, entry.at))
        case events.Cleared() as cleared:
            return replace(roster, paging=after_clearing(roster.paging, cleared))
        case other:
            raise ValueError(f"A roster cannot fold {type(other).__name__}.")


def _accepted(roster: Roster, role: Role, entry: Entry) -> Roster:
    offer = roster.offers[role]
    return replace(
        roster,
        offers={**roster.offers, role: replace(offer, accepted_at=entry.at)},
        moves=(*roster.moves, (role, offer.by, offer.to)),
    )


def offer_handover(command: commands.OfferHandover, _: Roster, room: Room) -> Events:
    """By who holds the role."""
    need_people(room, by=room.actor.id, to=command.to)
    need_text(room, to=command.to)
    role = choice(Role, command.role, "role")
    if role not in room.actor.roles:
        refuse(Because.NOT_PERMITTED)
    return [events.HandoverOffered(role=role, to=command.to)]


def accept_handover(command: commands.AcceptHandover, roster: Roster, room: Room) -> Events:
    """By the person named; until then the giver holds it."""
    need_people(room, by=room.actor.id)
    role = choice(Role, command.role, "role")
    offer = roster.offers.get(role)
    if offer is None:
        refuse(Because.NOTHING_WAITING)
    if offer.accepted_at:
        refuse(Because.ALREADY_DONE if offer.to == room.actor.id else Because.NOTHING_WAITING)
    if offer.to != room.actor.id:
        refuse(Because.NOT_ASSIGNED)
    return [events.HandoverAccepted(role=role)]


def watched_roster(roster: Roster, policy: Policy) -> Watched:
    """A hand-over belongs to no case, so no grade runs: it climbs at the pace of the children it may hold, high."""
    return Watched(
        clocks=tuple(handover_accepted(roster.offers, policy)), paging=roster.paging, grade=Grade.HIGH
    )


def handover_accepted(offers: Mapping[Role, Offer], policy: Policy) -> list[Clock]:
    """The incoming person says so: a role that nobody took over is held by nobody (IOPC, Staffordshire, 2025)."""
    length = policy.clocks[HANDOVER].due.of(Grade.HIGH)
    return [
        Clock(
            name=HANDOVER,
            item=role.value,
            started=offer.at,
            due=offer.at + length if length else None,
            done=offer.accepted_at,
            page_from=offer.at + length if length and not offer.accepted_at else None,
        )
        for role, offer in offers.items()
    ]
