"""Grade, decide a downgrade, sign off, review."""

from datetime import timedelta

from bot.domain import commands
from bot.domain.commands import Command
from bot.domain.facts import Category
from bot.domain.grades import Grade
from bot.views import ids
from bot.views.forms import grading
from handlers.forms import risk_form
from handlers.forms.step_form import Filled, StepForm


def _grade(filled: Filled) -> Command:
    return risk_form.grade(filled.form, Grade(filled.chosen("level")), filled.screen)


def _decide(filled: Filled) -> Command:
    why = filled.reason("why")
    if filled.chosen("decision") == grading.APPROVE:
        return commands.Approve(why=why)
    return commands.Refuse(why=why)


def _sign_off(filled: Filled) -> Command:
    why = filled.reason("why")
    if filled.chosen("decision") == grading.MISSING:
        return commands.Categorise(category=Category.MISSING.value, rationale=why)
    return commands.SignOff(why=why)


def _review(filled: Filled) -> Command:
    said = risk_form.reasoned(filled.form, filled.screen)
    length = filled.chosen("next")
    next_at = filled.screen.now + timedelta(minutes=int(length)) if length else None
    return commands.Review(
        rationale=said.rationale, considered=said.considered, changed=said.changed, next_at=next_at
    )


STEPS = (
    StepForm(ids.GRADE, commands.GradeCase, grading.grading, _grade),
    StepForm(ids.DECIDE, commands.Approve, grading.deciding, _decide),
    StepForm(ids.SIGN_OFF, commands.SignOff, grading.signing_off, _sign_off),
    StepForm(ids.REVIEW, commands.Review, grading.reviewing, _review),
)
