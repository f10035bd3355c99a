"""Steps that a view asks for: a button opens it, its submission is one step, and what lay behind it is drawn again."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct

from bot.domain.case import Case
from bot.domain.commands import Command
from bot.views import ids
from bot.views.screen import Screen
from handlers import carried, offers
from handlers.dependencies import Body
from handlers.forms import submitted
from handlers.forms.submitted import Form
from handlers.showing import is_deepest


class Behind(Struct, frozen=True):
    """A view that the new one covers."""

    callback: str
    id: str


class FormAsked(Struct, frozen=True, omit_defaults=True):
    """What a view carries to its submission: nothing of it is about a person."""

    ref: str
    item: str = ""  # an enquiry's or an information's id, or which of two is meant
    behind: tuple[Behind, ...] = ()  # lowest first
    offer: str = ""  # the `Place` of the message that it answers

    def kept(self) -> str:
        return msgspec.json.encode(self).decode()


def asked_of(view: dict[str, Any]) -> FormAsked:
    return carried.decoded(view, FormAsked)


def asked_by(body: Body, value: str) -> FormAsked:
    """`value`: the button's, "reference" or "reference item"."""
    ref, item = ids.apart(value, 2)
    return FormAsked(ref, item, _behind(body.get("view") or {}), str(offers.place_of(body) or ""))


def _behind(view: dict[str, Any]) -> tuple[Behind, ...]:
    """The views that show a case as it stands, and so must be drawn again once it stands otherwise."""
    if is_deepest(view):  # the new one takes its place
        return asked_of(view).behind if view.get("callback_id") == ids.CLOSE else ()
    if view.get("callback_id") == ids.CASE:
        return (Behind(ids.CASE, view["id"]),)
    if view.get("callback_id") == ids.CLOSE:
        return (*asked_of(view).behind, Behind(ids.CLOSE, view["id"]))
    return ()


class Filled:
    """A view that was submitted."""

    def __init__(self, view: dict[str, Any], screen: Screen) -> None:
        self.view_id = str(view["id"])  # names what the submission makes: sent twice, it is made once
        self.asked = asked_of(view)
        self.form = Form(view)
        self.screen = screen

    def reason(self, field: str) -> str:
        return submitted.reason(self.form, field, self.screen)

    def named(self, field: str) -> str:
        return submitted.named(self.form, field, self.screen)

    def past(self, field: str) -> datetime | None:
        """When something happened; notes what is wrong with it."""
        return submitted.past(self.form, field, self.screen)

    def chosen(self, field: str) -> str:
        return self.form.chosen(field) or ""


class StepForm(Struct, frozen=True):
    id: str  # of the button, and of the view
    verb: type[Command]  # who may not take it is told so before they type
    view: Callable[[Case, Screen, str], dict[str, Any]]
    command: Callable[[Filled], Command]
    answers_offer: bool = False
