"""The steps that hand a case on, end it, or mend its record."""

from typing import Annotated

from msgspec import field

from bot.domain.commands.step_parts import (
    ANYONE,
    CONTROL_ROOM_AND_UP,
    OFFICER_AND_UP,
    CauseAsked,
    FoundByAsked,
    HarmAsked,
    Mending,
    When,
)
from bot.domain.declared import CaseRef, Code, Command, FieldKind, Prompt, step
from bot.domain.facts import AlertDecision, InterviewKind, TransferRefusal, TransferWhy
from bot.domain.people import SUPERVISING


@step("transfer", "Pass it to another force; you own it until they accept.", may=SUPERVISING)
class Transfer(Command, frozen=True, kw_only=True):
    force: Annotated[str, Prompt("Which force?", coded="transfer")]
    why: Annotated[
        Code,
        TransferWhy,
        Prompt("Why theirs? lives_there, last_seen_there or believed_there", enter="not said"),
    ] = ""


@step("transfer_accept", "Record who in the other force accepted.", may=CONTROL_ROOM_AND_UP)
class AcceptTransfer(Command, frozen=True, kw_only=True):
    name: Annotated[str, Prompt("Who there accepted?", coded="taken_over")]


@step("transfer_refuse", "Record that the other force does not take it.", may=CONTROL_ROOM_AND_UP)
class RefuseTransfer(Command, frozen=True, kw_only=True):
    name: Annotated[str, Prompt("Who there refused?", coded="taken_over")]
    why: Annotated[
        Code, TransferRefusal, Prompt("Why? not_ours, wrong_code, no_capacity, child_is_here or other")
    ]


@step("keep", "Keep a case that the other force did not take.", may=SUPERVISING)
class Keep(Command, frozen=True, kw_only=True):
    why: Annotated[str, Prompt("Why is it kept here?", coded="keep")] = ""


@step("attended", "Record that officers are at the address, or at the last place.", may=ANYONE)
class Attend(Command, frozen=True, kw_only=True):
    where: Annotated[str, Prompt("Where are the officers?", coded="attended")]


@step(
    "carer_disagrees",
    "Record that the carer disagrees: until the child is seen, a review is due now.",
    may=ANYONE,
)
class CarerDisagrees(Command, frozen=True, kw_only=True):
    why: Annotated[str, Prompt("What does the carer say?", coded="disagrees")] = ""


@step("cra", "Record whether a Child Rescue Alert is asked for.", may=SUPERVISING)
class DecideAlert(Command, frozen=True, kw_only=True):
    decision: Annotated[Code, AlertDecision, Prompt("requested, not_met or not_now")]
    why: Annotated[str, Prompt("Why?", coded="alert")] = ""


@step("located", "Record the child as located. Seen in person is more than located.", may=ANYONE)
class Locate(Command, frozen=True, kw_only=True):
    where: Annotated[str, Prompt("Where is the child?", coded="located")]
    seen_in_person: Annotated[bool, Prompt("Has a professional seen the child in person? yes or no")]
    # By name; not who typed it.
    seen_by: Annotated[
        str, Prompt("Who saw the child? Their name", coded="interviewer", enter="not said")
    ] = ""
    when: When = None
    found_by: FoundByAsked = ""
    harm: HarmAsked = ""
    cause: CauseAsked = field(name="reason", default="")


@step(
    "interview",
    "Record a prevention interview, or that the return interview was offered.",
    may=OFFICER_AND_UP,
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
    found_by: FoundByAsked = ""
    harm: HarmAsked = ""
    cause: CauseAsked = ""


@step("reopen", "Open a closed case again.", may=SUPERVISING, after_closing=True)
class Reopen(Command, frozen=True, kw_only=True):
    why: Annotated[str, Prompt("Why reopen it?", coded="mending")] = ""


@step("correct", "Mend a mistake in the record. What stood before stays in it.", may=CONTROL_ROOM_AND_UP)
class Correct(Command, frozen=True, kw_only=True):
    field: Annotated[Code, Prompt("What is wrong: child.name, reported_at, markers.self_harm …")]
    to: Annotated[str, FieldKind.CORRECTION, Prompt("What is right?")] = ""
    why: Mending = ""


@step("void", "Ask to void a case opened in error; a second person confirms.", may=SUPERVISING)
class Void(Command, frozen=True, kw_only=True):
    why: Annotated[str, Prompt("Why void this case?", coded="mending")] = ""


@step("duplicate", "Ask to mark it as a duplicate; a second person confirms.", may=SUPERVISING)
class Duplicate(Command, frozen=True, kw_only=True):
    of: Annotated[CaseRef, Prompt("Of which case?")]
    why: Mending = ""


@step("confirm", "Confirm what another person asked: void, or duplicate.", may=SUPERVISING)
class Confirm(Command, frozen=True, kw_only=True):
    pass


@step(may=ANYONE)
class ShowEpisodes(Command, frozen=True, kw_only=True):
    """Recorded by the screen that showed them, not asked for by a person."""

    refs: Annotated[tuple[str, ...], FieldKind.CASE]
