"""Who has the case, and who knows; roles that change hands; another force."""

from bot.domain import commands
from bot.replay.verbs.verb import Arguments, Said


class AssignSaid(Arguments):
    asks = commands.Assign

    to: str = ""


class AcceptSaid(Arguments):
    asks = commands.Accept


class DeclineSaid(Arguments):
    asks = commands.Decline

    why: str = ""


class ReleaseSaid(Arguments):
    asks = commands.Release

    why: str = ""


class TakeSaid(Arguments):
    asks = commands.Take


class AcknowledgeSaid(Arguments):
    asks = commands.Acknowledge


class OfferHandoverSaid(Arguments):
    asks = commands.OfferHandover

    role: str = ""
    to: str = ""


class AcceptHandoverSaid(Arguments):
    role: str = ""
    to: str = ""  # the person who accepts; may be said again, and adds nothing

    def command(self, _: Said, /) -> commands.AcceptHandover:
        return commands.AcceptHandover(role=self.role)


class TransferSaid(Arguments):
    asks = commands.Transfer

    force: str = ""


class TransferAcceptSaid(Arguments):
    asks = commands.AcceptTransfer

    name: str = ""
