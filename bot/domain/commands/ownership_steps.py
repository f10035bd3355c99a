"""The steps about who has it and who was told; and about who holds a role."""

from typing import Annotated

from bot.domain.commands.step_parts import (
    ANYONE,
    CANNOT_OWN,
    CONTROL_ROOM_AND_UP,
    OFFICER_AND_UP,
    RoleName,
    Unsaid,
    When,
)
from bot.domain.declared import CaseRef, Code, Command, FieldKind, PersonRef, Prompt, step
from bot.domain.facts import EscalationWhy, ToldCaller
from bot.domain.people import SUPERVISING


@step(
    "assign",
    "Assign it to a named person. Assigning is not enough: they must accept.",
    may=CONTROL_ROOM_AND_UP,
)
class Assign(Command, frozen=True, kw_only=True):
    to: Annotated[PersonRef, Prompt("Who: a name")]


@step("accept", "Accept the case that was assigned to you.")
class Accept(Command, frozen=True, kw_only=True):
    pass


@step("decline", "Say that you cannot own it.")
class Decline(Command, frozen=True, kw_only=True):
    why: Annotated[str, Prompt("Why can you not own it?", coded=CANNOT_OWN)] = ""


@step("release", "Release a case that you own.")
class Release(Command, frozen=True, kw_only=True):
    why: Annotated[str, Prompt("Why are you releasing it?", coded=CANNOT_OWN)] = ""


@step("take", "Own it yourself, from now.", may=OFFICER_AND_UP)
class Take(Command, frozen=True, kw_only=True):
    pass


@step("acknowledge", "Say that you know. It stops no clock but the FIM's own.", after_closing=True)
class Acknowledge(Command, frozen=True, kw_only=True):
    pass


@step("escalate", "Page the next rung now; where nobody is paged, a FIM.", may=ANYONE)
class Escalate(Command, frozen=True, kw_only=True):
    why: Annotated[Code, EscalationWhy, Prompt("Why now?")]


@step("tell", "Record who outside was told.", may=ANYONE)
class Tell(Command, frozen=True, kw_only=True):
    """One call may tell several. `when` is when they were told; the clock asks for the record of it."""

    who: Annotated[
        tuple[str, ...],
        FieldKind.TOLD,
        Prompt("Who: caller, duty_inspector, social_care, pnc, ukmpu, carer …"),
    ]
    said: Annotated[
        Code,
        ToldCaller,
        Prompt("What the caller was told: coming, not_coming, no_answer", enter="not the caller"),
    ] = ""
    how: Annotated[str, Prompt("How", coded="how_told", enter="not said")] = ""
    took: Annotated[str, Prompt("Who did you speak to?", coded="took")] = ""
    when: When = None


# The steps about who holds a role.


@step("offer_handover", "Offer a role that you hold to whom comes on duty.", of_case=False)
class OfferHandover(Command, frozen=True, kw_only=True):
    role: RoleName
    to: Annotated[PersonRef, Prompt("Who: a name")]


@step()
class TakeCase(Command, frozen=True, kw_only=True):
    """One case of a hand-over, on the way to accepting all."""

    number: Annotated[int, Unsaid]
    ref: CaseRef


@step("accept_handover", "Accept the role that you were offered.", of_case=False)
class AcceptHandover(Command, frozen=True, kw_only=True):
    role: RoleName
    number: Annotated[int, Unsaid] = 0  # which offer; 0: the one open offer of that role to this person
    first: Annotated[str, Prompt("What will you do first?", coded="read_back")] = ""


@step("put_on_duty", "Put somebody on duty in a role.", may=SUPERVISING, in_scenarios=False, of_case=False)
class PutOnDuty(Command, frozen=True, kw_only=True):
    """In a scenario, who is on duty is given with it, and moves by hand-over alone."""

    role: RoleName
    person: Annotated[PersonRef, Prompt("Who?")]


@step(
    "take_off_duty",
    "Take somebody off a role; never the last who holds it.",
    may=SUPERVISING,
    in_scenarios=False,
    of_case=False,
)
class TakeOffDuty(Command, frozen=True, kw_only=True):
    role: RoleName
    person: Annotated[PersonRef, Prompt("Who?")]
