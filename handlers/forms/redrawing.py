"""A form as it stands with what is typed in it: its words follow its answers."""

from typing import Any

from msgspec.structs import replace

from bot.domain.episodes import seen_before
from bot.domain.facts import Answer
from bot.domain.permissions import Look
from bot.views import ids
from bot.views.message import View
from bot.views.wording.language import with_hints
from handlers.dependencies import Dependencies
from handlers.forms import grading_forms
from handlers.forms.information import InformationHeard, hearing, ticked
from handlers.forms.report import report_form, risk_form
from handlers.forms.report.report_page import report_page
from handlers.forms.report.risk_page import FIRST_PAGE, HEALTH, PEOPLE, risk_page
from handlers.forms.step_form import asked_of
from handlers.forms.submitted import Form
from handlers.sight import Sight


def live(
    view: dict[str, Any],
    seen: Sight,
    deps: Dependencies,
    *,
    concern: bool | None = None,
    no_lists: bool = False,
) -> View | None:
    """None where the form says the same whatever is typed."""
    drawn = _drawn(view, seen, deps, concern, no_lists)
    return with_hints(drawn, Form(view).words(), deps.setting.language) if drawn else None


def _drawn(
    view: dict[str, Any], seen: Sight, deps: Dependencies, concern: bool | None, no_lists: bool
) -> View | None:
    form = view.get("callback_id")
    if form in ids.REPORTS:
        draft = report_form.read_draft(view, deps.screen)
        return report_page(draft if concern is None else replace(draft, concern=concern), deps.screen)
    if form == ids.RISK:
        return _risk(view, seen, deps, no_lists)
    if form == ids.GRADE:
        return _grade(view, seen, deps)
    return _heard(view, seen, deps) if form == ids.ADD_TO_CASE else None


def _grade(view: dict[str, Any], seen: Sight, deps: Dependencies) -> View:
    level = Form(view).chosen("level")
    drawn = grading_forms.grading(seen.again(asked_of(view).ref, Look.FORM), deps.screen, level or "")
    return {**drawn, "private_metadata": view["private_metadata"]}


def _heard(view: dict[str, Any], seen: Sight, deps: Dependencies) -> View:
    case = seen.again(asked_of(view).ref, Look.FORM)
    drawn = hearing(case, deps.screen, _heard_in(Form(view)))
    return {**drawn, "private_metadata": view["private_metadata"]}


def _heard_in(form: Form) -> InformationHeard:
    return InformationHeard(text=form.text("text"), yes=ticked(form), pressed=form.pressed())


def _risk(view: dict[str, Any], seen: Sight, deps: Dependencies, no_lists: bool) -> View:
    answering = risk_form.read(view)
    case = seen.again(risk_form.kept(view).ref, Look.FORM)
    if no_lists:
        yes = {code for code, given in case.markers.items() if given.answer is Answer.YES}
        left = (code for code in (*FIRST_PAGE, *HEALTH, *PEOPLE) if code not in yes | set(answering.yes))
        answering = replace(answering, no_offered=tuple(left))
    earlier = seen.several(before, Look.EARLIER)[0] if (before := risk_form.kept(view).seen) else []
    return risk_page(case, answering, deps.screen, seen_before(case, earlier))
