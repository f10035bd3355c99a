"""The steps whose views ask one or two things."""

from bot.domain import commands
from bot.views import ids
from bot.views.forms import small_forms
from handlers.forms.step_form import StepForm

STEPS = (
    StepForm(
        ids.ASSIGN,
        commands.Assign,
        lambda case, screen, _: small_forms.assign(case, screen),
        lambda filled: commands.Assign(to=filled.chosen("to")),
    ),
    StepForm(
        ids.DECLINE,
        commands.Decline,
        lambda case, screen, _: small_forms.declining(case, screen),
        lambda filled: commands.Decline(why=filled.reason("why")),
        answers_offer=True,
    ),
)
