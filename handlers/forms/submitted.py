"""What was typed and ticked in a view, by block."""

import re
from datetime import datetime
from typing import Any

from bot import typed_times
from bot.domain.facts import Child
from bot.views.screen import Screen
from bot.views.wording import refusal_words, risk_questions
from bot.views.wording.reasons import Coded, is_log_entry
from handlers.forms import reason_inputs

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
        form.errors[reason_inputs.log_entry_of(field)] = (
            "Not saved. Type the number of the log entry: digits only."
        )
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
    try:
        return typed_times.parse(form.text(field), screen.now, screen.zone)
    except typed_times.NotATime as unread:
        form.errors[field] = f"Not saved. {unread.ask}"
    except typed_times.StillToCome as early:
        form.errors[field] = refusal_words.still_to_come(early.at, screen)
    return None


_REFERENCE = re.compile(r"(?=.*\d)[A-Za-z0-9/-]{1,30}")


def is_reference(typed: str) -> bool:
    """One word with a digit in it: a number of the force's own, never a sentence."""
    return _REFERENCE.fullmatch(typed) is not None


def child(form: Form, screen: Screen) -> Child | None:
    """With whatever of age and birth date can be read; None where neither can."""
    typed = form.text("age")
    name, person_ref = form.text("name"), form.text("person_ref")
    if typed.isdigit() and len(typed) <= 2:
        return Child(name=name, age=int(typed), person_ref=person_ref)
    born = typed_times.parse_birth_date(typed, screen.now.astimezone(screen.zone).date())
    if born is None or not screen.full:
        return None
    return Child(name=name, born=born, person_ref=person_ref)
