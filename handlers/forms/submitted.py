"""What was typed and ticked in a view, by block."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from bot import typed_values
from bot.typed_values import NotReadable
from bot.views.screen import Screen
from bot.views.wording import risk_questions
from bot.views.wording.reasons import Coded, is_log_entry
from handlers.forms import reason_inputs

NOT_AN_ENTRY = "Not saved. Type the number of the log entry: digits only."

T = TypeVar("T")
Given = dict[str, Any]
"""What Slack says of one input: its `value`, `selected_option` or `selected_options`."""


def begun(view: dict[str, Any]) -> dict[str, Given]:
    """What its inputs held when it was drawn, by block."""
    return {
        block["block_id"]: _initial(block["element"])
        for block in view.get("blocks", ())
        if block["type"] == "input"
    }


def _initial(element: dict[str, Any]) -> Given:
    return {
        "value": element.get("initial_value"),
        "selected_option": element.get("initial_option"),
        "selected_options": element.get("initial_options"),
    }


class Form:
    """What Slack leaves out still stands as it was drawn: an input that an update filled in may be missing from the
    contents until somebody touches it (slackapi/bolt-js, issue 1258)."""

    def __init__(self, view: dict[str, Any]) -> None:
        said: dict[str, dict[str, Given]] = view.get("state", {}).get("values", {})
        drawn = {block: {"": given} for block, given in begun(view).items() if any(given.values())}
        self.values = drawn | said
        self.errors: dict[str, str] = {}

    def has(self, block: str) -> bool:
        return block in self.values

    def text(self, block: str) -> str:
        return str(self._element(block).get("value") or "").strip()

    def words(self) -> dict[str, str]:
        """All that was typed, by block."""
        return {block: text for block in self.values if (text := self.text(block))}

    def chosen(self, block: str) -> str | None:
        option = self._element(block).get("selected_option")
        return str(option["value"]) if option else None

    def pressed(self) -> dict[str, bool]:
        """What was pressed where their words ask: marker → yes."""
        chosen = {block: choice for block in self.values if (choice := self.chosen(block))}
        return risk_questions.answers(chosen)

    def person(self, block: str) -> str:
        """From a list, or from Slack's own search."""
        return str(self._element(block).get("selected_user") or self.chosen(block) or "")

    def ticked(self, block: str) -> tuple[str, ...]:
        options = self._element(block).get("selected_options") or []
        return tuple(str(option["value"]) for option in options)

    def _element(self, block: str) -> Given:
        """A block has one input."""
        return next(iter(self.values.get(block, {}).values()), {})


def reason(form: Form, field: str, screen: Screen) -> str:
    """The words, or the stored form of the coded reason with its log entry; notes what is wrong with it."""
    if screen.full:
        return form.text(field)
    code, entry = form.chosen(field), form.text(reason_inputs.log_entry_of(field))
    if code is None:
        return ""
    if not is_log_entry(entry):
        form.errors[reason_inputs.log_entry_of(field)] = NOT_AN_ENTRY
        return ""
    return Coded(code, entry).stored()


def named(form: Form, field: str, screen: Screen) -> str:
    """The words, or the stored form of what was chosen in their place."""
    if screen.full:
        return form.text(field)
    code = form.chosen(field)
    return Coded(code).stored() if code else ""


def past(form: Form, field: str, screen: Screen) -> datetime | None:
    """When something happened; None with a note of what is wrong with it."""
    return read(form, field, lambda: typed_values.past(form.text(field), screen))


def read(form: Form, field: str, how: Callable[[], T]) -> T | None:
    """What was typed there; None with a note of what is wrong with it."""
    try:
        return how()
    except NotReadable as no:
        form.errors[field] = no.sentence
        return None
