"""Refusals about duties: not done, why, what to do (screens.md §11)."""

from bot.domain import commands
from bot.domain.commands import Command
from bot.domain.door.duty_rules import ABOVE, LAST, ONESELF
from bot.domain.handover import Offer, Roster
from bot.domain.people import Role
from bot.domain.refusals import Because, Refused
from bot.views.cards import handover_card
from bot.views.screen import Screen
from bot.views.wording import dealt_with, naming, refusal_words, words
from bot.views.wording.refusal_words import LOGGED, Wish

HOLDS_NOTHING = "You have no role to hand over. Who does: /missing duty fim (or another role)."

_ROLES = {role.value: role for role in Role}


def sentence(no: Refused, wish: Wish, roster: Roster, screen: Screen) -> str:
    return _of_duty(no, wish, roster, screen) or refusal_words.sentence(no, wish, None, screen)


def _of_duty(no: Refused, wish: Wish, roster: Roster, screen: Screen) -> str | None:
    """None for what is said alike of any step."""
    command = wish.command
    if isinstance(command, commands.OfferHandover):
        return _offering(no, command, screen)
    if isinstance(command, commands.PutOnDuty | commands.TakeOffDuty):
        return _changing(no, command, roster, screen)
    if no.because is Because.NO_SUCH_PERSON or no.field == "first":
        return None
    return _accepting(no, command, wish.by, roster, screen)


def _offering(no: Refused, command: commands.OfferHandover, screen: Screen) -> str | None:
    to = naming.staff(command.to, screen)
    role = _role(command.role)
    said = {
        Because.REQUIRED_FIELD: "Not offered. Choose a person.",
        Because.ALREADY_DONE: f"Not offered. You are {role} already: choose who takes over from you.",
    }
    if no.because is Because.NOT_PERMITTED and no.about:
        return f"Not offered. {to} is not among those who may be {role}. Choose another person."
    if no.because is Because.NOT_PERMITTED:
        return f"Not offered. You are not {role} now. {_holders(command.role, screen)}"
    return said.get(no.because)


def _accepting(no: Refused, command: Command, by: str, roster: Roster, screen: Screen) -> str:
    number = getattr(command, "number", 0)
    newer = roster.offer_instead(number)
    if newer:
        giver, taker = naming.staff(newer.by, screen), naming.staff(newer.to, screen)
        at = screen.time(newer.at)
        return f"Not done. {giver} replaced this hand-over at {at}: it is offered to {taker} now. Nothing changed."
    offer = roster.offer(number) or _newest(getattr(command, "role", ""), by, roster)
    if offer is None:
        return "Not done. No such hand-over was offered. Nothing changed."
    giver, taker = naming.staff(offer.by, screen), naming.staff(offer.to, screen)
    if no.because is Because.NOT_PERMITTED and no.about == (by,):
        role = words.ROLES[offer.role]
        return (
            f"Not done. You are not among those who may be {role} any more. {giver} stays {role}, and can offer it to "
            "somebody else."
        )
    if offer.accepted_at:
        who = "You" if offer.to == by else taker
        return f"{who} accepted this at {screen.time(offer.accepted_at)}. Nothing changed."
    return f"Not done. {giver} offered this to {taker}. {handover_card.stays(offer, taker, screen)} {LOGGED}"


def _newest(role: str, to: str, roster: Roster) -> Offer | None:
    """Where only the role was named: what was offered to this person, or else to anybody."""
    about = [offer for offer in roster.offers.values() if offer.role.value == role]
    return max(about, key=lambda offer: (offer.to == to, offer.at), default=None)


def _changing(
    no: Refused, command: commands.PutOnDuty | commands.TakeOffDuty, roster: Roster, screen: Screen
) -> str | None:
    person, role = naming.staff(command.person, screen), _role(command.role)
    if no.because is Because.NOT_PERMITTED and no.about == (LAST,):
        return f"Not done. {person} is the only one on duty as {role}. Put somebody on first, or hand over."
    if no.because is Because.NOT_PERMITTED and no.about == (ONESELF,):
        return f"Not done. Nobody puts themselves on duty: ask another supervisor, or whoever is {role} to hand over."
    if no.because is Because.NOT_PERMITTED and no.about == (ABOVE,):
        return (
            f"Not done. {words.sentence(role)} is above your own role. Who has it can hand it over. {LOGGED}"
        )
    if no.because is Because.NOT_PERMITTED and no.about == (command.person,):
        return f"Not done. {person} is not among those who may be {role}."
    if no.because is Because.NOT_PERMITTED:
        on_duty = screen.on_duty([Role.SUPERVISOR, Role.FIM])
        named = ", ".join(naming.staff(each, screen) for each in on_duty[:3])
        return f"Not done. Only a supervisor or above can change this. On duty: {named or 'nobody'}."
    if no.because is Because.ALREADY_DONE:
        by = _moved(command, roster, screen)
        return f"Nothing changed: {person} is {_where(command)} duty as {role} already{by}."
    return None


def _moved(command: commands.PutOnDuty | commands.TakeOffDuty, roster: Roster, screen: Screen) -> str:
    """By whom, and when; whom the force's own list has, nobody moved."""
    held = roster.held.get(_ROLES[command.role])
    moved = held.moved.get(command.person) if held else None
    return f" ({dealt_with.by(moved, screen)})" if moved else ""


def _where(command: commands.PutOnDuty | commands.TakeOffDuty) -> str:
    return "on" if isinstance(command, commands.PutOnDuty) else "off"


def _role(named: str) -> str:
    return words.ROLES[_ROLES[named]] if named in _ROLES else "that role"


def _holders(named: str, screen: Screen) -> str:
    held = screen.directory.on_duty(_ROLES[named]) if named in _ROLES else ()
    who = ", ".join(sorted(naming.staff(person, screen) for person in held))
    return f"Who does: {who}." if who else "Nobody does."
