"""What ends each clock, and whose that is to do: a debt is shown with its cure (screens.md §7)."""

from msgspec import Struct

from bot.domain import commands
from bot.domain.case import Case
from bot.domain.clocks import Clock
from bot.domain.commands import Command
from bot.domain.people import Actor, Role
from bot.domain.permissions import may, who_may
from bot.domain.second_person import must_be_another
from bot.views import ids, words
from bot.views.blocks import button
from bot.views.message import Block


class Cure(Struct, frozen=True):
    command: type[Command]
    label: str  # of the button
    action: str
    item: str = ""  # what of the case it is about, where the clock does not say


_CURES: dict[str, Cure] = {
    "grade-recorded": Cure(commands.GradeCase, "Grade", ids.GRADE),
    "owner-accepted": Cure(commands.Take, "Take ownership", ids.TAKE),
    "concern-for-safety": Cure(commands.Categorise, "Record as missing", ids.RECORD_MISSING),
    "rationale-signed-off": Cure(commands.SignOff, "Sign off", ids.SIGN_OFF),
    "duty-inspector-told": Cure(commands.Tell, "Record told", ids.TELLING),
    "pnc": Cure(commands.Tell, "Record told", ids.TELLING),
    "ukmpu": Cure(commands.Tell, "Record told", ids.TELLING),
    "lines-of-enquiry": Cure(commands.SetEnquiry, "Set enquiry", ids.SET_ENQUIRY),
    "enquiry-done": Cure(commands.FinishEnquiry, "Done", ids.FINISH_ENQUIRY),
    "review": Cure(commands.Review, "Review", ids.REVIEW),
    "new-information": Cure(commands.Consider, "Consider", ids.CONSIDER),
    "regrade-approval": Cure(commands.Approve, "Decide", ids.DECIDE),
    "silent-case": Cure(commands.Note, "Add note", ids.ADD_NOTE),
    "ppn": Cure(commands.RecordPpn, "Record notice", ids.NOTICE),
    "prevention-interview": Cure(commands.Interview, "Record", ids.INTERVIEW, "prevention"),
    "return-interview": Cure(commands.Interview, "Record", ids.INTERVIEW, "return"),
    "transfer-accepted": Cure(commands.AcceptTransfer, "Record accepted", ids.TRANSFER_ACCEPTED),
    "closure": Cure(commands.Close, "Close case", ids.CLOSE),
}
_SUPERVISOR_SETS = "lines-of-enquiry"  # an officer may set one, and it does not meet the clock


def button_for(clock: Clock, ref: str, viewer: Actor) -> Block | None:
    if clock.name == "fim-aware" and Role.FIM in viewer.roles:
        return button("Acknowledge", ids.ACKNOWLEDGE, ref, spoken=f"Acknowledge {ref}")
    cure = _CURES.get(clock.name)
    if cure is None or not may(viewer.roles, cure.command):
        return None
    return button(
        cure.label, cure.action, f"{ref} {clock.item or cure.item}".strip(), spoken=f"{cure.label} {ref}"
    )


def waiting_for(clock: Clock, case: Case, viewer: Actor) -> str:
    """ "supervisor", where this person cannot end it; empty where they can."""
    if clock.name == "fim-aware":
        return "" if Role.FIM in viewer.roles else words.ROLES[Role.FIM]
    if clock.name == _SUPERVISOR_SETS:
        return "" if viewer.supervises else words.ROLES[Role.SUPERVISOR]
    cure = _CURES.get(clock.name)
    if cure is None or may(viewer.roles, cure.command):
        return "a second person" if must_be_another(clock.name, clock.item, case, viewer) else ""
    allowed = who_may(cure.command)
    first = next(role for role in (Role.OFFICER, Role.CONTROL_ROOM, Role.SUPERVISOR) if role in allowed)
    return words.ROLES[first]
