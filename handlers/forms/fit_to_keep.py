"""What of a form's contents may be kept, or sent out again: in reference-only mode what passes its field's own check.

A code, a number that looks like one of the force's, a time. Whatever else was typed there is in nobody's draft: what
Slack sent us is forgotten. An input without a check here holds words, and so does a form that was drawn before the
force chose this mode.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from bot import typed_values
from bot.domain import corrections
from bot.typed_cases import is_ref
from bot.typed_values import NotReadable, NotTakable
from bot.views.screen import Screen, Setting
from bot.views.wording import field_words
from bot.views.wording.reasons import is_log_entry
from handlers.dependencies import Body
from handlers.errors import NotDone
from handlers.forms.reason_inputs import LOG_ENTRY
from handlers.forms.submitted import Form, Given

Typed = Mapping[str, Mapping[str, Given]]
"""Block → action → what was typed or chosen there."""
_Passes = Callable[[str, Typed, Screen], bool]


def fit(values: Typed, screen: Screen) -> dict[str, dict[str, Given]]:
    """With each input that there was, emptied where it held what may not be kept."""
    return {
        block: {action: _fit(block, given, values, screen) for action, given in within.items()}
        for block, within in values.items()
    }


def _fit(block: str, given: Given, values: Typed, screen: Screen) -> Given:
    text = given.get("value")
    if screen.full or not text or passes(block, str(text).strip(), values, screen):
        return given
    return {key: said for key, said in given.items() if key != "value"}


def passes(block: str, text: str, values: Typed, screen: Screen) -> bool:
    check = _is_entry if block.endswith(LOG_ENTRY) else CHECKS.get(block)
    return check is not None and check(text, values, screen)


def _is_entry(text: str, _: Typed, __: Screen) -> bool:
    return is_log_entry(text)


def _is_read(read: Callable[[str, Screen], object], text: str, _: Typed, screen: Screen) -> bool:
    try:
        read(text, screen)
    except NotReadable:
        return False
    return True


def _is_time(text: str, _: Typed, screen: Screen) -> bool:
    """One that is still to come is a time."""
    try:
        typed_values.past_if_known(text, screen)
    except NotTakable:
        return True
    except NotReadable:
        return False
    return True


def _is_coming(text: str, typed: Typed, screen: Screen) -> bool:
    """One that has passed since it was typed is a time."""
    return _is_read(typed_values.coming, text, typed, screen) or _is_time(text, typed, screen)


def _is_number(field: str, text: str, _: Typed, screen: Screen) -> bool:
    return screen.shapes.of(field).takes(text)


def _names_case(text: str, _: Typed, screen: Screen) -> bool:
    return is_ref(text) or screen.shapes.incident.takes(text)


def _is_right_value(text: str, values: Typed, screen: Screen) -> bool:
    """Of the field that was chosen, if one was."""
    given = next(iter(values.get("field", {}).values()), {})
    field = str((given.get("selected_option") or {}).get("value", ""))
    return _is_read(lambda typed, at: _corrected(field, typed, at), text, values, screen)


def _corrected(field: str, typed: str, screen: Screen) -> object:
    """Raises NotReadable."""
    right = typed_values.correction(field, typed, screen)
    try:
        return corrections.parse(corrections.canonical(field) or "", right)
    except (ValueError, KeyError):
        raise NotReadable("") from None


CHECKS: Mapping[str, _Passes] = {
    "age": partial(_is_read, typed_values.age_or_born),
    "incident": partial(_is_number, "incident"),
    "person_ref": partial(_is_number, "person_ref"),
    "told_at": _is_time,
    "last_seen_at": _is_time,
    "when": _is_time,
    "due_at": _is_coming,
    "of": _names_case,
    "reference": _names_case,
    "to": _is_right_value,
}
"""By the block id of the input."""


# A form that was drawn before the force chose this mode, and saved after it.


def no_words(setting: Setting) -> Callable[[Body, object], None]:
    """Refuses a form whose inputs ask for words, wherever they are to go."""

    def look(body: Body, _: object) -> None:
        if body.get("type") == "view_submission" and not setting.full:
            _need_none(body["view"])

    return look


def _need_none(view: dict[str, Any]) -> None:
    """Raises NotDone."""
    for block in Form(view).words():
        if block not in CHECKS and not block.endswith(LOG_ENTRY):
            raise NotDone(field_words.KEPT_OUT, field=block)
