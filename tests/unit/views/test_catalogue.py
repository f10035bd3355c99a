"""`surfaces.py` shows everything that the bot can show: else a test that holds "for every surface" holds for fewer."""

import importlib
import inspect
import pkgutil
import sys
from collections.abc import Iterator
from types import CodeType, FrameType
from typing import Any

import bot.views
import handlers.forms
from bot.views.message import Message
from tests.unit.views.busy import busy
from tests.unit.views.surfaces import messages, views

_CARRIES = {"message", "view"}
_SHOWN = ("Message", "Message | None", "View", "Message | View")
_NO_SURFACES = (
    "bot.views.plain.",  # for a terminal, not for Slack
    "bot.views.cards.renderer",  # what is left of a card that Slack refuses
    "handlers.forms.reason_inputs",  # puts what somebody typed back into a view that is in the catalogue
    "bot.views.wording.language",  # hints under the fields of such a view
    "handlers.forms.lost_forms",  # keeps what was typed
    "handlers.forms.every_step",  # opens the forms of the catalogue
    "handlers.forms.lost_forms.on_the_case",  # one block of the open case
    "bot.views.blocks",  # what surfaces are made of
)


def public_views() -> Iterator[tuple[str, CodeType]]:
    """Every public function of the views and the forms that makes a whole message or view."""
    for found in (
        *pkgutil.walk_packages(bot.views.__path__, "bot.views."),
        *pkgutil.walk_packages(handlers.forms.__path__, "handlers.forms."),
    ):
        if found.name.startswith(_NO_SURFACES):
            continue
        module = importlib.import_module(found.name)
        for name, function in inspect.getmembers(module, inspect.isfunction):
            here = function.__module__ == module.__name__ and not name.startswith("_")
            called = f"{module.__name__}.{name}"
            if (
                here
                and not called.startswith(_NO_SURFACES)
                and _shows(inspect.signature(function).return_annotation)
            ):
                yield called, function.__code__


def _shows(annotation: Any) -> bool:
    """A message or a view, or something that carries one."""
    return bool(_CARRIES & set(getattr(annotation, "__struct_fields__", ()))) or _named(annotation) in _SHOWN


def _named(annotation: Any) -> str:
    if annotation == dict[str, Any]:
        return "View"
    return (
        annotation.__name__
        if isinstance(annotation, type)
        else str(annotation).replace(f"{Message.__module__}.", "")
    )


def called_by_the_catalogue() -> set[CodeType]:
    called: set[CodeType] = set()

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            called.add(frame.f_code)

    told = busy("x", full=True)
    sys.setprofile(note)
    try:
        for _ in (*messages(told), *views(told)):
            pass
    finally:
        sys.setprofile(None)
    return called


def test_no_view_is_missing_from_the_catalogue() -> None:
    called = called_by_the_catalogue()
    missing = [name for name, code in public_views() if code not in called]
    assert not missing, (
        f"Yield these in `messages` or `views` of tests/unit/views/surfaces.py, so that limits, privacy and markings "
        f"are checked for them too: {', '.join(missing)}"
    )


def test_the_catalogue_knows_a_view_when_it_sees_one() -> None:
    """Else the test above could not fail."""
    names = {name for name, _ in public_views()}
    assert {
        "bot.views.cards.open_case.open_case",
        "bot.views.cards.case_card.case_card",
        "bot.views.answering.answers.details",
        "handlers.forms.mending.correcting",
        "handlers.forms.report.report_page.report_page",
    } <= names
