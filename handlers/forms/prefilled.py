"""A view whose inputs are filled in beforehand, from what was typed or ticked in it before."""

from collections.abc import Mapping
from typing import Any

from bot.views.message import Block, View

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
