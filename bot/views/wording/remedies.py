"""What ends each clock, and whose that is to do: a debt is shown with its remedy (screens.md §7)."""

from msgspec import Struct

from bot.domain import commands
from bot.domain.case import Case
from bot.domain.clocks import Clock
from bot.domain.commands import Command
from bot.domain.people import Actor, Role
from bot.domain.permissions import may, who_may
from bot.domain.second_person import must_be_another
from bot.views import ids
from bot.views.blocks import button
from bot.views.message import Block
from bot.views.wording import words


class Remedy(Struct, frozen=True):
    command: type[Command]
    label: str  # of the button
    action: str
    item: str = ""  # what of the case it is about, where the clock does not say


_REMEDIES: dict[str, Remedy] = {
    "grade-recorded": Remedy(commands.GradeCase, "Grade", ids.GRADE),
    "owner-accepted": Remedy(commands.Take, "Take ownership", ids.TAKE),
    "concern-for-safety": Remedy(commands.Categorise, "Record as missing", ids.RECORD_MISSING),
    "rationale-signed-off": Remedy(commands.SignOff, "Sign off", ids.SIGN_OFF),
    "duty-inspector-told": Remedy(commands.Tell, "Record told", ids.TELLING),
    "pnc": Remedy(commands.Tell, "Record told", ids.TELLING),
    "ukmpu": Remedy(commands.Tell, "Record told", ids.TELLING),
    "lines-of-enquiry": Remedy(commands.SetEnquiry, "Set enquiry", ids.SET_ENQUIRY),
    "enquiry-done": Remedy(commands.FinishEnquiry, "Done", ids.FINISH_ENQUIRY),
    "review": Remedy(commands.Review, "Review", ids.REVIEW),
    "new-information": Remedy(commands.Consider, "Consider", ids.CONSIDER),
    "regrade-approval": Remedy(commands.Approve, "Decide", ids.DECIDE),
    "silent-case": Remedy(commands.Note, "Add note", ids.ADD_NOTE),
    "ppn": Remedy(commands.RecordPpn, "Record notice", ids.NOTICE),
    "prevention-interview": Remedy(commands.Interview, "Record", ids.INTERVIEW, "prevention"),
    "return-interview": Remedy(commands.Interview, "Record", ids.INTERVIEW, "return"),
    "transfer-accepted": Remedy(commands.AcceptTransfer, "Record accepted", ids.TRANSFER_ACCEPTED),
    "closure": Remedy(commands.Close, "Close case", ids.CLOSE),
}
_SUPERVISOR_SETS = "lines-of-enquiry"  # an officer may set one, and it does not meet the clock


def button_for(clock: Clock, ref: str, viewer: Actor) -> Block | None:
    if clock.name == "fim-aware" and Role.FIM in viewer.roles:
        return button("Acknowledge", ids.ACKNOWLEDGE, ref, spoken=f"Acknowledge {ref}")
    remedy = _REMEDIES.get(clock.name)
    if remedy is None or not may(viewer.roles, remedy.command):
        return None
    return button(
        remedy.label,
        remedy.action,
        f"{ref} {clock.item or remedy.item}".strip(),
        spoken=f"{remedy.label} {ref}",
    )


def waiting_for(clock: Clock, case: Case, viewer: Actor) -> str:
    """ "supervisor", where this person cannot end it; empty where they can."""
    if clock.name == "fim-aware":
        return "" if Role.FIM in viewer.roles else words.ROLES[Role.FIM]
    if clock.name == _SUPERVISOR_SETS:
        return "" if viewer.supervises else words.ROLES[Role.SUPERVISOR]
    remedy = _REMEDIES.get(clock.name)
    if remedy is None or may(viewer.roles, remedy.command):
        return "a second person" if must_be_another(clock.name, clock.item, case, viewer) else ""
    allowed = who_may(remedy.command)
    first = next(role for role in (Role.OFFICER, Role.CONTROL_ROOM, Role.SUPERVISOR) if role in allowed)
    return words.ROLES[first]
