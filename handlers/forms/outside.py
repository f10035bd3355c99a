"""Who outside was told, and the child found."""

from bot.domain import commands
from bot.views import ids
from bot.views.forms import locating, telling
from handlers.forms.step_form import Filled, StepForm


def _tell(filled: Filled) -> commands.Tell:
    took = filled.named("took")
    if not took.strip():
        filled.form.errors["took"] = "Not saved. Type who you spoke to."
    return commands.Tell(
        who=filled.form.ticked("who"),
        how=filled.named("how"),
        took=took,
        when=filled.past("when"),
    )


def _locate(filled: Filled) -> commands.Locate:
    seen, seen_by = filled.chosen("seen") in ("police", "other"), filled.named("seen_by")
    if seen and not seen_by.strip():
        filled.form.errors["seen_by"] = "Not saved. Type who saw the child in person, by name."
    return commands.Locate(
        where=filled.reason("where"), seen_in_person=seen, when=filled.past("when"), seen_by=seen_by
    )


STEPS = (
    StepForm(ids.TELLING, commands.Tell, telling.telling, _tell),
    StepForm(ids.LOCATING, commands.Locate, locating.locating, _locate),
)
