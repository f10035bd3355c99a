"""Every step that a view asks for, by the name of its button: opened on a press, taken on submission."""

from collections.abc import Callable
from typing import Any

from msgspec import structs

from bot.ports import DraftPlace
from bot.views import ids
from bot.views.wording.language import hint
from handlers import drafts, offers
from handlers.intake import person_of, value_of
from handlers.listeners import Listeners
from handlers.modals import ending, enquiries, grading, information, mending, outside, small
from handlers.modals.base import Asked, Behind, Filled, Step, asked_by
from handlers.parts import Body, Parts
from handlers.showing import drawn, show

Ack = Callable[..., Any]

_PARTS = (small, grading, enquiries, information, outside, ending, mending)
STEPS: dict[str, Step] = {step.id: step for part in _PARTS for step in part.STEPS}
_OF_MENU = dict(
    zip(ids.MENU, (ids.ASSIGN, ids.ADD_TO_CASE, ids.TELLING, ids.LOCATING), strict=True)
)  # the case card's


def register(app: Listeners, parts: Parts) -> None:
    for id, step in STEPS.items():
        app.action(id)(_opens(step, parts))
        app.view(id)(_takes(step, parts))

    @app.action(ids.MORE)
    def more(ack: Ack, body: Body) -> None:
        verb, _, value = body["actions"][0]["selected_option"]["value"].partition(":")
        _open(STEPS[_OF_MENU[verb]], ack, body, value, parts)

    @app.action(ids.SELDOM)
    def seldom(ack: Ack, body: Body) -> None:
        step, _, value = body["actions"][0]["selected_option"]["value"].partition(":")
        _open(STEPS[step], ack, body, value, parts)


def _opens(step: Step, parts: Parts) -> Callable[..., None]:
    def opened(ack: Ack, body: Body) -> None:
        _open(step, ack, body, value_of(body), parts)

    return opened


def _open(step: Step, ack: Ack, body: Body, value: str, parts: Parts) -> None:
    parts.need(step.verb, person_of(body))
    parts.need_known(person_of(body))
    asked = asked_by(body, value)
    place = DraftPlace(person_of(body), step.id, asked.ref, asked.item)
    view = drafts.offer(place, asked.kept(), parts) or blank(step.id, asked, parts)
    ack()
    show(body, view, parts)


def blank(id: str, asked: Asked, parts: Parts) -> dict[str, Any]:
    step = STEPS[id]
    view = step.view(parts.the_case(asked.ref), parts.screen, asked.item)
    return {**view, "private_metadata": asked.kept()}


def _takes(step: Step, parts: Parts) -> Callable[..., None]:
    def submitted(ack: Ack, body: Body) -> None:
        filled = Filled(body["view"], parts.screen)
        wish = step.command(filled)
        if filled.form.errors:
            ack(response_action="errors", errors=filled.form.errors)
            return
        parts.do(filled.asked.ref, wish, parts.actor(person_of(body)), drafts.saved(body, parts))
        ack()
        _redraw_behind(body, filled, parts)
        if step.answers_offer:
            offers.settle(filled.asked.offer, filled.asked.ref, person_of(body), parts)

    return submitted


def _redraw_behind(body: Body, filled: Filled, parts: Parts) -> None:
    """With advice on the words just saved, where there is any: they stand as they were typed."""
    asked = filled.asked
    advice = parts.setting.language.advice("\n".join(filled.form.words().values()))
    notice = f"Saved. On the wording: {hint(advice)}" if advice else ""

    def redraw() -> None:
        for place, behind in enumerate(asked.behind):
            step = structs.replace(asked, item="", behind=asked.behind[:place])
            _redraw(body, behind, step, notice, parts)

    if asked.behind:
        parts.later.do("views behind", redraw)


def _redraw(body: Body, behind: Behind, asked: Asked, notice: str, parts: Parts) -> None:
    shows_case = behind.callback == ids.CASE
    view = drawn(body, asked.ref, parts, notice) if shows_case else blank(behind.callback, asked, parts)
    parts.asking.views_update(view_id=behind.id, view=view)
