"""Case + command + person + now → events, or a refusal that says why. Nothing else may append to a case."""

from collections.abc import Callable
from typing import Any

from bot.domain import commands
from bot.domain.case import Case, Status
from bot.domain.commands import Command
from bot.domain.door import afterwards, enquiries, ownership, recall, risk
from bot.domain.door.base import Events, Recalled, Room, need_people, refuse
from bot.domain.door.report import report
from bot.domain.refusals import Because

__all__ = ["Recalled", "Room", "decide", "report"]

_DOORS: dict[type[Command], Callable[[Any, Case, Room], Events]] = {
    commands.AnswerMarkers: risk.answer_markers,
    commands.GradeCase: risk.grade,
    commands.Approve: risk.approve,
    commands.Refuse: risk.refuse_downgrade,
    commands.Categorise: risk.categorise,
    commands.SignOff: risk.sign_off,
    commands.Review: risk.review,
    commands.Assign: ownership.assign,
    commands.Accept: ownership.accept,
    commands.Decline: ownership.decline,
    commands.Release: ownership.release,
    commands.Take: ownership.take,
    commands.Acknowledge: ownership.acknowledge,
    commands.Transfer: ownership.transfer,
    commands.AcceptTransfer: ownership.accept_transfer,
    commands.SetEnquiry: enquiries.set_enquiry,
    commands.FinishEnquiry: enquiries.finish_enquiry,
    commands.Note: enquiries.note,
    commands.Inform: enquiries.inform,
    commands.Consider: enquiries.consider,
    commands.Tell: enquiries.tell,
    commands.RecordPpn: enquiries.record_ppn,
    commands.Locate: afterwards.locate,
    commands.Interview: afterwards.interview,
    commands.Close: afterwards.close,
    commands.Reopen: afterwards.reopen,
    commands.Correct: afterwards.correct,
    commands.Void: afterwards.void,
    commands.Duplicate: afterwards.duplicate,
    commands.Confirm: afterwards.confirm,
    commands.ShowEpisodes: recall.show_episodes,
    commands.SameChild: recall.same_child,
}

# What a closed case still takes (domain.md §5, "Closed"); a case that is void, a duplicate or with another force
# takes only its reopening.
_AFTER_CLOSING = (
    commands.Reopen,
    commands.Inform,
    commands.Interview,
    commands.RecordPpn,
    commands.FinishEnquiry,
    commands.Acknowledge,
)


def decide(command: Command, case: Case, room: Room) -> Events:
    """The events that this step makes of this case. Raises Refused; then nothing has changed."""
    need_people(room, by=room.actor.id, **_people_named(command))
    if case.status is Status.CLOSED and not _still_taken(command, case):
        refuse(Because.CASE_CLOSED)
    return _DOORS[type(command)](command, case, room)


def _people_named(command: Command) -> dict[str, str]:
    if isinstance(command, commands.Assign):
        return {"to": command.to}
    if isinstance(command, commands.SetEnquiry):
        return {"owner": command.owner}
    return {}


def _still_taken(command: Command, case: Case) -> bool:
    if case.ending.gone:
        return isinstance(command, commands.Reopen)
    if isinstance(command, commands.Acknowledge):
        return bool(case.paging)
    return isinstance(command, _AFTER_CLOSING)
