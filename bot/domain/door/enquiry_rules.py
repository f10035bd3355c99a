"""The work of tracing the child, and what is heard meanwhile."""

from bot.domain import commands, events
from bot.domain.case import Case, Status
from bot.domain.door.asked import (
    Events,
    Room,
    choice,
    code,
    need_permission,
    not_in_the_future,
    recorded,
    refuse,
)
from bot.domain.facts import CALLER, OF_SUSPECT, EnquiryKind, InformationKind, ToldCaller
from bot.domain.permissions import heard_it
from bot.domain.refusals import Because


def set_enquiry(command: commands.SetEnquiry, case: Case, room: Room) -> Events:
    kind = choice(EnquiryKind, command.kind, "kind")
    if command.due_at is None or command.due_at < room.now:
        refuse(Because.REQUIRED_FIELD, field="due")
    if command.id in case.enquiries:
        refuse(Because.ALREADY_DONE, field="id")
    if (command.ethnicity_asked or command.nationality_asked) and kind not in OF_SUSPECT:
        refuse(Because.REQUIRED_FIELD, field="suspect_asked")
    need_permission(room, command)
    return [recorded(events.EnquirySet, command, kind=kind)]


def finish_enquiry(command: commands.FinishEnquiry, case: Case, room: Room) -> Events:
    enquiry = case.enquiries.get(command.id)
    if enquiry is None:
        refuse(Because.REQUIRED_FIELD, field="id")
    if case.status is Status.CLOSED and enquiry.kind is EnquiryKind.ENQUIRY:
        refuse(Because.CASE_CLOSED)
    if enquiry.done:
        refuse(Because.ALREADY_DONE, field="id")
    need_permission(room, command)
    return [recorded(events.EnquiryDone, command)]


def note(command: commands.Note, _: Case, room: Room) -> Events:
    need_permission(room, command)
    return [recorded(events.Noted, command)]


def attend(command: commands.Attend, _: Case, room: Room) -> Events:
    need_permission(room, command)
    return [recorded(events.Attended, command)]


def inform(command: commands.Inform, case: Case, room: Room) -> Events:
    """New information reopens a closed case: it may be about a child who needs us."""
    kind = choice(InformationKind, command.kind, "kind")
    if command.id in case.information:
        refuse(Because.ALREADY_DONE, field="id")
    need_permission(room, command)
    received = recorded(events.InformationReceived, command, kind=kind)
    if case.status is Status.CLOSED:
        return [events.Reopened(why="New information"), received]
    return [received]


def consider(command: commands.Consider, case: Case, room: Room) -> Events:
    """By somebody else than who recorded it, unless a supervisor or above."""
    item = case.information.get(command.id)
    if item is None:
        refuse(Because.REQUIRED_FIELD, field="id")
    if item.considered:
        refuse(Because.ALREADY_DONE, field="id")
    if heard_it(item, room.actor):
        refuse(Because.SECOND_PERSON_REQUIRED)
    need_permission(room, command)
    return [recorded(events.Considered, command)]


def tell(command: commands.Tell, _: Case, room: Room) -> Events:
    """Each of them is told in a line of its own; those who were told twice are named once."""
    said = code(ToldCaller, command.said, "said")
    not_in_the_future(room, when=command.when)
    need_permission(room, command)
    return [
        recorded(events.Told, command, who=who, said=said if who == CALLER else None)
        for who in dict.fromkeys(command.who)
    ]


def record_ppn(command: commands.RecordPpn, _: Case, room: Room) -> Events:
    """Ethnicity and school must be on it (HMICFRS: notices went in without either)."""
    need_permission(room, command)
    return [recorded(events.PpnRecorded, command)]
