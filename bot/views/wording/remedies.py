"""What ends each clock, and whose that is to do: a debt is shown with its remedy (screens.md §7)."""

from bot.domain.case import Case
from bot.domain.clocks import Clock, ClockName
from bot.domain.people import Actor, Role
from bot.domain.permissions import is_barred, may, must_be_another, who_may
from bot.views import ids
from bot.views.blocks import button
from bot.views.message import Block
from bot.views.wording import clock_words, words

_OF_FIM = frozenset({ClockName.FIM_AWARE, ClockName.FIM_ASKED})  # an acknowledgement of theirs ends it
_SUPERVISOR_SETS = ClockName.LINES_OF_ENQUIRY  # an officer may set one, and it does not meet the clock


def may_pay(clock: ClockName, barred: frozenset[str], viewer: Actor) -> bool:
    """Whether there is a button for them (`button_for`), and nobody else to wait for (`waiting_for`)."""
    if clock in _OF_FIM:
        return Role.FIM in viewer.roles
    remedy = clock_words.TABLE[clock].remedy
    if remedy is None or not may(viewer.roles, remedy.command):
        return False
    return viewer.supervises if clock is _SUPERVISOR_SETS else not is_barred(clock, barred, viewer)


def button_for(clock: Clock, ref: str, viewer: Actor) -> Block | None:
    if clock.name in _OF_FIM and Role.FIM in viewer.roles:
        return button("Acknowledge", ids.ACKNOWLEDGE, ref, spoken=f"Acknowledge {ref}")
    remedy = clock_words.TABLE[clock.name].remedy
    if remedy is None or not may(viewer.roles, remedy.command):
        return None
    return button(
        remedy.label,
        remedy.action,
        ids.together(ref, clock.item or remedy.item),
        spoken=f"{remedy.label} {ref}",
    )


def waiting_for(clock: Clock, case: Case, viewer: Actor) -> str:
    """ "supervisor", where this person cannot end it; empty where they can."""
    if clock.name in _OF_FIM:
        return "" if Role.FIM in viewer.roles else words.ROLES[Role.FIM]
    if clock.name is _SUPERVISOR_SETS:
        return "" if viewer.supervises else words.ROLES[Role.SUPERVISOR]
    remedy = clock_words.TABLE[clock.name].remedy
    if remedy is None or may(viewer.roles, remedy.command):
        return "a second person" if must_be_another(clock.name, clock.item, case, viewer) else ""
    allowed = who_may(remedy.command)
    first = next(role for role in (Role.OFFICER, Role.CONTROL_ROOM, Role.SUPERVISOR) if role in allowed)
    return words.ROLES[first]
