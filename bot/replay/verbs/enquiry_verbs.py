"""The work of tracing the child, and what is heard meanwhile."""

from pydantic import Field

from bot.domain import commands
from bot.domain.facts import EnquiryKind, InformationKind
from bot.replay.values import Code, Given, Moment
from bot.replay.verbs.verb import Arguments, Said


class TellSaid(Arguments):
    who: str = ""
    how: str = ""
    took: str = ""

    def command(self, _: Said, /) -> commands.Tell:
        return commands.Tell(who=(self.who,) if self.who else (), how=self.how, took=self.took)


class EnquirySaid(Arguments):
    id: str = ""
    text: str = ""
    owner: str = ""
    due: Moment | None = None
    kind: EnquiryKind = EnquiryKind.ENQUIRY

    def command(self, said: Said, /) -> commands.SetEnquiry:
        return commands.SetEnquiry(
            id=self.id, text=self.text, owner=self.owner, due_at=said.from_now(self.due), kind=self.kind
        )


class EnquiryDoneSaid(Arguments):
    asks = commands.FinishEnquiry

    id: str = ""
    result: str = ""


class NoteSaid(Arguments):
    asks = commands.Note

    text: str = ""


class InformationSaid(Arguments):
    id: str = ""
    kind: InformationKind | None = None
    text: str = ""
    source: str = ""
    markers: dict[Code, Given] = Field(default_factory=dict)

    def command(self, _: Said, /) -> commands.Inform:
        return commands.Inform(
            id=self.id,
            kind=self.kind or "",
            text=self.text,
            source=self.source,
            markers=dict(self.markers),
        )


class ConsiderSaid(Arguments):
    asks = commands.Consider

    id: str = ""
    outcome: str = ""


class PpnSaid(Arguments):
    asks = commands.RecordPpn

    ethnicity: str = ""
    school: str = ""
