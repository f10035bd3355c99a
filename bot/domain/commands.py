"""What a person asks of the desk. Each is one step of `scenarios/`, one action in Slack, one terminal command.

A step is declared here and nowhere else (`declared.py` says what comes of it): its fields with their types and kinds,
who may (domain.md §5; one who holds several roles may do what any of them may), its name, and the question that each
field answers. A string without a default must be there. `field(name=…)` is what a scenario calls it.

Times are absolute and aware: the edge that hears "in 30 minutes" knows when it was said.
"""

from datetime import datetime
from typing import Annotated

from msgspec import Struct, field

from bot.domain.declared import CaseRef, Code, FieldKind, ItemId, Number, PersonRef, Prompt, ToCome, step
from bot.domain.declared import Command as Command
from bot.domain.facts import (
    Answer,
    Cause,
    Child,
    EnquiryKind,
    Ethnicity,
    FoundBy,
    Grade,
    Harm,
    InformationKind,
    InterviewKind,
    MissingFrom,
    Reporter,
    Sex,
)
from bot.domain.people import SUPERVISING, Role

_ANYONE = frozenset({Role.CONTROL_ROOM, Role.OFFICER}) | SUPERVISING
_CONTROL_ROOM_AND_UP = frozenset({Role.CONTROL_ROOM}) | SUPERVISING
_OFFICER_AND_UP = frozenset({Role.OFFICER}) | SUPERVISING

_Known = Annotated[
    bool, Prompt("Is a named person with the child now? yes or no", preset="no", of_concern=True)
]
_WhyNotMissing = Annotated[
    str,
    Prompt("Why is this not missing? What is known, who said so, when?", coded="concern", of_concern=True),
]
_Attendance = Annotated[
    Code,
    Prompt("Will police attend? yes, no (RCRP or other) or undecided", preset="undecided", of_concern=True),
]
_Attending = Annotated[
    Code,
    Prompt("Will police attend? yes, no (RCRP or other) or undecided", enter="as it stands", of_concern=True),
]
_Decision = Annotated[str, Prompt("Why?", coded="decision")]
_CannotOwn = "decline"  # the list of reasons for not owning a case, or no more
_Considered = Annotated[tuple[str, ...], Prompt("")]
_When = Annotated[datetime | None, Prompt("When: 2215, 9pm, an hour ago", preset="now")]
_RoleName = Annotated[Code, Prompt("Role: fim, supervisor …")]
_Mending = Annotated[str, Prompt("How do you know?", coded="mending")]
_FoundBy = Annotated[Code, FoundBy, Prompt("Who found the child?", enter="not said")]
_Harm = Annotated[Code, Harm, Prompt("Came the child to harm?", enter="not said")]
_Cause = Annotated[Code, Cause, Prompt("Why was the child missing?", enter="not said")]
_Unsaid = FieldKind.UNSAID


class GradeGiven(Struct, frozen=True, kw_only=True):
    level: Grade
    rationale: str = ""
    considered: tuple[str, ...] = ()


@step("report", "Report a missing child: opens a case and starts its clocks.", may=_ANYONE, of_case=False)
class Report(Command, frozen=True, kw_only=True):
    """`full` says that names, places and words must be here; in reference-only mode they stay in the log."""

    incident: Annotated[Number, Prompt("Incident number")] = field(name="ref")
    child: Child
    why_worried: Annotated[str, Prompt("Why is the caller worried? (their own words)")] = ""
    markers: Annotated[
        dict[str, Answer],
        Prompt("Risk markers that apply, such as suicidal_today,self_harm", enter="none"),
    ] = field(default_factory=dict)
    adverse_event: Annotated[
        bool | None, Prompt("Left school or home without permission? yes or no", preset="no")
    ] = None  # None: not asked
    category: Annotated[Code, Prompt("missing, or concern_for_safety", preset="missing")]
    whereabouts_known: _Known = False
    rationale: _WhyNotMissing = ""
    attendance: _Attendance = ""
    last_seen_at: Annotated[
        datetime | None, Prompt("Last seen, when: 1245, 9pm, yest 2130, an hour ago", enter="not known")
    ] = None
    last_seen_where: Annotated[str, Prompt("Last seen, where", enter="not known")] = ""
    reporter: Reporter = Reporter()
    told_at: Annotated[datetime, Prompt("Police told, when: 1340, 10 min ago, yest 2345", preset="now")] = (
        field(name="reported_at")
    )
    missing_from: Annotated[Code, MissingFrom] = ""
    sex: Annotated[Code, Sex] = ""
    grade: GradeGiven | None = None
    full: Annotated[bool, _Unsaid] = True


