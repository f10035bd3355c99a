"""The steps about who holds a role."""

from typing import Annotated

from bot.domain.commands.step_parts import RoleName, Unsaid
from bot.domain.declared import Command, PersonRef, Prompt, step
from bot.domain.people import SUPERVISING


@step("offer_handover", "Offer a role that you hold to whom comes on duty.", of_case=False)
class OfferHandover(Command, frozen=True, kw_only=True):
    role: RoleName
    to: Annotated[PersonRef, Prompt("Who: a name")]


@step()
class TakeCase(Command, frozen=True, kw_only=True):
    """One case of a hand-over, on the way to accepting all."""

    number: int
    ref: str


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
