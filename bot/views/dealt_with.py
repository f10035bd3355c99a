"""Who was quicker, and when: said instead of "nothing waits" (a refusal, or a form that was opened too late)."""

from collections.abc import Callable
from typing import Any

from bot.domain import commands
from bot.domain.case import Case, Step
from bot.domain.commands import Command
from bot.views import naming
from bot.views.screen import Screen

_NOBODY = "Nothing of this kind waits on the case now."


def sentence(done: Step | None, screen: Screen) -> str:
    """Of what nobody did, nobody is said to have done it."""
    return f"Somebody has already dealt with this ({by(done, screen)})." if done else _NOBODY


def by(done: Step, screen: Screen) -> str:
    """ "Sam Doyle, 13:42"."""
    return f"{naming.staff(done.by, screen)}, {screen.time(done.at)}"


def of(command: Command, case: Case) -> Step | None:
    """The step that did what this command asks for; None where the case keeps none."""
    found = _OF.get(type(command))
    return found(command, case) if found else None


def decision(case: Case) -> Step | None:
    """Of a downgrade: approved, refused, or replaced by a newer grade."""
    return case.risk.recorded_step if case.risk.approval_done_at else None


def rationale(case: Case) -> Step | None:
    """Whoever signed it off; a case that was recorded as missing since keeps no step of its own."""
    return case.concern.last_sign_off if case.concern else None


def consideration(case: Case, item: str) -> Step | None:
    heard = case.information.get(item)
    return heard.considered if heard else None


def result(case: Case, item: str) -> Step | None:
    enquiry = case.enquiries.get(item)
    return enquiry.done if enquiry else None


def _ownership(case: Case) -> Step | None:
    held = case.ownership
    return Step(at=held.accepted_at, by=held.owner) if held.owner and held.accepted_at else None


_OF: dict[type[Command], Callable[[Any, Case], Step | None]] = {
    commands.Approve: lambda _, case: decision(case),
    commands.Refuse: lambda _, case: decision(case),
    commands.SignOff: lambda _, case: rationale(case),
    commands.Consider: lambda command, case: consideration(case, command.id),
    commands.FinishEnquiry: lambda command, case: result(case, command.id),
    commands.Accept: lambda _, case: _ownership(case),
    commands.Decline: lambda _, case: _ownership(case),
    commands.Confirm: lambda _, case: case.ending.closed,
    commands.Acknowledge: lambda _, case: case.acknowledged,
}
