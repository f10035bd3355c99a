"""The direct message to whom a case was assigned: assigned is not accepted."""

from bot.domain.case import Case
from bot.domain.clocks import clocks
from bot.views import ids, naming, standing, words
from bot.views.blocks import actions, button, header, marking, section
from bot.views.message import Message
from bot.views.screen import Screen


def offer(case: Case, person: str, screen: Screen) -> Message:
    """With its answer where there is one: an old offer must not look open."""
    if case.owner == person:
        return _settled(case, "You own this case.")
    if case.ownership.assigned_to != person:
        return _settled(case, "This no longer waits for you.")
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
                button("Open case", ids.OPEN_CASE, case.ref, spoken=f"Open case {case.ref}"),
            ),
            marking(),
        ],
    )


def asked_again(case: Case) -> Message:
    """In place of an offer that a newer one to the same person follows."""
    return _settled(case, "You were assigned it again since: answer there.")


def _by_when(case: Case, screen: Screen) -> str:
    """The clock of the case, which being assigned does not stop."""
    due = next(
        (c.due for c in clocks(case, screen.policy) if c.name == "owner-accepted" and not c.done), None
    )
    if due is None:
        return ""
    at = screen.time(due)
    return f", late since {at}" if screen.now >= due else f" by {at}"


def _settled(case: Case, said: str) -> Message:
    opened = button("Open case", ids.OPEN_CASE, case.ref, spoken=f"Open case {case.ref}")
    return Message(
        text=f"{naming.spoken(case)}: {said}",
        blocks=[section(f"{words.DONE} {naming.heading(case)}. {said}"), actions(opened), marking()],
    )
