"""Setting a line of enquiry, and recording what came of it."""

from datetime import datetime, timedelta

from bot import typed_times
from bot.domain import commands
from bot.views import ids
from bot.views.forms import enquiries
from handlers.forms.step_form import Filled, StepForm


def _set(filled: Filled) -> commands.SetEnquiry:
    return commands.SetEnquiry(
        id=filled.view_id,
        text=filled.reason("text"),
        owner=filled.chosen("owner"),
        due_at=_due_at(filled),
        kind=filled.chosen("kind"),
    )


def _due_at(filled: Filled) -> datetime | None:
    screen, due = filled.screen, filled.chosen("due")
    if due != enquiries.OTHER:
        return screen.now + timedelta(minutes=int(due)) if due else None
    try:
        return typed_times.parse_coming(filled.form.text("due_at"), screen.now, screen.zone)
    except typed_times.NotATime as unread:
        filled.form.errors["due_at"] = f"Not saved. {unread.ask}"
        return None


def _finish(filled: Filled) -> commands.FinishEnquiry:
    return commands.FinishEnquiry(id=filled.asked.item, result=filled.reason("result"))


STEPS = (
    StepForm(ids.SET_ENQUIRY, commands.SetEnquiry, enquiries.setting, _set),
    StepForm(ids.FINISH_ENQUIRY, commands.FinishEnquiry, enquiries.finishing, _finish),
)