@step("markers", "Answer more of the markers: yes, no or not_known.", may=_ANYONE, in_scenarios=False)
class AnswerMarkers(Command, frozen=True, kw_only=True):
    """What the caller said about more of the markers, after the report was saved."""

    markers: Annotated[dict[str, Answer], Prompt("Markers with a YES")]
    adverse_event: bool | None = None


@step(
    "describe",
    "Record what is coded of the child: missing from, looked after, sex, ethnicity.",
    may=_ANYONE,
    in_scenarios=False,
)
class Describe(Command, frozen=True, kw_only=True):
    """What the report's second page asks; in a scenario the report says it."""

    missing_from: Annotated[Code, MissingFrom, Prompt("Missing from", enter="not known")] = ""
    looked_after: Annotated[bool | None, Prompt("Looked after? yes or no", enter="not known")] = None
    sex: Annotated[Code, Sex, Prompt("Sex", enter="not known")] = ""
    ethnicity: Annotated[Code, Ethnicity] = ""


@step(
    "grade",
    "Record a grade. One below the running grade is asked of a second person.",
    may=_CONTROL_ROOM_AND_UP,
)
class GradeCase(Command, frozen=True, kw_only=True):
    level: Annotated[Grade, Prompt("high, medium or low")]
    considered: _Considered = ()
    changed: tuple[str, ...] = ()  # of those considered, the ones said to be otherwise now
    rationale: Annotated[str, Prompt("Why this grade?", coded="grade")] = ""


@step("approve", "Approve the lower grade that another person asked for.", may=SUPERVISING)
class Approve(Command, frozen=True, kw_only=True):
    why: _Decision = ""


@step("refuse", "Refuse the lower grade that another person asked for.", may=SUPERVISING)
class Refuse(Command, frozen=True, kw_only=True):
    why: _Decision = ""


@step("categorise", "Record the case as missing, or as a concern for safety.", may=_CONTROL_ROOM_AND_UP)
class Categorise(Command, frozen=True, kw_only=True):
    category: Annotated[Code, Prompt("missing, or concern_for_safety")]
    whereabouts_known: _Known = False
    rationale: _WhyNotMissing = ""
    attendance: _Attending = ""


@step("sign_off", "Sign off the concern-for-safety rationale.", may=SUPERVISING)
class SignOff(Command, frozen=True, kw_only=True):
    why: Annotated[str, Prompt("Why?", coded="sign_off")] = ""


@step("same_child", "Say that an earlier case is of the same child.", may=_ANYONE)
class SameChild(Command, frozen=True, kw_only=True):
    """An earlier case is of the same child; by its reference or its incident number."""

    earlier: Annotated[CaseRef, Prompt("Which case?")]


@step(
    "assign",
    "Assign it to a named person. Assigning is not enough: they must accept.",
    may=_CONTROL_ROOM_AND_UP,
)
class Assign(Command, frozen=True, kw_only=True):
    to: Annotated[PersonRef, Prompt("Who: a name")]


@step("accept", "Accept the case that was assigned to you.")
class Accept(Command, frozen=True, kw_only=True):
    pass


@step("decline", "Say that you cannot own it.")
class Decline(Command, frozen=True, kw_only=True):
    why: Annotated[str, Prompt("Why can you not own it?", coded=_CannotOwn)] = ""


@step("release", "Release a case that you own.")
class Release(Command, frozen=True, kw_only=True):
    why: Annotated[str, Prompt("Why are you releasing it?", coded=_CannotOwn)] = ""


@step("take", "Own it yourself, from now.", may=_OFFICER_AND_UP)
class Take(Command, frozen=True, kw_only=True):
    pass


@step("acknowledge", "Say that you know. It stops no clock but the FIM's own.", after_closing=True)
class Acknowledge(Command, frozen=True, kw_only=True):
    pass


@step("tell", "Record who outside was told.", may=_ANYONE)
class Tell(Command, frozen=True, kw_only=True):
    """One call may tell several. `when` is when they were told; the clock asks for the record of it."""

    who: Annotated[
        tuple[str, ...],
        FieldKind.TOLD,
        Prompt("Who: caller, duty_inspector, social_care, pnc, ukmpu, carer …"),
    ]
    said: Annotated[
        Code, Prompt("What the caller was told: coming, not_coming, no_answer", enter="not the caller")
    ] = ""
    how: Annotated[str, Prompt("How", coded="how_told", enter="not said")] = ""
    took: Annotated[str, Prompt("Who did you speak to?", coded="took")] = ""
    when: _When = None


