"""Page 1 of a report, read: as a step for the desk, or as the draft that its live lines are drawn from."""

from datetime import datetime
from functools import partial
from typing import Any

from bot import typed_values
from bot.domain import commands
from bot.domain.facts import ADVERSE_EVENT, Attendance, Category, Child, Reporter
from bot.views import ids
from bot.views.screen import Screen
from bot.views.wording import risk_questions
from handlers import carried
from handlers.forms import submitted
from handlers.forms.report.report_draft import Draft
from handlers.forms.report.report_page import KNOWN, NOT_MISSING, ReportOpened
from handlers.forms.submitted import Form


def opened(screen: Screen, form: str = ids.REPORT) -> Draft:
    """A report that nobody has typed anything into yet: of a child, or for training."""
    training = form == ids.TRAINING_REPORT
    return Draft(
        training=training, told_preset=f"{screen.now.astimezone(screen.zone):%H%M}", told_at=screen.now
    )


def as_command(view: dict[str, Any], screen: Screen) -> tuple[commands.Report | None, dict[str, str]]:
    """What was typed, as a step; or what cannot be read, by block."""
    form = Form(view)
    draft = read_draft(view, screen)
    child = _child(form, screen)
    told_at = submitted.past(form, "told_at", screen)
    seen = form.text("last_seen_at")
    last_seen_at = submitted.read(form, "last_seen_at", lambda: typed_values.past_if_known(seen, screen))
    rationale = submitted.reason(form, NOT_MISSING, screen) if form.has(NOT_MISSING) else ""
    _check_references(form, screen)
    if form.errors or child is None or told_at is None:
        return None, form.errors
    return commands.Report(
        training=draft.training,
        incident=form.text("incident"),
        child=child,
        category=draft.category.value,
        whereabouts_known=draft.known,
        rationale=rationale if draft.category is Category.CONCERN_FOR_SAFETY else "",
        told_at=told_at,
        last_seen_at=last_seen_at,
        last_seen_where=form.text("last_seen_where"),
        why_worried=form.text("why_worried") if screen.full else _in_log(form),
        reporter=Reporter(
            name=form.text("reporter_name"),
            relationship=form.text("reporter_relationship"),
            phone=form.text("reporter_phone"),
        ),
        attendance=draft.attendance.value if draft.category is Category.CONCERN_FOR_SAFETY else "",
        adverse_event=_adverse_event(draft),
        markers=risk_questions.as_markers(
            dict.fromkeys(draft.all_no, False) | dict.fromkeys(draft.all_yes, True)
        ),
    ), {}


def _adverse_event(draft: Draft) -> bool | None:
    """None where nobody was asked."""
    if ADVERSE_EVENT in draft.all_yes:
        return True
    return False if ADVERSE_EVENT in draft.all_no else None


def _in_log(form: Form) -> str:
    """Which of the words are in the incident log, as codes."""
    return " ".join(form.ticked("in_log"))


def _check_references(form: Form, screen: Screen) -> None:
    for field in ("incident", "person_ref"):
        submitted.read(form, field, partial(typed_values.number, form.text(field), field, screen))


def _child(form: Form, screen: Screen) -> Child | None:
    """None, with a note, where neither age nor birth date can be read."""
    told = submitted.read(form, "age", lambda: typed_values.age_or_born(form.text("age"), screen))
    if told is None:
        return None
    which = {"age": told} if isinstance(told, int) else {"born": told}
    return Child(name=form.text("name"), person_ref=form.text("person_ref"), **which)


def read_draft(view: dict[str, Any], screen: Screen) -> Draft:
    """The report as it stands in the view, however much of it is there."""
    form = Form(view)
    kept = carried.decoded(view, ReportOpened)
    return Draft(
        training=view["callback_id"] == ids.TRAINING_REPORT,
        told_preset=kept.told,
        told_at=_or_now(form, screen),
        child=_child(form, screen) or Child(),
        yes=form.ticked("yes"),
        known=form.chosen("where_now") == KNOWN,
        concern=kept.concern,
        attendance=carried.chosen(Attendance, form.chosen("attendance") or Attendance.UNDECIDED),
        asks=tuple(risk_questions.asks_of(f"{form.text('why_worried')}\n{form.text(NOT_MISSING)}", screen)),
        pressed=form.pressed(),
    )


def _or_now(form: Form, screen: Screen) -> datetime:
    return submitted.past(form, "told_at", screen) or screen.now
