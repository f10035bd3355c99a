"""Releasing, passing on, voiding, duplicates, corrections, reopening."""

from bot.domain import commands
from bot.views import ids
from bot.views.forms import mending
from handlers.forms import submitted
from handlers.forms.step_form import Filled, StepForm


def _duplicate(filled: Filled) -> commands.Duplicate:
    typed = filled.form.text("of")
    of = typed.upper() if typed.lower().startswith("mc-") else typed
    return commands.Duplicate(of=of, why=filled.reason("why"))


def _correct(filled: Filled) -> commands.Correct:
    return commands.Correct(field=filled.chosen("field"), to=_right(filled), why=filled.reason("why"))


def _right(filled: Filled) -> str:
    """Times as the record has them. What may hold words is not offered where Slack may carry none."""
    field, typed, screen = filled.chosen("field"), filled.form.text("to"), filled.screen
    if field == mending.PERSON_REF and not screen.full and not submitted.is_reference(typed):
        filled.form.errors["to"] = "Not saved. Type the person record number only: letters, digits, - and /."
    if field.startswith(mending.RISK):
        return typed.lower().replace(" ", "_")
    if not mending.is_time(field):
        return typed
    at = filled.past("to")
    return at.isoformat() if at else ""


STEPS = (
    StepForm(
        ids.RELEASE,
        commands.Release,
        mending.releasing,
        lambda filled: commands.Release(why=filled.reason("why")),
    ),
    StepForm(
        ids.TRANSFER,
        commands.Transfer,
        mending.transferring,
        lambda filled: commands.Transfer(force=filled.reason("force")),
    ),
    StepForm(
        ids.TRANSFER_ACCEPTED,
        commands.AcceptTransfer,
        mending.taking_over,
        lambda filled: commands.AcceptTransfer(name=filled.reason("name")),
    ),
    StepForm(
        ids.REOPEN,
        commands.Reopen,
        mending.reopening,
        lambda filled: commands.Reopen(why=filled.reason("why")),
    ),
    StepForm(
        ids.VOID, commands.Void, mending.voiding, lambda filled: commands.Void(why=filled.reason("why"))
    ),
    StepForm(ids.DUPLICATE, commands.Duplicate, mending.duplicating, _duplicate),
    StepForm(ids.CONFIRM, commands.Confirm, mending.confirming, lambda _: commands.Confirm()),
    StepForm(ids.CORRECT, commands.Correct, mending.correcting, _correct),
)