@step("enquiry", "Set a line of enquiry, with its owner and due time.", may=_OFFICER_AND_UP)
class SetEnquiry(Command, frozen=True, kw_only=True):
    id: ItemId
    text: Annotated[str, Prompt("What is to be done?", coded="enquiry")]
    owner: Annotated[PersonRef, Prompt("Who does it: a name")]
    due_at: Annotated[ToCome, Prompt("Due: 30m, 2h, 1630 or tomorrow 0900")] = field(name="due", default=None)
    kind: Annotated[Code, EnquiryKind] = EnquiryKind.ENQUIRY.value
    # Of the suspect whom it is about: that it was asked, never what was answered.
    ethnicity_asked: bool = False
    nationality_asked: bool = False


@step("enquiry_done", "Record what came of an enquiry.", may=_ANYONE, after_closing=True)
class FinishEnquiry(Command, frozen=True, kw_only=True):
    id: Annotated[ItemId, Prompt("Which enquiry: its number")]
    result: Annotated[str, Prompt("What came of it?", coded="result")]


@step("note", "Record what is being done.", may=_ANYONE)
class Note(Command, frozen=True, kw_only=True):
    text: Annotated[str, Prompt("What is being done?", coded="note")]


@step(
    "information",
    "Record what was heard. It starts its own clock, and reopens a closed case.",
    may=_ANYONE,
    after_closing=True,
)
class Inform(Command, frozen=True, kw_only=True):
    id: ItemId
    kind: Annotated[Code, InformationKind, Prompt("call, sighting, phone, medical or other", preset="call")]
    text: Annotated[str, Prompt("What is new? (their own words)", coded="added")]
    source: Annotated[str, Prompt("Who says so?", coded="source", enter="not said")] = ""
    markers: dict[str, Answer] = field(default_factory=dict)
    adverse_event: bool | None = None


@step("consider", "Record what follows from something that was heard.", may=_OFFICER_AND_UP)
class Consider(Command, frozen=True, kw_only=True):
    id: Annotated[ItemId, Prompt("Which information: its number")]
    outcome: Annotated[str, Prompt("What follows from it?", coded="follows")]


@step("review", "Review the grade, considering every marker that was answered yes.", may=SUPERVISING)
class Review(Command, frozen=True, kw_only=True):
    considered: _Considered = ()
    changed: tuple[str, ...] = ()
    rationale: Annotated[str, Prompt("What did the review find?", coded="review")] = ""
    next_at: ToCome = field(name="next", default=None)


@step(
    "ppn",
    "Record the public protection notice, with ethnicity and school on it.",
    may=_ANYONE,
    after_closing=True,
)
class RecordPpn(Command, frozen=True, kw_only=True):
    ethnicity: Annotated[str, Prompt("Ethnicity, or: not known", coded="notice")]
    school: Annotated[str, Prompt("School, or: not known", coded="notice")]


@step("offer_handover", "Offer a role that you hold to whom comes on duty.", of_case=False)
class OfferHandover(Command, frozen=True, kw_only=True):
    role: _RoleName
    to: Annotated[PersonRef, Prompt("Who: a name")]


@step()
class TakeCase(Command, frozen=True, kw_only=True):
    """One case of a hand-over, on the way to accepting all."""

    number: int
    ref: str


@step("accept_handover", "Accept the role that you were offered.", of_case=False)
class AcceptHandover(Command, frozen=True, kw_only=True):
    role: _RoleName
    number: Annotated[int, _Unsaid] = 0  # which offer; 0: the one open offer of that role to this person
    first: Annotated[str, Prompt("What will you do first?", coded="read_back")] = ""


@step("put_on_duty", "Put somebody on duty in a role.", may=SUPERVISING, in_scenarios=False, of_case=False)
class PutOnDuty(Command, frozen=True, kw_only=True):
    """In a scenario, who is on duty is given with it, and moves by hand-over alone."""

    role: _RoleName
    person: Annotated[PersonRef, Prompt("Who?")]


@step(
    "take_off_duty",
    "Take somebody off a role; never the last who holds it.",
    may=SUPERVISING,
    in_scenarios=False,
    of_case=False,
)
class TakeOffDuty(Command, frozen=True, kw_only=True):
    role: _RoleName
    person: Annotated[PersonRef, Prompt("Who?")]


@step("transfer", "Pass it to another force; you own it until they accept.", may=SUPERVISING)
class Transfer(Command, frozen=True, kw_only=True):
    force: Annotated[str, Prompt("Which force?", coded="transfer")]
    why: Annotated[
        Code, Prompt("Why theirs? lives_there, last_seen_there or believed_there", enter="not said")
    ] = ""


