"""Who outside was told, and the child found (screens.md §8)."""

from bot.domain import commands
from bot.domain.case import Case
from bot.domain.facts import CALLER
from bot.typed_times import EXAMPLES
from bot.views import ids
from bot.views.blocks import ask, checkboxes, marking, modal, radio, section, typed
from bot.views.message import Block, View
from bot.views.screen import Screen
from bot.views.wording import naming, words
from handlers.forms import reason_inputs
from handlers.forms.step_form import Filled, StepForm

SEEN_BY = {"police": "Police", "other": "Another professional, in person", "nobody": "Nobody yet"}


def locating(case: Case, screen: Screen, _: str = "") -> View:
    """Found is not seen: the case stays open until somebody has (HMICFRS, Cleveland, 2025)."""
    return modal(
        ids.LOCATING,
        "Child located",
        [
            section(f"*{naming.heading(case)}*"),
            *reason_inputs.asks(commands.Locate, "where", screen),
            _ask_when("when", "When", screen),
            ask("seen", "Who has seen the child in person?", radio(ids.VALUE, SEEN_BY)),
            *reason_inputs.names(
                commands.Locate, "seen_by", screen, hint="Needed once somebody has seen the child."
            ),
            section("A phone call does not count as seen. The case stays open."),
            *reason_inputs.of_return(case),
            marking(),
        ],
        submit="Record",
        close="Cancel",
    )


def telling(case: Case, screen: Screen, who: str = "") -> View:
    """An inspector asks by whom, when, and who there knows it (HMICFRS on Wiltshire Police, 2022–23). `who`: ticked."""
    others = {each: words.sentence(name) for each, name in naming.TOLD.items() if each != CALLER}
    asked = ask("who", "Who was told", checkboxes(ids.VALUE, others, [who]))
    took = reason_inputs.names(commands.Tell, "took", screen)
    return _told(ids.TELLING, "Who was told", case, screen, asked, took)


def telling_caller(case: Case, screen: Screen, _: str = "") -> View:
    """Whoever rang knows whether anybody comes (IOPC, 2023). Their name is on the report, or in the log."""
    asked = ask("said", "What was the caller told?", radio(ids.VALUE, words.choices(words.TOLD_CALLER)))
    took = reason_inputs.names(commands.Tell, "took", screen, optional=True, hint="Empty: whoever rang.")
    return _told(ids.CALLER_TOLD, "Caller told", case, screen, asked, took)


def _told(id: str, title: str, case: Case, screen: Screen, asked: Block, took: list[Block]) -> View:
    return modal(
        id,
        title,
        [
            section(f"*{naming.heading(case)}*"),
            asked,
            *reason_inputs.names(commands.Tell, "how", screen),
            _ask_when("when", "When", screen),
            *took,
            marking(),
        ],
        submit="Record",
        close="Cancel",
    )


def attended(case: Case, screen: Screen, _: str = "") -> View:
    return modal(
        ids.ATTENDED,
        "Officers there",
        [
            section(f"*{naming.heading(case)}*"),
            *reason_inputs.asks(commands.Attend, "where", screen),
            section("At the address, or at the last place. On the way is not there."),
            marking(),
        ],
        submit="Record",
        close="Cancel",
    )


def _ask_when(id: str, label: str, screen: Screen) -> Block:
    """When something happened: typed, with now already there."""
    now = f"{screen.now.astimezone(screen.zone):%H%M}"
    return ask(id, label, typed(ids.VALUE, initial=now), hint=f"As {EXAMPLES}")


def _tell(filled: Filled) -> commands.Tell:
    took = filled.named("took")
    if not took.strip():
        filled.form.errors["took"] = "Not saved. Type who you spoke to."
    return commands.Tell(
        who=filled.form.ticked("who"), how=filled.named("how"), took=took, when=filled.past("when")
    )


def _tell_caller(filled: Filled) -> commands.Tell:
    return commands.Tell(
        who=(CALLER,),
        said=filled.chosen("said"),
        how=filled.named("how"),
        took=filled.named("took"),
        when=filled.past("when"),
    )


def _locate(filled: Filled) -> commands.Locate:
    seen, seen_by = filled.chosen("seen") in ("police", "other"), filled.named("seen_by")
    if seen and not seen_by.strip():
        filled.form.errors["seen_by"] = "Not saved. Type who saw the child in person, by name."
    return commands.Locate(
        where=filled.reason("where"),
        seen_in_person=seen,
        when=filled.past("when"),
        seen_by=seen_by,
        found_by=filled.chosen("found_by"),
        harm=filled.chosen("harm"),
        cause=filled.chosen("cause"),
    )


STEPS = (
    StepForm(
        ids.ATTENDED,
        commands.Attend,
        attended,
        lambda filled: commands.Attend(where=filled.reason("where")),
    ),
    StepForm(ids.TELLING, commands.Tell, telling, _tell),
    StepForm(ids.CALLER_TOLD, commands.Tell, telling_caller, _tell_caller),
    StepForm(ids.LOCATING, commands.Locate, locating, _locate),
)
