"""How a "why?" is asked: in words, or in reference-only mode as a coded reason and the number of a log entry."""

from collections.abc import Mapping
from typing import Any

from bot.domain.commands import Command
from bot.domain.declared import prompt_of
from bot.views import ids
from bot.views.blocks import ask, select, typed
from bot.views.message import Block, View
from bot.views.screen import Screen

DIGITS = "Digits. The words stay in the log."


def log_entry_of(field: str) -> str:
    """Block id of the log entry number that goes with the reason in block `field`."""
    return f"{field}_log"


def names(step: type[Command], field: str, screen: Screen, *, optional: bool = False) -> list[Block]:
    """A few words about who or how; where Slack may carry none, one of a list, and the log has the rest. `optional`:
    where it depends on what else is said."""
    asked = prompt_of(step, field)
    answer = typed(ids.VALUE) if screen.full else select(ids.VALUE, screen.reasons.of(asked.coded))
    return [ask(field, asked.text, answer, optional=optional or bool(asked.enter))]


def asks(
    step: type[Command],
    field: str,
    screen: Screen,
    *,
    block: str = "",
    optional: bool = False,
    hint: str = "",
    initial: str = "",
) -> list[Block]:
    """One input, or two, for a field of that step, as its declaration asks for it. `initial` words only where there may
    be any; `block` is the input's id, where that is not the field's name."""
    asked, block = prompt_of(step, field), block or field
    if screen.full:
        words = typed(ids.VALUE, multiline=True, initial=initial)
        return [ask(block, asked.text, words, optional=optional, hint=hint)]
    chosen = select(ids.VALUE, screen.reasons.of(asked.coded), "Choose a reason")
    return [
        ask(block, asked.text, chosen, optional=optional, hint=hint),
        ask(
            log_entry_of(block),
            "Log entry no.",
            typed(ids.VALUE, placeholder=DIGITS),
            optional=optional,
        ),
    ]


# A view whose inputs are filled in beforehand, from what was typed or ticked in it before.

Values = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""Block → action → what Slack says of the input: its `state.values`."""


def with_values(view: View, values: Values) -> View:
    """Options that are no longer offered are left out."""
    return {**view, "blocks": [_filled(block, values) for block in view["blocks"]]}


def with_words(view: View, **words: str) -> View:
    """By block; empty words fill in nothing."""
    given = {id: text for id, text in words.items() if text}
    return with_values(view, {id: {"": {"value": text}} for id, text in given.items()})


def _filled(block: Block, values: Values) -> Block:
    given = next(iter(values.get(str(block.get("block_id")), {}).values()), None)
    if block["type"] != "input" or not given:
        return block
    return {**block, "element": {**block["element"], **_initial(block["element"], given)}}


def _initial(element: Block, given: Mapping[str, Any]) -> Block:
    if element["type"] == "plain_text_input":
        return {"initial_value": given["value"]} if given.get("value") else {}
    ticked = given.get("selected_options") or [given.get("selected_option")]
    chosen = {each["value"] for each in ticked if each}
    still = [option for option in element["options"] if option["value"] in chosen]
    if not still:
        return {}
    return {"initial_options": still} if element["type"] == "checkboxes" else {"initial_option": still[0]}
