"""New information, what follows from it, and noting what is being done."""

from bot.domain import commands
from bot.domain.markers import Answer
from bot.views import ids
from bot.views.modals import information
from handlers.form import Form
from handlers.modals.base import Filled, Step


def ticked(form: Form) -> tuple[str, ...]:
    return tuple(code for block in information.NEW_YES for code in form.ticked(block))


def _inform(filled: Filled) -> commands.Inform:
    return commands.Inform(
        id=filled.asked.item or filled.view_id,  # a message is added once
        kind=filled.chosen("kind"),
        text=filled.reason("text"),
        source=filled.named("source"),
        markers=dict.fromkeys(ticked(filled.form), Answer.YES),
    )


def _consider(filled: Filled) -> commands.Consider:
    return commands.Consider(id=filled.asked.item, outcome=filled.reason("outcome"))


STEPS = (
    Step(ids.ADD_TO_CASE, commands.Inform, information.adding, _inform),
    Step(ids.CONSIDER, commands.Consider, information.considering, _consider),
    Step(
        ids.ADD_NOTE,
        commands.Note,
        information.noting,
        lambda filled: commands.Note(text=filled.reason("text")),
    ),
)
