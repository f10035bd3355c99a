"""Filling in any form that the bot puts before somebody, at random: each block as its kind of input asks."""

import random
import re
from typing import Any

from bot.views import ids
from sandbox.blocks import Place, places
from sandbox.client import Modal

Answers = dict[str, dict[str, Any]]
NUMBER = re.compile(r"(?<![\d.])4[0-9]\d{4}(?!\d)")  # no fraction of a second
_TYPED = ("plain_text_input", "checkboxes")
_CHOICES = ("static_select", "radio_buttons")


def number(crowd: int, said: int) -> str:
    """As both an incident and an entry in its log may be called (six digits); once in a night, so it is found again."""
    return f"4{crowd}{said:04}"


def answers(modal: Modal, chance: random.Random, words: str) -> Answers:
    """What has a value keeps it mostly; `words` are what is typed, so that they can be found again."""
    found: Answers = {}
    for place in places(modal.blocks):
        if place.block["type"] != "input" or _has_value(modal, place):
            continue
        answer = _answer(place, chance, words)
        if answer is not None:
            found.setdefault(place.block_id, {})[place.action_id] = answer
    return found


def _has_value(modal: Modal, place: Place) -> bool:
    held = modal.values.get(place.block_id, {}).get(place.action_id, {})
    return any(value for key, value in held.items() if key != "type")


def _answer(place: Place, chance: random.Random, words: str) -> Any:
    kind, optional = place.element["type"], bool(place.block.get("optional"))
    if kind == "plain_text_input":
        return None if optional and chance.random() < 0.5 else words
    options = [str(option["value"]) for option in place.element.get("options", [])]
    if kind in _CHOICES:
        return chance.choice(options)
    if kind == "checkboxes":
        few = [option for option in options if chance.random() < 0.15]
        return few or (None if optional else options[:1])
    return None


def asked(modal: Modal, chance: random.Random, words: str, given: Answers) -> Answers:
    """`given`, as far as this form takes it: in reference-only mode it asks for less. Whatever else it asks, too."""
    taken = {place.block_id for place in places(modal.blocks) if place.element["type"] in _TYPED}
    return answers(modal, chance, words) | {block: said for block, said in given.items() if block in taken}


def report(chance: random.Random, words: str, name: str) -> Answers:
    """The first page of a report in full content; `words` are its incident number too."""
    typed = {
        "name": name,
        "age": str(chance.randint(4, 17)),
        "why_worried": f"Not home ({words})",
        "last_seen_at": "not known",
        "last_seen_where": f"At the {name} house",
        "reporter_name": f"Jo {name.split()[1]}",
        "reporter_phone": "07700 900003",
        "reporter_relationship": "carer",
        "incident": words,
    }
    if chance.random() < 0.25:
        typed["person_ref"] = f"P{chance.randint(1, 4)}"
    values: Answers = {block: {_input_of(block): text} for block, text in typed.items()}
    if chance.random() < 0.4:
        values["yes"] = {ids.LIVE: [chance.choice(["suicidal_today", "cse", "medication"])]}
    return values


def _input_of(block: str) -> str:
    return ids.LIVE if block == "age" else ids.VALUE
