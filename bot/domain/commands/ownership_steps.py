"""The steps about who has it, and who was told."""

from typing import Annotated

from bot.domain.commands.step_parts import ANYONE, CANNOT_OWN, CONTROL_ROOM_AND_UP, OFFICER_AND_UP, When
from bot.domain.declared import Code, Command, FieldKind, PersonRef, Prompt, step


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


@step("tell", "Record who outside was told.", may=ANYONE)
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
    when: When = None
