"""Page 2 of a report: more answers, and a grade if there is one yet."""

from collections.abc import Callable
from typing import Any

from bot.domain.case import Case
from bot.domain.commands import Command
from bot.views import ids
from handlers.dependencies import Body, Dependencies
from handlers.errors import NotDone
from handlers.forms import lost_forms
from handlers.forms.report import risk_form
from handlers.forms.report.risk_page import both_yes_and_no
from handlers.forms.submitted import Form
from handlers.intake import person_of
from handlers.listeners import Listeners
from handlers.showing import drawn

Ack = Callable[..., Any]


def register(app: Listeners, deps: Dependencies) -> None:
    @app.view(ids.RISK)
    def recorded(ack: Ack, body: Body) -> None:
        record(ack, body, deps)


def record(ack: Ack, body: Body, deps: Dependencies) -> None:
    view, screen, actor = body["view"], deps.screen, deps.actor(person_of(body))
    ref, answering = risk_form.kept(view).ref, risk_form.read(view)
    if answering.both:
        raise NotDone(both_yes_and_no(answering.both), field=risk_form.no_block_of(answering.both[0]))
    form = Form(view)
    if answering.level is None and risk_form.is_reasoned(form):
        raise NotDone("Not recorded. Choose the grade, or empty its reason.", field="level")
    grade = risk_form.grade(form, answering.level, screen) if answering.level else None

    def wishes(case: Case) -> list[Command]:
        answers = risk_form.new_answers(case, answering)
        return [step for step in (answers, grade if not form.errors else None) if step]

    done = deps.do_in_turn(ref, wishes, actor, None if form.errors else lost_forms.saved(body, deps))
    if form.errors:
        ack(response_action="errors", errors=form.errors)
        return
    if not done.entries:
        lost_forms.forget(body, deps)
    ack()
    if behind := view.get("previous_view_id"):  # gone on with from the open case, which stands otherwise now
        deps.background.do(
            "open case", lambda: deps.asking.views_update(view_id=behind, view=drawn(body, ref, deps))
        )
