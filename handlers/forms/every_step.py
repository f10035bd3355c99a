"""Every step that a view asks for, by the name of its button: opened on a press, taken on submission."""

from collections.abc import Callable
from functools import partial
from typing import Any

from msgspec import structs

from bot.domain.permissions import Look
from bot.ports.drafts import DraftPlace
from bot.ports.places import Place
from bot.views import ids
from bot.views.wording.language import hint
from handlers import carried, offers
from handlers.dependencies import Body, Dependencies
from handlers.errors import NotDone
from handlers.forms import ending, enquiries, grading_forms, information, lost_forms, mending, outside, small
from handlers.forms.step_form import Behind, Filled, FormAsked, StepForm, asked_by
from handlers.intake import person_of, value_of
from handlers.listeners import Listeners, PutUp, Shows
from handlers.showing import drawn, show
from handlers.sight import sight

Ack = Callable[..., Any]

_PARTS = (small, grading_forms, enquiries, information, outside, ending, mending)
STEPS: dict[str, StepForm] = {step.id: step for part in _PARTS for step in part.STEPS}
_OF_MENU = dict(
    zip(ids.MENU, (ids.ASSIGN, ids.ADD_TO_CASE, ids.CALLER_TOLD, ids.TELLING, ids.LOCATING), strict=True)
)  # the case card's


def register(app: Listeners, deps: Dependencies) -> None:
    for id, step in STEPS.items():
        app.shown(id)(_opens(step, deps))
        app.view(id)(_takes(step, deps))

    @app.shown(ids.MORE)
    def more(body: Body) -> PutUp:
        verb, value = ids.chosen(carried.picked(body))
        return _open(_known(_OF_MENU.get(verb, "")), body, value, deps)

    @app.shown(ids.SELDOM)
    def seldom(body: Body) -> PutUp:
        step, value = ids.chosen(carried.picked(body))
        return _open(_known(step), body, value, deps)


def _known(id: str) -> StepForm:
    if id not in STEPS:
        raise NotDone(carried.OLD_BUTTON)
    return STEPS[id]


def _opens(step: StepForm, deps: Dependencies) -> Shows:
    def opened(body: Body) -> PutUp:
        return _open(step, body, value_of(body), deps)

    return opened


def _open(step: StepForm, body: Body, value: str, deps: Dependencies) -> PutUp:
    deps.need(step.verb, person_of(body))
    asked = asked_by(body, value)
    place = DraftPlace(person_of(body), step.id, asked.ref, asked.item)
    view = lost_forms.offer(place, asked.kept(), deps) or blank(step.id, asked, body, deps)
    return partial(show, body, view, deps)


def blank(id: str, asked: FormAsked, body: Body, deps: Dependencies) -> dict[str, Any]:
    """Raises NotDone for who may not read the case that it is about."""
    step, screen = _known(id), structs.replace(deps.screen, viewer=deps.actor(person_of(body)))
    view = step.view(sight(body, deps).case(asked.ref, Look.FORM), screen, asked.item)
    return {**view, "private_metadata": asked.kept()}


def _takes(step: StepForm, deps: Dependencies) -> Callable[..., None]:
    def submitted(ack: Ack, body: Body) -> None:
        filled = Filled(body["view"], deps.screen)
        wish = step.command(filled)
        if filled.form.errors:
            ack(response_action="errors", errors=filled.form.errors)
            return
        deps.do(filled.asked.ref, wish, deps.actor(person_of(body)), lost_forms.saved(body, deps))
        ack()
        _redraw_behind(body, filled, deps)
        if step.answers_offer:
            offers.settle(Place(filled.asked.offer), filled.asked.ref, person_of(body), deps)

    return submitted


def _redraw_behind(body: Body, filled: Filled, deps: Dependencies) -> None:
    """With advice on the words just saved, where there is any: they stand as they were typed."""
    asked = filled.asked
    advice = deps.setting.language.advice("\n".join(filled.form.words().values()))
    notice = f"Saved. On the wording: {hint(advice)}" if advice else ""

    def redraw() -> None:
        for place, behind in enumerate(asked.behind):
            step = structs.replace(asked, item="", behind=asked.behind[:place])
            _redraw(body, behind, step, notice, deps)

    if asked.behind:
        deps.background.do("views behind", redraw)


def _redraw(body: Body, behind: Behind, asked: FormAsked, notice: str, deps: Dependencies) -> None:
    shows_case = behind.callback == ids.CASE
    view = drawn(body, asked.ref, deps, notice) if shows_case else blank(behind.callback, asked, body, deps)
    deps.asking.views_update(view_id=behind.id, view=view)
