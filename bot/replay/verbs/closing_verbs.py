"""Found, spoken to, closed; and mistakes mended."""

from contextlib import suppress

from bot import durations
from bot.domain import commands
from bot.domain.corrections import TIMES
from bot.domain.facts import InterviewKind
from bot.replay.values import FlagIfKnown
from bot.replay.verbs.verb import Arguments, Said, needed


class LocatedSaid(Arguments):
    where: str = ""
    seen_in_person: FlagIfKnown = None
    seen_by: str = ""

    def command(self, _: Said, /) -> commands.Locate:
        seen = needed(self.seen_in_person, "seen_in_person")
        return commands.Locate(where=self.where, seen_in_person=seen, seen_by=self.seen_by)


class InterviewSaid(Arguments):
    kind: InterviewKind | None = None
    in_person: FlagIfKnown = None
    by_whom: str = ""

    def command(self, _: Said, /) -> commands.Interview:
        # A return interview is recorded as offered; where it is held does not matter here.
        in_person = False if self.kind is InterviewKind.RETURN else needed(self.in_person, "in_person")
        return commands.Interview(kind=self.kind or "", in_person=in_person, by_whom=self.by_whom)


class CloseSaid(Arguments):
    asks = commands.Close

    reason: str = ""


class ReopenSaid(Arguments):
    asks = commands.Reopen

    why: str = ""


class CorrectSaid(Arguments):
    field: str = ""
    to: str = ""
    why: str = ""

    def command(self, said: Said, /) -> commands.Correct:
        return commands.Correct(field=self.field, to=self._value(said), why=self.why)

    def _value(self, said: Said) -> str:
        """A time may be said as an offset from T, like the one that it corrects."""
        if self.field in TIMES:
            with suppress(ValueError):  # then it is an absolute time, or nothing that the domain takes
                return (said.start + durations.parse(self.to)).isoformat()
        return self.to


class VoidSaid(Arguments):
    asks = commands.Void

    why: str = ""


class DuplicateSaid(Arguments):
    asks = commands.Duplicate

    of: str = ""
    why: str = ""


class ConfirmSaid(Arguments):
    asks = commands.Confirm
