"""Who has the case, and who knows. Assigned is not accepted."""

from datetime import timedelta

from bot.domain import commands, events
from bot.domain.case import Case
from bot.domain.door.asked import (
    Events,
    Room,
    choice,
    code,
    need_permission,
    need_rationale,
    recorded,
    refuse,
)
from bot.domain.escalation import asked_for
from bot.domain.facts import EscalationWhy, Grade, TransferRefusal, TransferWhy
from bot.domain.people import Actor, Role
from bot.domain.refusals import Because

_ONCE_IN = timedelta(minutes=1)  # a second press of the same finger
TOP = "top"
"""In a refusal: the last rung is paged already."""


def assign(command: commands.Assign, _: Case, room: Room) -> Events:
    need_permission(room, command)
    return [recorded(events.Assigned, command)]


def accept(_: commands.Accept, case: Case, room: Room) -> Events:
    _need_asked(case, room)
    return [events.Accepted()]


def decline(command: commands.Decline, case: Case, room: Room) -> Events:
    _need_asked(case, room)
    need_rationale("why", command.why)
    return [recorded(events.Declined, command)]


def _need_asked(case: Case, room: Room) -> None:
    asked = case.ownership.assigned_to
    if asked == room.actor.id:
        return
    if case.owner == room.actor.id:
        refuse(Because.ALREADY_DONE)
    refuse(Because.NOT_ASSIGNED if asked else Because.NOTHING_WAITING)


def release(command: commands.Release, case: Case, room: Room) -> Events:
    if case.owner != room.actor.id:
        refuse(Because.NOT_ASSIGNED)
    need_rationale("why", command.why)
    return [recorded(events.Released, command)]


def take(command: commands.Take, case: Case, room: Room) -> Events:
    if case.owner == room.actor.id:
        refuse(Because.ALREADY_DONE)
    need_permission(room, command)
    return [events.Taken()]


def acknowledge(_: commands.Acknowledge, case: Case, room: Room) -> Events:
    """ "I know": quiet for a while about what was paged to me. A FIM knows about all of the case at once."""
    mine = paged_to(case, room.actor)
    if not mine:
        _need_something_to_know(case, room)
    if not _is_news(mine, case, room):
        refuse(Because.ALREADY_DONE)
    quiet = room.policy.quiet.of(case.running_grade)
    return [events.Acknowledged(clocks=mine, until=room.now + quiet)]


def escalate(command: commands.Escalate, case: Case, room: Room) -> Events:
    """Whatever is paged goes one rung up at once; where nothing is, a FIM is paged, or who is above whoever asks."""
    why = choice(EscalationWhy, command.why, "why")
    before = case.escalation
    if before and room.now - before.step.at < _ONCE_IN:
        refuse(Because.ALREADY_DONE)
    asked = asked_for(case, room.actor.roles, room.policy)
    if not asked.clocks and asked.wanted is None:
        refuse(Because.ALREADY_DONE, about=(TOP,))
    need_permission(room, command)
    return [events.Escalated(why=why, clocks=asked.clocks, wanted=asked.wanted)]


def paged_to(case: Case, actor: Actor) -> tuple[str, ...]:
    """Keys of the clocks that an acknowledgement of theirs would quieten."""
    roles = set(actor.roles)
    if case.owner == actor.id:
        roles.add(Role.OWNER)
    if Role.FIM in roles:
        return tuple(case.paging)
    return tuple(key for key, paging in case.paging.items() if paging.told & roles)


def _need_something_to_know(case: Case, room: Room) -> None:
    """A FIM may say at any time that a high-risk case is known."""
    if Role.FIM in room.actor.roles and case.running_grade is Grade.HIGH:
        return
    refuse(Because.NOT_PERMITTED if case.paging else Because.NOTHING_WAITING)


def _is_news(mine: tuple[str, ...], case: Case, room: Room) -> bool:
    """Pressed again, it changes nothing: all of it is known and quiet, and no clock waits for this person's word. That
    another FIM knows of a high case is worth writing down."""
    if Role.FIM in room.actor.roles and case.running_grade is Grade.HIGH and case.risk.fim_aware_at is None:
        return True
    if Role.DUTY_INSPECTOR in room.actor.roles and case.inspector_told_at is None:
        return True
    if not mine:
        return case.acknowledged is None or case.acknowledged.by != room.actor.id
    quiet = [case.paging[key].quiet_until for key in mine]
    return any(until is None or until <= room.now for until in quiet)


def transfer(command: commands.Transfer, _: Case, room: Room) -> Events:
    why = code(TransferWhy, command.why, "why")
    need_permission(room, command)
    return [recorded(events.Transferred, command, why=why)]


def accept_transfer(command: commands.AcceptTransfer, case: Case, room: Room) -> Events:
    _need_passed_on(case)
    need_permission(room, command)
    return [recorded(events.TransferAccepted, command)]


def refuse_transfer(command: commands.RefuseTransfer, case: Case, room: Room) -> Events:
    """The sender keeps the case until it is passed on again, or kept."""
    why = choice(TransferRefusal, command.why, "why")
    _need_passed_on(case)
    need_permission(room, command)
    return [recorded(events.TransferRefused, command, why=why)]


def _need_passed_on(case: Case) -> None:
    if not case.ending.awaits_force:
        refuse(Because.NOTHING_WAITING)


def keep(command: commands.Keep, case: Case, room: Room) -> Events:
    refusal = case.ending.refusal
    if refusal is None:
        refuse(Because.NOTHING_WAITING)
    if refusal.settled:
        refuse(Because.ALREADY_DONE)
    need_permission(room, command)
    need_rationale("why", command.why)
    return [recorded(events.TransferKept, command)]
