"""Who outside was told, and the child found."""

from bot.domain import commands
from bot.views import ids
from bot.views.modals import locating, telling
from handlers.modals.base import Filled, Step


def _tell(filled: Filled) -> commands.Tell:
    took = filled.named("took")
    if not took.strip():
        filled.form.errors["took"] = "Not saved. Type who there took it."
    return commands.Tell(
        who=filled.form.ticked("who"),
        how=filled.named("how"),
        took=took,
        when=filled.past("when"),
    )


def _locate(filled: Filled) -> commands.Locate:
    seen = filled.chosen("seen") in ("police", "other")
    return commands.Locate(where=filled.reason("where"), seen_in_person=seen, when=filled.past("when"))


STEPS = (
    Step(ids.TELLING, commands.Tell, telling.telling, _tell),
    Step(ids.LOCATING, commands.Locate, locating.locating, _locate),
)
