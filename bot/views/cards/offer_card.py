"""The direct message to whom a case was assigned: assigned is not accepted."""

from bot.domain.case import Case, Status
from bot.domain.clocks import ClockName, clocks
from bot.views import ids
from bot.views.blocks import actions, button, header, marking, section
from bot.views.message import Block, Message
from bot.views.screen import Screen
from bot.views.wording import naming, standing, words


def offer(case: Case, person: str, screen: Screen) -> Message:
    """With its answer where there is one: an old offer must not look open."""
    if case.owner == person:
        return _settled(case, "You own this case.", done=True)
    if case.ownership.assigned_to != person:
        did = (
            "You declined." if person in case.ownership.declined else "This is not assigned to you any more."
        )
        return _settled(case, f"{did} {_in_hand(case, screen)}")
    asked = case.ownership.assigned
    by = (
        f"{naming.staff(asked.by, screen)} assigned {case.ref} to you."
        if asked
        else f"{case.ref} is yours to take."
    )
    text = f"{naming.spoken(case)}: accept or decline{_by_when(case, screen)}."
    return Message(
        text=text,
        blocks=[
            header(f"{naming.heading(case)} · accept or decline{_by_when(case, screen)}"),
            section(f"{by} Until you accept, nobody owns it." if case.owner is None else f"{by}"),
            section(f"{standing.category(case)}. {standing.markers(case)}"),
            actions(
                button("Accept", ids.ACCEPT, case.ref, primary=True, spoken=f"Accept {case.ref}"),
                button("Decline", ids.DECLINE, case.ref, spoken=f"Decline {case.ref}"),
                _open(case),
            ),
            marking(),
        ],
    )


def asked_again(case: Case) -> Message:
    """In place of an offer that a newer one to the same person follows."""
    return _settled(case, "You were assigned it again since: answer there.")


def declined(case: Case, asked_by: str, screen: Screen) -> Message:
    """To whoever assigned it: with the way to assign another while nobody has it."""
    answers = {who: said for who, said in case.ownership.declined.items() if said.asked_by == asked_by}
    newest = max(answers, key=lambda who: answers[who].at, default="")
    who = (
        f"{naming.staff(newest, screen)} declined {screen.time(answers[newest].at)}."
        if newest
        else "Declined."
    )
    waits = case.owner is None and case.ownership.assigned_to is None and case.status is not Status.CLOSED
    assign = (
        [button("Assign", ids.ASSIGN, case.ref, primary=True, spoken=f"Assign {case.ref}")] if waits else []
    )
    due = f"{words.sentence(_by_when(case, screen).strip(', '))}: find an owner who accepts." if waits else ""
    return Message(
        text=f"{naming.spoken(case)}: {who} {_in_hand(case, screen)}",
        blocks=[
            section(f"*{naming.heading(case)}*\n{who} {_in_hand(case, screen)} {due}".rstrip()),
            actions(*assign, _open(case)),
            marking(),
        ],
    )


def _in_hand(case: Case, screen: Screen) -> str:
    """True until the next of these changes, and then it is drawn anew."""
    held = case.ownership
    if case.status is Status.CLOSED:
        return "The case is closed."
    if held.owner:
        return f"Owner: {naming.staff(held.owner, screen)}."
    if held.assigned_to:
        return f"No owner yet. Assigned to {naming.staff(held.assigned_to, screen)}; awaiting acceptance."
    return "No owner yet."


def _by_when(case: Case, screen: Screen) -> str:
    """The clock of the case, which being assigned does not stop."""
    due = next(
        (c.due for c in clocks(case, screen.policy) if c.name is ClockName.OWNER_ACCEPTED and not c.done),
        None,
    )
    if due is None:
        return ""
    at = screen.time(due)
    return f", late since {at}" if screen.now >= due else f" by {at}"


def _settled(case: Case, said: str, *, done: bool = False) -> Message:
    """A tick only where the child has an owner in the reader: green never calms."""
    shape = f"{words.DONE} " if done else ""
    return Message(
        text=f"{naming.spoken(case)}: {said}",
        blocks=[section(f"{shape}{naming.heading(case)}. {said}"), actions(_open(case)), marking()],
    )


def _open(case: Case) -> Block:
    return button("Open case", ids.OPEN_CASE, case.ref, spoken=f"Open case {case.ref}")
