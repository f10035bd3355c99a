"""Doors of the roster: offering a role, taking it over, putting people on duty and off."""

from collections.abc import Callable
from datetime import timedelta

from bot.domain import commands, events
from bot.domain.commands import Command
from bot.domain.door.asked import (
    Events,
    Room,
    choice,
    need_fields,
    need_people,
    need_permission,
    need_standing,
    recorded,
    refuse,
)
from bot.domain.handover import Offer, Roster
from bot.domain.people import HANDED_OVER, Role
from bot.domain.permissions import may_put_on
from bot.domain.refusals import Because

# In a refusal, what stands against it.
LAST = "last"  # the one who would go is the last who holds the role
ONESELF = "oneself"
ABOVE = "above"  # the role is above that of who asks, and the force's list for it does not have the person

_SENT_AGAIN = timedelta(minutes=1)  # the same offer: nobody heard whether it was saved


def offer_handover(command: commands.OfferHandover, roster: Roster, room: Room) -> Events:
    """By who holds the role, to somebody who may hold it. The same once more, a moment later, is one offer."""
    role = choice(Role, command.role, "role")
    if role not in room.actor.roles:
        refuse(Because.NOT_PERMITTED)
    if command.to == room.actor.id:
        refuse(Because.ALREADY_DONE, field="to")
    if not room.may_hold(command.to, role):
        refuse(Because.NOT_PERMITTED, field="to", about=(command.to,))
    if any(_is_just_that(offer, command, room) for offer in roster.offers.values()):
        return []
    return [recorded(events.HandoverOffered, command, role=role)]


def _is_just_that(offer: Offer, command: commands.OfferHandover, room: Room) -> bool:
    is_same = (offer.by, offer.role, offer.to) == (room.actor.id, command.role, command.to)
    return is_same and offer.is_open and room.now - offer.at < _SENT_AGAIN


def take_case(command: commands.TakeCase, roster: Roster, room: Room) -> Events:
    """One case of many, so that who is called away half-way need not begin again."""
    offer = _offer(roster, room, number=command.number)
    if command.ref in offer.taken:
        return []
    return [events.HandoverCaseTaken(number=offer.number, ref=command.ref)]


def accept_handover(command: commands.AcceptHandover, roster: Roster, room: Room) -> Events:
    """By the person named, who may still hold it; until then the giver holds it."""
    role = choice(Role, command.role, "role")
    offer = _offer(roster, room, number=command.number, role=role)
    if not room.may_hold(room.actor.id, role):
        refuse(Because.NOT_PERMITTED, about=(room.actor.id,))
    appointed = room.appointed(role)
    return [recorded(events.HandoverAccepted, command, role=role, giver=offer.by, appointed=appointed)]


def _offer(roster: Roster, room: Room, *, number: int, role: Role | None = None) -> Offer:
    """The open offer to this person. Raises Refused."""
    about = [
        offer
        for offer in roster.offers.values()
        if (offer.number == number if number else offer.role is role)
    ]
    mine = [offer for offer in about if offer.to == room.actor.id]
    for offer in mine:
        if offer.is_open:
            return offer
    if mine:
        refuse(Because.ALREADY_DONE)
    refuse(Because.NOT_ASSIGNED if any(offer.is_open for offer in about) else Because.NOTHING_WAITING)


def put_on_duty(command: commands.PutOnDuty, roster: Roster, room: Room) -> Events:
    """By a supervisor or above, as every decision about who does what; never oneself, nor above one's own role."""
    role = _duty(command.role)
    need_permission(room, command)
    if not room.may_hold(command.person, role):
        refuse(Because.NOT_PERMITTED, field="person", about=(command.person,))
    if command.person in roster.holders(role, room.appointed(role)):
        refuse(Because.ALREADY_DONE, field="person")
    if not may_put_on(room.actor, command.person, role, named=room.named(command.person, role)):
        why = ONESELF if command.person == room.actor.id else ABOVE
        refuse(Because.NOT_PERMITTED, field="person", about=(why,))
    return [events.PutOnDuty(role=role, person=command.person, appointed=room.appointed(role))]


def take_off_duty(command: commands.TakeOffDuty, roster: Roster, room: Room) -> Events:
    """Never the last: a role that nobody holds answers no page."""
    role = _duty(command.role)
    need_permission(room, command)
    holders = roster.holders(role, room.appointed(role))
    if command.person not in holders:
        refuse(Because.ALREADY_DONE, field="person")
    if all(room.is_nobody(each) for each in holders - {command.person}):
        refuse(Because.NOT_PERMITTED, field="person", about=(LAST,))
    return [events.TakenOffDuty(role=role, person=command.person, appointed=room.appointed(role))]


def _duty(named: str) -> Role:
    role = choice(Role, named, "role")
    if role not in HANDED_OVER:
        refuse(Because.REQUIRED_FIELD, field="role")
    return role


_DOORS: dict[type[Command], Callable[..., Events]] = {
    commands.OfferHandover: offer_handover,
    commands.TakeCase: take_case,
    commands.AcceptHandover: accept_handover,
    commands.PutOnDuty: put_on_duty,
    commands.TakeOffDuty: take_off_duty,
}


OF_DUTY = tuple(_DOORS)


def decide_duty(command: Command, roster: Roster, room: Room) -> Events:
    """Raises Refused."""
    need_people(room, command)
    need_standing(room, command)
    need_fields(command, room)
    return _DOORS[type(command)](command, roster, room)
