"""Refusals about duties: not done, why, what to do (screens.md §11)."""

from bot.domain import commands
from bot.domain.commands import Command
from bot.domain.door.duty import LAST
from bot.domain.handover import Offer, Roster
from bot.domain.people import Role
from bot.domain.refusals import Because, Refused
from bot.views import handover_card, naming, small_modals, words
from bot.views.refusals import LOGGED
from bot.views.screen import Screen

HOLDS_NOTHING = "You have no role to hand over. Who does: /missing duty fim (or another role)."

_ROLES = {role.value: role for role in Role}


def sentence(no: Refused, command: Command, roster: Roster, screen: Screen) -> str:
    if isinstance(command, commands.OfferHandover):
        return _offering(no, command, screen)
    if isinstance(command, commands.PutOnDuty | commands.TakeOffDuty):
        return _changing(no, command, screen)
    number = getattr(command, "number", 0)
    return _accepting(no, roster.offer(number), screen)


def _offering(no: Refused, command: commands.OfferHandover, screen: Screen) -> str:
    to = naming.staff(command.to, screen)
    role = _role(command.role)
    said = {
        Because.NO_SUCH_PERSON: "Not offered. That person is not set up here.",
        Because.REQUIRED_FIELD: "Not offered. Choose a person.",
        Because.ALREADY_DONE: f"Not offered. You are {role} already: choose who takes over from you.",
    }
    if no.because is Because.NOT_PERMITTED and no.about:
        return f"Not offered. {to} is not among those who may be {role}. Choose another person."
    if no.because is Because.NOT_PERMITTED:
        return f"Not offered. You are not {role} now. {_holders(command.role, screen)}"
    return said.get(no.because, "Not offered. Nothing changed.")


def _accepting(no: Refused, offer: Offer | None, screen: Screen) -> str:
    if offer is None:
        return "Not done. This hand-over was replaced by a newer one. Nothing changed."
    giver, taker = naming.staff(offer.by, screen), naming.staff(offer.to, screen)
    if offer.accepted_at:
        at = screen.time(offer.accepted_at)
        return f"{taker} accepted this at {at}. Nothing changed."
    if no.because is Because.NOT_ASSIGNED:
        return (
            f"Not done. {giver} offered this to {taker}. {handover_card.stays(offer, taker, screen)} {LOGGED}"
        )
    return "Not done. Somebody has already dealt with this. Nothing changed."


def _changing(no: Refused, command: commands.PutOnDuty | commands.TakeOffDuty, screen: Screen) -> str:
    person, role = naming.staff(command.person, screen), _role(command.role)
    if no.because is Because.NOT_PERMITTED and no.about == (LAST,):
        return f"Not done. {person} is the only one on duty as {role}. Put somebody on first, or hand over."
    if no.because is Because.NOT_PERMITTED and no.about:
        return f"Not done. {person} is not among those who may be {role}."
    if no.because is Because.NOT_PERMITTED:
        on_duty = small_modals.on_duty([Role.SUPERVISOR, Role.FIM], screen)
        named = ", ".join(naming.staff(each, screen) for each in on_duty[:3])
        return f"Not done. Only a supervisor or above can change this. On duty: {named or 'nobody'}."
    if no.because is Because.ALREADY_DONE:
        return f"Nothing changed: {person} was {_where(command)} duty as {role} already."
    return "Not done. Choose a person of this force. Nothing changed."


def _where(command: commands.PutOnDuty | commands.TakeOffDuty) -> str:
    return "on" if isinstance(command, commands.PutOnDuty) else "off"


def _role(named: str) -> str:
    return words.ROLES[_ROLES[named]] if named in _ROLES else "that role"


def _holders(named: str, screen: Screen) -> str:
    held = screen.directory.on_duty(_ROLES[named]) if named in _ROLES else ()
    who = ", ".join(sorted(naming.staff(person, screen) for person in held))
    return f"Who does: {who}." if who else "Nobody does."
