"""A form that was closed or lost is offered again to who typed it (screens.md, principle 8: save early)."""

from collections.abc import Callable
from typing import Any

from bot.ports import DraftPlace, Unfinished
from bot.views import ids
from bot.views.forms.prefilled import with_values, with_words
from bot.views.forms.report_page import report_page
from bot.views.forms.saved_draft import run_out
from bot.views.message import View
from handlers import drafts, drawing, modals
from handlers.intake import person_of, value_of
from handlers.listeners import Listeners
from handlers.modals.base import asked_of
from handlers.parts import Body, Parts
from handlers.report_form import opened
from handlers.showing import show, show_instead

Ack = Callable[..., Any]
_KEPT = (ids.REPORT, ids.RISK, ids.READ_BACK, *modals.STEPS)  # in the others nothing is typed


def register(app: Listeners, parts: Parts) -> None:
    @app.action(ids.GO_ON)
    def go_on(ack: Ack, body: Body) -> None:
        place = _place(body)
        draft = drafts.find(place, parts)
        view = with_values(_drawn(place, draft, body, parts), draft.values) if draft else run_out()
        ack()
        _put(body, view, parts)

    @app.action(ids.START_FRESH)
    def start_fresh(ack: Ack, body: Body) -> None:
        place, carried = _place(body), body["view"]["private_metadata"]
        drafts.clear(place, parts)
        if place.form == ids.REPORT:
            blank = with_words(report_page(opened(parts.screen), parts.screen), incident=carried)
        else:
            blank = modals.blank(place.form, asked_of(body["view"]), parts)
        ack()
        _put(body, blank, parts)


def is_kept(view: dict[str, Any]) -> bool:
    """Whether what is typed into that form is offered again."""
    return view["callback_id"] in _KEPT


def _place(body: Body) -> DraftPlace:
    form, ref, item = (*value_of(body).split(" ", 2), "", "")[:3]
    return DraftPlace(person_of(body), form, ref, item)


def _drawn(place: DraftPlace, draft: Unfinished, body: Body, parts: Parts) -> View:
    """The case may stand otherwise by now: all but what was typed is drawn anew."""
    of_report = place.form in (ids.REPORT, ids.RISK)
    carried = draft.metadata if of_report else body["view"]["private_metadata"]
    typed = {"callback_id": place.form, "private_metadata": carried, "state": {"values": draft.values}}
    return drawing.live(typed, parts) or modals.blank(place.form, asked_of(body["view"]), parts)


def _put(body: Body, view: View, parts: Parts) -> None:
    """In place of the question; on top of the open case, where it was asked there."""
    if body["view"]["callback_id"] == ids.UNFINISHED:
        show_instead(body["view"]["id"], view, parts)
    else:
        show(body, view, parts)
