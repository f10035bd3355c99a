"""Page 2 of a report: more answers, and a grade if there is one yet."""

from collections.abc import Callable
from typing import Any

from bot.views import ids
from bot.views.risk_page import both_yes_and_no
from handlers import drafts, risk_form
from handlers.errors import NotDone
from handlers.form import Form
from handlers.intake import person_of
from handlers.listeners import Listeners
from handlers.parts import Body, Parts
from handlers.showing import drawn

Ack = Callable[..., Any]


def register(app: Listeners, parts: Parts) -> None:
    @app.view(ids.RISK)
    def recorded(ack: Ack, body: Body) -> None:
        record(ack, body, parts)


def record(ack: Ack, body: Body, parts: Parts) -> None:
    view, screen, actor = body["view"], parts.screen, parts.actor(person_of(body))
    ref, answering = risk_form.kept(view).ref, risk_form.read(view)
    if answering.both:
        raise NotDone(both_yes_and_no(answering.both), field=risk_form.no_block_of(answering.both[0]))
    form = Form(view)
    if answering.level is None and risk_form.is_reasoned(form):
        raise NotDone("Not recorded. Choose the grade, or empty its reason.", field="level")
    case = parts.the_case(ref)
    saved = drafts.saved(body, parts)
    if answers := risk_form.new_answers(case, answering):
        parts.do(ref, answers, actor, saved if answering.level is None else None)
    grade = risk_form.grade(form, answering.level, screen) if answering.level else None
    if form.errors:
        ack(response_action="errors", errors=form.errors)
        return
    if grade:
        parts.do(ref, grade, actor, saved)
    elif not answers:
        drafts.forget(body, parts)
    ack()
    if behind := view.get("previous_view_id"):  # gone on with from the open case, which stands otherwise now
        parts.later.do(
            "open case", lambda: parts.asking.views_update(view_id=behind, view=drawn(body, ref, parts))
        )
