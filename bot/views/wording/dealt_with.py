"""Who was quicker, and when: said instead of "nothing waits" (a refusal, or a form that was opened too late)."""

from collections.abc import Callable, Sequence
from typing import Any

from bot.domain import commands
from bot.domain.case import Case
from bot.domain.case_parts import Step
from bot.domain.commands import Command
from bot.domain.facts import MarkerAnswer
from bot.questions.orders import Order
from bot.views import ids
from bot.views.blocks import actions, button, marking, section
from bot.views.message import Block, Message
from bot.views.screen import Screen
from bot.views.wording import naming

# To an order in free words: nothing is done by it, and here is the button that does it.

_BUTTONS: dict[Order, tuple[str, str]] = {
    Order.ACCEPT: ("Accept", ids.ACCEPT),
    Order.DECLINE: ("Decline", ids.DECLINE),
    Order.ACKNOWLEDGE: ("Acknowledge", ids.ACKNOWLEDGE),
    Order.TAKE: ("Take ownership", ids.TAKE),
    Order.ASSIGN: ("Assign", ids.ASSIGN),
    Order.CLOSE: ("Close case", ids.CLOSE),
    Order.MISSING: ("Record as missing", ids.RECORD_MISSING),
    Order.SIGN_OFF: ("Sign off", ids.SIGN_OFF),
    Order.GRADE: ("Grade", ids.GRADE),
    Order.REVIEW: ("Review", ids.REVIEW),
    Order.RELEASE: ("Release", ids.RELEASE),
    Order.TRANSFER: ("Transfer", ids.TRANSFER),
    Order.REOPEN: ("Reopen", ids.REOPEN),
    Order.VOID: ("Void", ids.VOID),
}
MOST = 5  # cases, each with its button


def not_done(order: Order, refs: Sequence[str]) -> Message:
    """`refs`: the case that is meant; or those that may be, where none was named."""
    label, action = _BUTTONS[order]
    if not refs:
        said = f"Not done. Say which case, such as: {order.value} MC-26-0142. /missing mine lists yours."
        return Message(text=said, blocks=[section(said), marking()])
    if len(refs) > MOST:
        said = f"Not done. Several cases may be meant: say which, such as: {order.value} {refs[0]}."
        return Message(text=said, blocks=[section(said), marking()])
    said = f"Not done. Press {label}."
    return Message(text=said, blocks=[section(said), *(_row(ref, label, action) for ref in refs), marking()])


def _row(ref: str, label: str, action: str) -> Block:
    return actions(
        button(f"{label} {ref}", action, ref, primary=True, spoken=f"{label} {ref}"),
        button("Open case", ids.OPEN_CASE, ref, spoken=f"Open case {ref}"),
    )


_NOBODY = "Nothing of this kind waits on the case now."


def sentence(done: Step | None, screen: Screen) -> str:
    """Of what nobody did, nobody is said to have done it."""
    return f"Somebody has already dealt with this ({by(done, screen)})." if done else _NOBODY


def reported(case: Case, screen: Screen) -> str:
    return by(Step(at=case.typed_at, by=case.reported_by), screen)


def by(done: Step | MarkerAnswer, screen: Screen) -> str:
    """ "Sam Doyle, 13:42"."""
    return f"{naming.staff(done.by, screen)}, {screen.time(done.at)}"


def of(command: Command, case: Case, by: str) -> Step | None:
    """The step that did what this command of that person's asks for; None where nobody did."""
    if isinstance(command, commands.Accept | commands.Decline) and (own := declined(case, by)):
        return own
    found = _OF.get(type(command))
    return found(command, case) if found else None


def declined(case: Case, by: str) -> Step | None:
    """Their own answer, where nobody has accepted since."""
    said, accepted = case.ownership.declined.get(by), case.ownership.accepted
    if said is None or (accepted and accepted.at > said.at):
        return None
    return Step(at=said.at, by=by)


def decision(case: Case) -> Step | None:
    """Of a downgrade: approved or refused. Whoever graded since has decided none."""
    graded = case.risk.recorded_step
    return graded if graded == case.risk.approval_done else None


def rationale(case: Case) -> Step | None:
    """Whoever signed it off, or recorded the child as missing since."""
    if case.concern is None:
        return None
    return case.concern.last_sign_off if case.is_concern else case.filed


def consideration(case: Case, item: str) -> Step | None:
    heard = case.information.get(item)
    return heard.considered if heard else None


def result(case: Case, item: str) -> Step | None:
    enquiry = case.enquiries.get(item)
    return enquiry.done if enquiry else None


def information(case: Case, item: str) -> Step | None:
    heard = case.information.get(item)
    return heard.received if heard else None


def enquiry(case: Case, item: str) -> Step | None:
    found = case.enquiries.get(item)
    return found.set if found else None


def refusal(case: Case) -> Step | None:
    """Of a transfer, by the other force."""
    return case.ending.refusal.step if case.ending.refusal else None


def settlement(case: Case) -> Step | None:
    return case.ending.refusal.settled if case.ending.refusal else None


def _same_child(command: commands.SameChild, case: Case) -> Step | None:
    return case.same_as.get(command.earlier)


_OF: dict[type[Command], Callable[[Any, Case], Step | None]] = {
    commands.Approve: lambda _, case: decision(case),
    commands.Refuse: lambda _, case: decision(case),
    commands.SignOff: lambda _, case: rationale(case),
    commands.Consider: lambda command, case: consideration(case, command.id),
    commands.FinishEnquiry: lambda command, case: result(case, command.id),
    commands.SetEnquiry: lambda command, case: enquiry(case, command.id),
    commands.Inform: lambda command, case: information(case, command.id),
    commands.SameChild: _same_child,
    commands.Categorise: lambda _, case: case.filed,
    commands.Accept: lambda _, case: case.ownership.accepted,
    commands.Decline: lambda _, case: case.ownership.accepted,
    commands.Take: lambda _, case: case.ownership.accepted,
    commands.Escalate: lambda _, case: case.escalation.step if case.escalation else None,
    commands.Reopen: lambda _, case: case.ending.reopened,
    commands.AcceptTransfer: lambda _, case: refusal(case),
    commands.RefuseTransfer: lambda _, case: refusal(case),
    commands.Keep: lambda _, case: settlement(case),
    commands.Confirm: lambda _, case: case.ending.closed,
}
