"""`/missing`: saved after the first page, graded on the second. Nothing is decided here."""

from collections.abc import Callable
from typing import Any

from bot.desk import Opened
from bot.domain import commands
from bot.domain.case import Case
from bot.domain.commands import Command
from bot.domain.permissions import Look, may
from bot.domain.refusals import Because, Refused
from bot.views import ids
from bot.views.wording.refusal_words import Wish, partly
from handlers import recall
from handlers.dependencies import Body, Dependencies
from handlers.errors import NotDone
from handlers.forms import draft_offers, lost_forms, small
from handlers.forms.report import report_form, risk_form
from handlers.forms.report.report_page import NOT_MISSING
from handlers.forms.report.risk_page import Answering, both_yes_and_no, risk_page
from handlers.forms.submitted import Form
from handlers.intake import person_of
from handlers.listeners import Listeners
from handlers.live_pages.live_lines import Live
from handlers.live_pages.second_pages import SecondPages
from handlers.showing import drawn
from handlers.sight import sight

Ack = Callable[..., Any]
# The inputs whose words may ask about a risk.
_READ = ("why_worried", NOT_MISSING, "text")


def register(app: Listeners, deps: Dependencies, second_pages: SecondPages) -> None:
    live = Live(deps)
    recall.register(app, deps, live)

    def heard(body: Body, **how: bool) -> None:
        live.redraw(body, **how)
        lost_forms.keep(body, deps)

    @app.view(ids.TRAINING_REPORT)
    @app.view(ids.REPORT)
    def saved(ack: Ack, body: Body) -> None:
        if opened := save(ack, body, deps):
            page = _next_page(opened, body, deps)
            live.replaced(body["view"]["id"])
            ack(response_action="update", view=page)
            deps.background.do("noted", lambda: recall.looked_at(opened.likely, body, deps))
            second_pages.opened(body, page, opened.case, live)

    @app.action(ids.LIVE)
    def typed(ack: Ack, body: Body) -> None:
        ack()
        heard(body)

    @app.action(ids.VALUE)
    def typed_words(ack: Ack, body: Body) -> None:
        ack()
        if body["actions"][0].get("block_id") in _READ:
            live.redraw(body)
        if draft_offers.is_kept(body["view"]):
            lost_forms.keep(body, deps)

    @app.action(ids.CONCERN_INSTEAD)
    def as_concern(ack: Ack, body: Body) -> None:
        ack()
        heard(body, concern=True)

    @app.action(ids.KEEP_MISSING)
    def as_missing(ack: Ack, body: Body) -> None:
        ack()
        heard(body, concern=False)

    @app.action(ids.SHOW_NO_LISTS)
    def no_lists(ack: Ack, body: Body) -> None:
        ack()
        heard(body, no_lists=True)


def save(ack: Ack, body: Body, deps: Dependencies) -> Opened | None:
    """None where the form was answered with what is wrong with it."""
    screen, actor = deps.screen, deps.actor(person_of(body))
    command, errors = report_form.as_command(body["view"], screen)
    if errors or command is None:
        ack(response_action="errors", errors=errors)
        return None
    try:
        return deps.report(command, actor, lost_forms.saved(body, deps))
    except Refused as no:
        if no.because is Because.ALREADY_DONE and no.case:
            ack(
                response_action="push",
                view=small.same_incident(sight(body, deps).case(no.case, Look.FORM), screen),
            )
            return None
        raise deps.not_done(no, Wish(command, actor.id), "") from no


def _next_page(opened: Opened, body: Body, deps: Dependencies) -> dict[str, Any]:
    """What was due already is to be paged, and what was seen before is noted: page 2 says both truly."""
    screen = deps.screen
    may_grade = may(deps.actor(person_of(body)).roles, commands.GradeCase)
    answering = Answering(saved=screen.now, may_grade=may_grade, unread=opened.unread[: recall.UNREAD])
    return risk_page(opened.case, answering, screen, opened.likely)


# Page 2 of a report: more answers, and a grade if there is one yet.


def register_second_page(app: Listeners, deps: Dependencies) -> None:
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
        answers, facts = risk_form.new_answers(case, answering), risk_form.new_facts(case, form)
        return [step for step in (answers, facts, grade if not form.errors else None) if step]

    done = deps.do_in_turn(ref, wishes, actor, None if form.errors else lost_forms.saved(body, deps))
    if form.errors:
        told = partly if done.entries else str
        ack(response_action="errors", errors={field: told(said) for field, said in form.errors.items()})
        return
    if not done.entries:
        lost_forms.forget(body, deps)
    ack()
    if behind := view.get("previous_view_id"):  # gone on with from the open case, which stands otherwise now
        deps.background.do(
            "open case", lambda: deps.asking.views_update(view_id=behind, view=drawn(body, ref, deps))
        )
