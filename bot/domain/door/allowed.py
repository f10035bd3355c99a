"""What a field may hold, by its declared kind: at one place for every step and every surface.

In reference-only mode no name, no place and nobody's words come in (domain.md §6). A kind without a check here stops
the import, and a string that declares no kind is words.
"""

import re
from collections.abc import Callable
from enum import Enum
from typing import Any, NoReturn

from msgspec import Struct

from bot.domain import corrections
from bot.domain.commands import Correct, Report
from bot.domain.content import ContentRules, Numbers
from bot.domain.declared import Field, FieldKind, leaves_of
from bot.domain.facts import MARKERS, OLDEST, TOLD_OUTSIDE, Answer, Ethnicity, as_ethnicity
from bot.domain.refusals import Because, Refused

KEPT_OUT = "kept out"
"""In a refusal: names, places and words stay in the incident log."""
NO_NUMBER = "no number"
"""In a refusal: the force's numbers look otherwise."""
UNKNOWN = "unknown"
"""In a refusal: what was given is none of the codes there are."""

# As a store, a terminal, Slack or a scenario names what a step makes: e1, 9f86d081, V0ABC, C0ABC:1772.1:1772.2
_ITEM = re.compile(r"[a-z]{0,4}-?[0-9]{1,12}|[0-9a-f]{8}|[A-Z][A-Z0-9]{2,}(?::[0-9.]+){0,2}|reply-[0-9.]+")
_CASE = re.compile(r"(?:MC|TRAINING)-\d{2}-\d{4,6}")


class _Held(Struct, frozen=True):
    """A field with what it is to hold."""

    field: Field
    value: Any
    rules: ContentRules
    called: str  # the field, as a refusal names it
    command: Struct

    def refuse(self, why: str = "") -> NoReturn:
        raise Refused(Because.REQUIRED_FIELD, field=self.called, about=(why,) if why else ())


def need_allowed(field: Field, value: Any, rules: ContentRules, called: str, command: Struct) -> None:
    """Raises Refused."""
    if value not in (None, "", (), {}):
        _CHECKS[field.kind](_Held(field, value, rules, called, command))


def _words(held: _Held) -> None:
    prompt, rules = held.field.prompt, held.rules
    if rules.full:
        return
    if prompt and prompt.in_log and rules.is_in_log(held.value):
        return
    if prompt and prompt.coded and (held.value == Answer.NOT_KNOWN or rules.is_reason(held.value)):
        return
    held.refuse(KEPT_OUT)


def _code(held: _Held) -> None:
    """Of a code that has a refusal of its own its door asks; it declares no codes."""
    if held.field.choices is Ethnicity:
        _ethnicity(held)
    elif held.field.choices and not _is_one_of(held.field.choices, held.value):
        held.refuse(UNKNOWN)


def _is_one_of(codes: type[Enum], text: str) -> bool:
    return text in ("", Answer.NOT_KNOWN) or any(text == member.value for member in codes)


def _ethnicity(held: _Held) -> None:
    """In full content, and in old cases, somebody's own words may stand there."""
    if not held.rules.full and not held.rules.ethnicity:
        held.refuse(KEPT_OUT)
    if not held.rules.full and not _is_one_of(Ethnicity, as_ethnicity(held.value)):
        held.refuse(UNKNOWN)


def _age(held: _Held) -> None:
    if not 0 <= held.value <= OLDEST:
        held.refuse(UNKNOWN)


def _born(held: _Held) -> None:
    if not held.rules.full:
        held.refuse(KEPT_OUT)


def _markers(held: _Held) -> None:
    if any(code not in MARKERS for code in held.value):
        held.refuse(UNKNOWN)


def _told(held: _Held) -> None:
    if not held.rules.full and any(who not in TOLD_OUTSIDE for who in held.value):
        held.refuse(KEPT_OUT)


def _number(held: _Held) -> None:
    if held.rules.numbers and not held.rules.numbers.of(held.field.attribute).takes(held.value):
        held.refuse(NO_NUMBER)


def _case(held: _Held) -> None:
    """Several, where a screen says which it has shown."""
    named = held.value if isinstance(held.value, tuple) else (held.value,)
    number = (held.rules.numbers or Numbers()).incident
    if not held.rules.full and not all(_CASE.fullmatch(each) or number.takes(each) for each in named):
        held.refuse(UNKNOWN)


def _item(held: _Held) -> None:
    """What a step makes is named by it; one that is there already is looked up."""
    makes = held.field.prompt is None
    if makes and not held.rules.full and not _ITEM.fullmatch(held.value):
        held.refuse(UNKNOWN)


def _correction(held: _Held) -> None:
    """The right value, by the kind of what it puts right; that it can be read is for its door to say."""
    assert isinstance(held.command, Correct), "no other step corrects"
    of = _FACTS.get(corrections.canonical(held.command.field) or "")
    if of is None or not (of.kind in (*_WORDY, FieldKind.NUMBER) or of.choices is Ethnicity):
        return
    _CHECKS[of.kind](_Held(of, held.value, held.rules, held.called, held.command))


_FACTS = {leaf.name: leaf for leaf in leaves_of(Report)}
_WORDY = (FieldKind.WORDS, FieldKind.BORN)


def holds_words(fact: str) -> bool:
    """What of a report has no place where names, places and words stay in the incident log."""
    return fact in _FACTS and _FACTS[fact].kind in _WORDY


def is_personal(fact: str) -> bool:
    """What a correction of it would say; whatever is no fact of a report or an ending may be anything."""
    known = corrections.canonical(fact) or ""
    if known in _FACTS:
        return _FACTS[known].is_personal
    return not known.startswith("markers.") and known not in corrections.CODED


def _is_sound(_: _Held) -> None:
    """Its type says all, or somebody else looks it up."""


_CHECKS: dict[FieldKind, Callable[[_Held], None]] = {
    FieldKind.WORDS: _words,
    FieldKind.CODE: _code,
    FieldKind.FLAG: _is_sound,
    FieldKind.AGE: _age,
    FieldKind.BORN: _born,
    FieldKind.PAST: _is_sound,
    FieldKind.COMING: _is_sound,
    FieldKind.MARKERS: _markers,
    FieldKind.CONSIDERED: _markers,
    FieldKind.PERSON: _is_sound,  # there is such a person, or the step is refused
    FieldKind.NUMBER: _number,
    FieldKind.CASE: _case,
    FieldKind.ITEM: _item,
    FieldKind.TOLD: _told,
    FieldKind.CORRECTION: _correction,
    FieldKind.WITHIN: _is_sound,  # its own fields are asked
}
assert _CHECKS.keys() | {FieldKind.UNSAID} == set(FieldKind), "each kind says what it may hold"
