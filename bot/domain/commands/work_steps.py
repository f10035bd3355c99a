"""The steps of tracing the child: enquiries, information, reviews and notices."""

from typing import Annotated

from msgspec import field

from bot.domain.commands.step_parts import ANYONE, OFFICER_AND_UP, Considered
from bot.domain.declared import Code, Command, ItemId, PersonRef, Prompt, ToCome, step
from bot.domain.facts import Answer, EnquiryKind, InformationKind
from bot.domain.people import SUPERVISING


@step("enquiry", "Set a line of enquiry, with its owner and due time.", may=OFFICER_AND_UP)
class SetEnquiry(Command, frozen=True, kw_only=True):
    id: ItemId
    text: Annotated[str, Prompt("What is to be done?", coded="enquiry")]
    owner: Annotated[PersonRef, Prompt("Who does it: a name")]
    due_at: Annotated[ToCome, Prompt("Due: 30m, 2h, 1630 or tomorrow 0900")] = field(name="due", default=None)
    kind: Annotated[Code, EnquiryKind] = EnquiryKind.ENQUIRY.value
    # Of the suspect whom it is about: that it was asked, never what was answered.
    ethnicity_asked: bool = False
    nationality_asked: bool = False


@step("enquiry_done", "Record what came of an enquiry.", may=ANYONE, after_closing=True)
class FinishEnquiry(Command, frozen=True, kw_only=True):
    id: Annotated[ItemId, Prompt("Which enquiry: its number")]
    result: Annotated[str, Prompt("What came of it?", coded="result")]


@step("note", "Record what is being done.", may=ANYONE)
class Note(Command, frozen=True, kw_only=True):
    text: Annotated[str, Prompt("What is being done?", coded="note")]


@step(
    "information",
    "Record what was heard. It starts its own clock, and reopens a closed case.",
    may=ANYONE,
    after_closing=True,
)
class Inform(Command, frozen=True, kw_only=True):
    id: ItemId
    kind: Annotated[Code, InformationKind, Prompt("call, sighting, phone, medical or other", preset="call")]
    text: Annotated[str, Prompt("What is new? (their own words)", coded="added")]
    source: Annotated[str, Prompt("Who says so?", coded="source", enter="not said")] = ""
    markers: dict[str, Answer] = field(default_factory=dict)
    adverse_event: bool | None = None


@step("consider", "Record what follows from something that was heard.", may=OFFICER_AND_UP)
class Consider(Command, frozen=True, kw_only=True):
    id: Annotated[ItemId, Prompt("Which information: its number")]
    outcome: Annotated[str, Prompt("What follows from it?", coded="follows")]


@step("review", "Review the grade, considering every marker that was answered yes.", may=SUPERVISING)
class Review(Command, frozen=True, kw_only=True):
    considered: Considered = ()
    changed: tuple[str, ...] = ()
    rationale: Annotated[str, Prompt("What did the review find?", coded="review")] = ""
    next_at: ToCome = field(name="next", default=None)


@step(
    "ppn",
    "Record the public protection notice, with ethnicity and school on it.",
    may=ANYONE,
    after_closing=True,
)
class RecordPpn(Command, frozen=True, kw_only=True):
    ethnicity: Annotated[str, Prompt("Ethnicity, or: not known", coded="notice")]
    school: Annotated[str, Prompt("School, or: not known", coded="notice")]
