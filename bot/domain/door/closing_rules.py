"""Found, seen, spoken to, closed; and mistakes mended by two people."""

from datetime import datetime

from bot.domain import commands, corrections, events
from bot.domain.case import Case, Status
from bot.domain.clocks import never_done
from bot.domain.door.asked import (
    Events,
    Room,
    choice,
    code,
    need_age,
    need_permission,
    need_rationale,
    not_in_the_future,
    recall,
    recorded,
    refuse,
)
from bot.domain.facts import Cause, FoundBy, Harm, InterviewKind
from bot.domain.permissions import asked_to_end
from bot.domain.refusals import Because
from bot.domain.training import is_training, training_number


def locate(command: commands.Locate, _: Case, room: Room) -> Events:
    found_by, harm, cause = _counted(command)
    not_in_the_future(room, when=command.when)
    need_permission(room, command)
    seen_by = command.seen_by if command.seen_in_person else ""
    located = recorded(events.Located, command, seen_by=seen_by, found_by=found_by, harm=harm, cause=cause)
    return [located]


def _counted(command: commands.Locate | commands.Close) -> tuple[FoundBy | None, Harm | None, Cause | None]:
    """Each may be left out; none may be anything else than a code."""
    return (
        code(FoundBy, command.found_by, "found_by"),
        code(Harm, command.harm, "harm"),
        code(Cause, command.cause, "cause"),
    )


def interview(command: commands.Interview, case: Case, room: Room) -> Events:
    kind = choice(InterviewKind, command.kind, "kind")
    if case.status is Status.CLOSED and kind is not InterviewKind.RETURN:
        refuse(Because.CASE_CLOSED)
    # A return interview is recorded as offered; where it is held need not be said.
    if kind is InterviewKind.PREVENTION and command.in_person is None:
        refuse(Because.REQUIRED_FIELD, field="in_person")
    need_permission(room, command)
    return [recorded(events.Interviewed, command, kind=kind, in_person=bool(command.in_person))]


def close(command: commands.Close, case: Case, room: Room) -> Events:
    """The closing gate: nobody closes a missing child unseen, or unspoken to."""
    found_by, harm, cause = _counted(command)
    need_permission(room, command)
    need_rationale("reason", command.reason)
    if case.whereabouts_unknown:
        _need_seen_and_spoken_to(case)
    undone = tuple(clock.key for clock in never_done(case, room.policy, room.now))
    closed = recorded(
        events.Closed,
        command,
        undone=undone,
        not_asked=case.not_answered,
        found_by=found_by,
        harm=harm,
        cause=cause or _cause_in(command.reason),
    )
    return [closed]


def _cause_in(reason: str) -> Cause | None:
    """A scenario says why the child was missing in the place of the reason (scenarios/README.md)."""
    return Cause(reason) if reason in tuple(Cause) else None


def _need_seen_and_spoken_to(case: Case) -> None:
    if case.back.seen is None:
        refuse(Because.NOT_SEEN_IN_PERSON)
    if case.back.prevention is None:
        refuse(Because.INTERVIEW_REQUIRED)


def reopen(command: commands.Reopen, case: Case, room: Room) -> Events:
    if case.status is not Status.CLOSED:
        refuse(Because.NOTHING_WAITING)
    need_permission(room, command)
    need_rationale("why", command.why)
    return [recorded(events.Reopened, command)]


def correct(command: commands.Correct, case: Case, room: Room) -> Events:
    """A mistake is mended by saying so; what stood before stays in the record."""
    field = _correctable(command, room)
    to = _as_kept(field, command.to, case, room)
    need_permission(room, command)
    need_rationale("why", command.why)
    corrected = recorded(events.Corrected, command, field=field, to=to)
    if field != "child.person_ref" or not to:
        return [corrected]
    episode, unread = recall(room, to, case.told_at)
    return [corrected, events.EpisodeLinked(episode=episode), *unread]


def _as_kept(field: str, to: str, case: Case, room: Room) -> str:
    """A time by the force's clock, since its day counts, too; and no correction leads a training case to a child's
    record, nor a child's case to a training one."""
    if field in corrections.TIMES:
        moment: datetime = corrections.parse(field, to)
        return moment.astimezone(room.zone).isoformat()
    if field != "child.person_ref":
        return to
    if not case.training and is_training(to):
        refuse(Because.TRAINING, field="to")
    return training_number(to) if case.training else to


def _correctable(command: commands.Correct, room: Room) -> str:
    if command.field == "training":
        refuse(Because.TRAINING, field="field")
    field = corrections.canonical(command.field)
    if field is None:
        refuse(Because.REQUIRED_FIELD, field="field")
    try:
        value = corrections.parse(field, command.to)
    except (ValueError, KeyError):
        refuse(Because.REQUIRED_FIELD, field="to")
    if field in corrections.TIMES:
        not_in_the_future(room, to=value)
    if field == "child.born":
        need_age(value, room, "to")
    return field


def void(command: commands.Void, _: Case, room: Room) -> Events:
    need_permission(room, command)
    need_rationale("why", command.why)
    return [recorded(events.VoidAsked, command)]


def duplicate(command: commands.Duplicate, case: Case, room: Room) -> Events:
    other = room.find_case(command.of)
    if other is None or other == case.ref:
        refuse(Because.REQUIRED_FIELD, field="of")
    need_permission(room, command)
    need_rationale("why", command.why)
    twin = room.case_of(other)  # no child's case is closed for one that nobody can read: then this raises
    if twin is not None and twin.training is not case.training:
        refuse(Because.TRAINING, field="of")
    return [recorded(events.DuplicateAsked, command, of=other)]


def confirm(command: commands.Confirm, case: Case, room: Room) -> Events:
    asked = case.ending.void_asked
    if asked is None:
        refuse(Because.NOTHING_WAITING)
    if asked_to_end(case, room.actor.id):
        refuse(Because.SECOND_PERSON_REQUIRED)
    need_permission(room, command)
    return [events.Confirmed()]
