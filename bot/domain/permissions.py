"""Who may take which step (domain.md §5, "Who may"). One who holds several roles may do what any of them may."""

from bot.domain import commands
from bot.domain.commands import Command
from bot.domain.people import SUPERVISING, Role

_ANYONE = frozenset({Role.CONTROL_ROOM, Role.OFFICER}) | SUPERVISING
_CONTROL_ROOM_AND_UP = frozenset({Role.CONTROL_ROOM}) | SUPERVISING
_OFFICER_AND_UP = frozenset({Role.OFFICER}) | SUPERVISING

_MAY: dict[type[Command], frozenset[Role]] = {
    commands.Report: _ANYONE,
    commands.AnswerMarkers: _ANYONE,
    commands.Note: _ANYONE,
    commands.Inform: _ANYONE,
    commands.Tell: _ANYONE,
    commands.Locate: _ANYONE,
    commands.FinishEnquiry: _ANYONE,
    commands.RecordPpn: _ANYONE,
    commands.SameChild: _ANYONE,
    commands.ShowEpisodes: _ANYONE,
    commands.GradeCase: _CONTROL_ROOM_AND_UP,
    commands.Categorise: _CONTROL_ROOM_AND_UP,
    commands.Assign: _CONTROL_ROOM_AND_UP,
    commands.AcceptTransfer: _CONTROL_ROOM_AND_UP,
    commands.Correct: _CONTROL_ROOM_AND_UP,
    commands.Approve: SUPERVISING,
    commands.Refuse: SUPERVISING,
    commands.SignOff: SUPERVISING,
    commands.Review: SUPERVISING,
    commands.Transfer: SUPERVISING,
    commands.Close: SUPERVISING,
    commands.Void: SUPERVISING,
    commands.Duplicate: SUPERVISING,
    commands.Confirm: SUPERVISING,
    commands.Reopen: SUPERVISING,
    commands.PutOnDuty: SUPERVISING,
    commands.TakeOffDuty: SUPERVISING,
    commands.SetEnquiry: _OFFICER_AND_UP,
    commands.Consider: _OFFICER_AND_UP,
    commands.Interview: _OFFICER_AND_UP,
    commands.Take: _OFFICER_AND_UP,
}


def may(roles: frozenset[Role], command: type[Command]) -> bool:
    """Whether these roles allow the step. Steps given to a named person (accept, release …) ask the door, not this."""
    allowed = _MAY.get(command)
    return allowed is None or bool(roles & allowed)


def who_may(command: type[Command]) -> frozenset[Role]:
    """The roles that may, for a refusal that names them; empty where it depends on the person."""
    return _MAY.get(command, frozenset())
