"""Case + command + person + now → events, or a refusal that says why. Nothing else may append to a case."""

from collections.abc import Callable
from typing import Any

from bot.domain import commands
from bot.domain.case import Case, Status
from bot.domain.commands import Command
from bot.domain.declared import STEPS
from bot.domain.door import closing_rules, enquiry_rules, ownership_rules, report_rules, risk_rules
from bot.domain.door.asked import Events, Recalled, Room, need_fields, need_people, need_standing, refuse
from bot.domain.door.report_rules import report
from bot.domain.refusals import Because

__all__ = ["Recalled", "Room", "decide", "report"]

_DOORS: dict[type[Command], Callable[[Any, Case, Room], Events]] = {
    commands.AnswerMarkers: risk_rules.answer_markers,
    commands.Describe: report_rules.describe,
    commands.GradeCase: risk_rules.grade,
    commands.Approve: risk_rules.approve,
    commands.Refuse: risk_rules.refuse_downgrade,
    commands.Categorise: risk_rules.categorise,
    commands.SignOff: risk_rules.sign_off,
    commands.Review: risk_rules.review,
    commands.CarerDisagrees: risk_rules.carer_disagrees,
    commands.DecideAlert: risk_rules.decide_alert,
    commands.Assign: ownership_rules.assign,
    commands.Accept: ownership_rules.accept,
    commands.Decline: ownership_rules.decline,
    commands.Release: ownership_rules.release,
    commands.Take: ownership_rules.take,
    commands.Acknowledge: ownership_rules.acknowledge,
    commands.Escalate: ownership_rules.escalate,
    commands.Transfer: ownership_rules.transfer,
    commands.AcceptTransfer: ownership_rules.accept_transfer,
    commands.RefuseTransfer: ownership_rules.refuse_transfer,
    commands.Keep: ownership_rules.keep,
    commands.SetEnquiry: enquiry_rules.set_enquiry,
    commands.FinishEnquiry: enquiry_rules.finish_enquiry,
    commands.Note: enquiry_rules.note,
    commands.Attend: enquiry_rules.attend,
    commands.Inform: enquiry_rules.inform,
    commands.Consider: enquiry_rules.consider,
    commands.Tell: enquiry_rules.tell,
    commands.RecordPpn: enquiry_rules.record_ppn,
    commands.Locate: closing_rules.locate,
    commands.Interview: closing_rules.interview,
    commands.Close: closing_rules.close,
    commands.Reopen: closing_rules.reopen,
    commands.Correct: closing_rules.correct,
    commands.Void: closing_rules.void,
    commands.Duplicate: closing_rules.duplicate,
    commands.Confirm: closing_rules.confirm,
    commands.ShowEpisodes: report_rules.show_episodes,
    commands.SameChild: report_rules.same_child,
}


def decide(command: Command, case: Case, room: Room) -> Events:
    """The events that this step makes of this case. Raises Refused; then nothing has changed."""
    need_people(room, command)
    need_standing(room, command)
    if case.status is Status.CLOSED and not _still_taken(command, case):
        refuse(Because.CASE_CLOSED)
    need_fields(command, room)
    return _DOORS[type(command)](command, case, room)


def _still_taken(command: Command, case: Case) -> bool:
    """A case that is void, a duplicate or with another force takes only its reopening."""
    if case.ending.gone:
        return isinstance(command, commands.Reopen)
    if isinstance(command, commands.Acknowledge):
        return bool(case.paging)
    return STEPS[type(command)].after_closing
