"""How a "why?" is asked: in words, or in reference-only mode as a coded reason and the number of a log entry."""

from collections.abc import Mapping
from typing import Any

from bot.domain.case import Case
from bot.domain.commands import Command, Locate
from bot.domain.declared import prompt_of
from bot.views import ids
from bot.views.blocks import ask, radio, select, typed
from bot.views.message import Block, View
from bot.views.screen import Screen
from bot.views.wording import fact_words

LOG_ENTRY = "_log"
DIGITS = "Digits. The words stay in the log."


def log_entry_of(field: str) -> str:
    """Block id of the log entry number that goes with the reason in block `field`."""
    return f"{field}{LOG_ENTRY}"


def names(
    step: type[Command], field: str, screen: Screen, *, optional: bool = False, hint: str = ""
) -> list[Block]:
    """A few words about who or how; where Slack may carry none, one of a list, and the log has the rest. `optional`:
    where it depends on what else is said."""
    asked = prompt_of(step, field)
    answer = typed(ids.VALUE) if screen.full else select(ids.VALUE, screen.reasons.of(asked.coded))
    return [ask(field, asked.text, answer, optional=optional or bool(asked.enter), hint=hint)]


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


def of_return(case: Case) -> list[Block]:
    """Who found the child, harm, why missing: what nobody has said yet, none of them needed."""
    known = {"found_by": case.back.found_by, "harm": case.back.harm, "cause": case.back.cause}
    return [_fact(fact, prompt_of(Locate, fact).text, fact) for fact, said in known.items() if said is None]


LOOKED_AFTER = {"yes": "Yes", "no": "No", "not_known": "Not known"}


def of_child(case: Case, screen: Screen) -> list[Block]:
    """The same of what is coded of the child (domain.md §4). What is left alone is not known, and costs nothing."""
    asked = [
        [] if case.missing_from else [_fact("missing_from", "Missing from", "missing_from")],
        [] if case.child.looked_after is not None else [_ask_care()],
        [] if case.sex else [_fact("sex", "Sex", "sex")],
        [_fact("ethnicity", "Ethnicity", "child.ethnicity")] if _asks_ethnicity(case, screen) else [],
    ]
    return [block for blocks in asked for block in blocks]


def _asks_ethnicity(case: Case, screen: Screen) -> bool:
    return screen.asks_ethnicity and not case.child.ethnicity


def _ask_care() -> Block:
    return ask(
        "looked_after", "Looked after by the local authority?", radio(ids.VALUE, LOOKED_AFTER), optional=True
    )


def _fact(block: str, label: str, fact: str) -> Block:
    return ask(block, label, select(ids.VALUE, fact_words.choices(fact), "Not known"), optional=True)


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
