"""New information, what follows from it, and noting what is being done."""

from bot.domain import commands
from bot.domain.markers import ADVERSE_EVENT, Answer
from bot.views import ids
from bot.views.forms import information, their_words
from bot.views.wording import asked
from handlers.forms.step_form import Filled, StepForm
from handlers.forms.submitted import Form


def ticked(form: Form) -> tuple[str, ...]:
    return tuple(code for block in information.NEW_YES for code in form.ticked(block))


def _inform(filled: Filled) -> commands.Inform:
    """What is ticked outweighs a No that was pressed."""
    pressed = filled.form.pressed()
    return commands.Inform(
        id=filled.asked.item or filled.view_id,  # a message is added once
        kind=filled.chosen("kind"),
        text=filled.reason("text"),
        source=filled.named("source"),
        markers=asked.as_markers(pressed) | dict.fromkeys(ticked(filled.form), Answer.YES),
        adverse_event=pressed.get(ADVERSE_EVENT),
    )


def _consider(filled: Filled) -> commands.Consider:
    return commands.Consider(id=filled.asked.item, outcome=filled.reason("outcome"))


def _answer(filled: Filled) -> commands.AnswerMarkers:
    pressed = filled.form.pressed()
    if not pressed and (rows := asked.rows_in(filled.form.values)):
        filled.form.errors[rows[0]] = "Not recorded. Press Yes or No; or Cancel, and it stays on the card."
    return commands.AnswerMarkers(markers=asked.as_markers(pressed), adverse_event=pressed.get(ADVERSE_EVENT))


STEPS = (
    StepForm(ids.THEIR_WORDS, commands.AnswerMarkers, their_words.answering, _answer),
    StepForm(ids.ADD_TO_CASE, commands.Inform, information.adding, _inform),
    StepForm(ids.CONSIDER, commands.Consider, information.considering, _consider),
    StepForm(
        ids.ADD_NOTE,
        commands.Note,
        information.noting,
        lambda filled: commands.Note(text=filled.reason("text")),
    ),
)
