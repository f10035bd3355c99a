"""A form that was closed or lost is offered again to who typed it (screens.md, principle 8: save early)."""

from collections.abc import Callable
from functools import partial
from typing import Any

from bot.ports.drafts import DraftPlace, SavedDraft
from bot.views import ids
from bot.views.message import View
from handlers.dependencies import Body, Dependencies
from handlers.forms import lost_forms, redrawing
from handlers.forms.every_step import STEPS
from handlers.forms.every_step import blank as blank_form
from handlers.forms.lost_forms import run_out
from handlers.forms.reason_inputs import with_values, with_words
from handlers.forms.report.report_form import opened
from handlers.forms.report.report_page import report_page
from handlers.forms.step_form import asked_of
from handlers.intake import person_of, value_of
from handlers.listeners import Listeners, PutUp
from handlers.showing import show, show_instead
from handlers.sight import sight

Ack = Callable[..., Any]
_KEPT = (*ids.REPORTS, ids.RISK, ids.READ_BACK, *STEPS)  # in the others nothing is typed


def register(app: Listeners, deps: Dependencies) -> None:
    @app.shown(ids.GO_ON)
    def go_on(body: Body) -> PutUp:
        place = _place(body)
        deps.need_known(place.person)
        draft = lost_forms.find(place, deps)
        view = with_values(_drawn(place, draft, body, deps), draft.values) if draft else run_out()
        return partial(_put, body, view, deps)

    @app.action(ids.START_FRESH)
    def start_fresh(ack: Ack, body: Body) -> None:
        place, carried = _place(body), body["view"]["private_metadata"]
        deps.need_known(place.person)
        lost_forms.clear(place, deps)
        if place.form in ids.REPORTS:
            draft = opened(deps.screen, place.form)
            blank = with_words(report_page(draft, deps.screen), incident=carried)
        else:
            blank = blank_form(place.form, asked_of(body["view"]), body, deps)
        ack()
        _put(body, blank, deps)


def is_kept(view: dict[str, Any]) -> bool:
    """Whether what is typed into that form is offered again."""
    return view["callback_id"] in _KEPT


def _place(body: Body) -> DraftPlace:
    form, ref, item = ids.apart(value_of(body), 3)
    return DraftPlace(person_of(body), form, ref, item)


def _drawn(place: DraftPlace, draft: SavedDraft, body: Body, deps: Dependencies) -> View:
    """The case may stand otherwise by now: all but what was typed is drawn anew."""
    of_report = place.form in (*ids.REPORTS, ids.RISK)
    carried = draft.metadata if of_report else body["view"]["private_metadata"]
    typed = {"callback_id": place.form, "private_metadata": carried, "state": {"values": draft.values}}
    drawn = redrawing.live(typed, sight(body, deps), deps)
    return drawn or blank_form(place.form, asked_of(body["view"]), body, deps)


def _put(body: Body, view: View, deps: Dependencies) -> None:
    """In place of the question; on top of the open case, where it was asked there."""
    if body["view"]["callback_id"] == ids.UNFINISHED:
        show_instead(body["view"]["id"], view, deps)
    else:
        show(body, view, deps)