@step("transfer_accept", "Record who in the other force accepted.", may=_CONTROL_ROOM_AND_UP)
class AcceptTransfer(Command, frozen=True, kw_only=True):
    name: Annotated[str, Prompt("Who there accepted?", coded="taken_over")]


@step("transfer_refuse", "Record that the other force does not take it.", may=_CONTROL_ROOM_AND_UP)
class RefuseTransfer(Command, frozen=True, kw_only=True):
    name: Annotated[str, Prompt("Who there refused?", coded="taken_over")]
    why: Annotated[Code, Prompt("Why? not_ours, wrong_code, no_capacity, child_is_here or other")]


@step("keep", "Keep a case that the other force did not take.", may=SUPERVISING)
class Keep(Command, frozen=True, kw_only=True):
    why: Annotated[str, Prompt("Why is it kept here?", coded="keep")] = ""


@step("attended", "Record that officers are at the address, or at the last place.", may=_ANYONE)
class Attend(Command, frozen=True, kw_only=True):
    where: Annotated[str, Prompt("Where are the officers?", coded="attended")]


@step("carer_disagrees", "Record that the carer disagrees: a review is due now.", may=_ANYONE)
class CarerDisagrees(Command, frozen=True, kw_only=True):
    why: Annotated[str, Prompt("What does the carer say?", coded="disagrees")] = ""


@step("cra", "Record whether a Child Rescue Alert is asked for.", may=SUPERVISING)
class DecideAlert(Command, frozen=True, kw_only=True):
    decision: Annotated[Code, Prompt("requested, not_met or not_now")]
    why: Annotated[str, Prompt("Why?", coded="alert")] = ""


@step("located", "Record the child as located. Seen in person is more than located.", may=_ANYONE)
class Locate(Command, frozen=True, kw_only=True):
    where: Annotated[str, Prompt("Where is the child?", coded="located")]
    seen_in_person: Annotated[bool, Prompt("Has a professional seen the child in person? yes or no")]
    # By name; not who typed it.
    seen_by: Annotated[
        str, Prompt("Who saw the child? Their name", coded="interviewer", enter="not said")
    ] = ""
    when: _When = None
    found_by: _FoundBy = ""
    harm: _Harm = ""
    cause: _Cause = field(name="reason", default="")


@step(
    "interview",
    "Record a prevention interview, or that the return interview was offered.",
    may=_OFFICER_AND_UP,
    after_closing=True,
)
class Interview(Command, frozen=True, kw_only=True):
    kind: Annotated[Code, InterviewKind, Prompt("prevention or return")]
    in_person: Annotated[bool | None, Prompt("Face to face? yes or no")] = None  # of a prevention interview
    by_whom: Annotated[str, Prompt("By whom?", coded="interviewer")] = ""


@step("close", "Close the case.", may=SUPERVISING)
class Close(Command, frozen=True, kw_only=True):
    """A reason that is a code of `Cause` says that, too."""

    reason: Annotated[str, Prompt("Reason", coded="closing")] = ""
    found_by: _FoundBy = ""
    harm: _Harm = ""
    cause: _Cause = ""


@step("reopen", "Open a closed case again.", may=SUPERVISING, after_closing=True)
class Reopen(Command, frozen=True, kw_only=True):
    why: Annotated[str, Prompt("Why reopen it?", coded="mending")] = ""


@step("correct", "Mend a mistake in the record. What stood before stays in it.", may=_CONTROL_ROOM_AND_UP)
class Correct(Command, frozen=True, kw_only=True):
    field: Annotated[Code, Prompt("What is wrong: child.name, reported_at, markers.self_harm …")]
    to: Annotated[str, Prompt("What is right?")] = ""
    why: _Mending = ""


@step("void", "Ask to void a case opened in error; a second person confirms.", may=SUPERVISING)
class Void(Command, frozen=True, kw_only=True):
    why: Annotated[str, Prompt("Why void this case?", coded="mending")] = ""


@step("duplicate", "Ask to mark it as a duplicate; a second person confirms.", may=SUPERVISING)
class Duplicate(Command, frozen=True, kw_only=True):
    of: Annotated[CaseRef, Prompt("Of which case?")]
    why: _Mending = ""


@step("confirm", "Confirm what another person asked: void, or duplicate.", may=SUPERVISING)
class Confirm(Command, frozen=True, kw_only=True):
    pass


@step(may=_ANYONE)
class ShowEpisodes(Command, frozen=True, kw_only=True):
    """Recorded by the screen that showed them, not asked for by a person."""

    refs: tuple[str, ...]
