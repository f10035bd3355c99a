"""`phrases.toml`, read once: how each of the questions may be put."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct

from bot.questions.pattern import parse
from bot.questions.sentences import SIGNS, Clause, Patterns
from bot.questions.spelling import singular

# The questions that the record can answer.


class Intent(StrEnum):
    STATUS = "status"
    OWNER = "owner"
    OUTSTANDING = "outstanding"
    LATE = "late"
    NEXT = "next"
    TIMELINE = "timeline"
    MARKERS = "markers"
    WHY = "why"
    TOLD = "told"
    PREVIOUS = "previous"
    FOUND = "found"
    ATTENDANCE = "attendance"
    TRANSFER = "transfer"
    ALERT = "alert"


_FILE = Path(__file__).with_name("phrases.toml")
_FORMS = ("asked", "named", "alone")
_WORD = re.compile(r"(?<![{\w])[^\s\[\](){}|]+(?![}\w])")


class Remarks(Struct, frozen=True, kw_only=True):
    """What may stand beside a question."""

    whole: Patterns
    begins: Patterns  # any words may follow,
    never: frozenset[str]  # save these
    plain: frozenset[str]  # words that name nothing that "it" could mean
    points: frozenset[str]  # "it", and its like


class Phrasebook(Struct, frozen=True, kw_only=True):
    meant: Mapping[str, str]  # every word that a pattern has, or that stands for others → what it means
    known: frozenset[str]
    classes: Mapping[str, Patterns]
    noise: Patterns  # harmless anywhere
    manners: Patterns  # harmless, and may stand before a question
    openers: Patterns  # a question begins so
    asked: Mapping[Intent, Patterns]  # only where the clause is put as a question
    named: Mapping[Intent, Patterns]  # also where it only names the thing
    alone: Mapping[Intent, Patterns]  # only where it is all that was typed, and is understood no other way
    verbs: frozenset[str]  # a clause with one of them, and not put as a question, states something
    speakers: frozenset[str]  # who begins so tells, and does not ask
    links: Patterns  # between two questions
    not_questions: Patterns
    cancels: Patterns
    remarks: Remarks

    def clause(self, words: Sequence[str]) -> Clause:
        return Clause(words, self.classes, self.noise)


@cache
def shipped() -> Phrasebook:
    """Raises ValueError, KeyError where the file itself is wrong; the bot reads all of it as it starts."""
    said = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    if missing := [intent for intent in Intent if intent not in said]:
        raise ValueError(f"{_FILE.name} has no table for the question: {', '.join(missing)}")
    meant = _meanings(said)
    said = _in_plain_words(said, meant)
    noise, opens, elsewhere = said["noise"], said["opens"], said["not_a_question"]
    classes = _classes(said)
    return Phrasebook(
        meant=meant,
        known=frozenset(word for meaning in meant.values() for word in meaning.split()) | SIGNS,
        classes=classes,
        noise=_exact([*noise["words"], *noise["manners"]], classes),
        manners=_exact(noise["manners"], classes),
        openers=_exact(opens["words"], classes),
        asked={intent: _gapped(said[intent]["asked"], classes) for intent in Intent},
        named={intent: _gapped(_led(said[intent]["named"]), classes) for intent in Intent},
        alone={intent: _gapped(said[intent].get("alone", ()), classes) for intent in Intent},
        verbs=frozenset(opens["verbs"]),
        speakers=frozenset(opens["speakers"]),
        links=_exact(said["links"]["words"], classes),
        not_questions=_exact(elsewhere["patterns"], classes),
        cancels=_exact(elsewhere["cancels"], classes),
        remarks=_remarks(said["remarks"], classes),
    )


def _remarks(said: Mapping[str, list[str]], classes: Mapping[str, Patterns]) -> Remarks:
    return Remarks(
        whole=_exact(said["whole"], classes),
        begins=_exact(said["begins"], classes),
        never=frozenset(said["never"]),
        plain=frozenset(_words(said)) | SIGNS,
        points=frozenset(said["points"]),
    )


def _meanings(said: Mapping[str, Any]) -> dict[str, str]:
    """Each word of the file → what it means: one of [same], the one of several, or itself."""
    words = {word for name, table in said.items() if name != "same" for word in _words(table)}
    meant = {word: word for word in words}
    meant |= {word: one for word in words if (one := singular(word, words))}
    meant |= said["same"]
    return meant | {word: _plain(meaning, meant) for word, meaning in said["same"].items()}


def _plain(written: str, meant: Mapping[str, str]) -> str:
    return _WORD.sub(lambda word: meant.get(word[0], word[0]), written)


def _words(table: Mapping[str, list[str]]) -> Iterator[str]:
    for written in table.values():
        for each in written:
            yield from (word for word in _WORD.findall(each) if word not in SIGNS)


def _in_plain_words(said: Mapping[str, Any], meant: Mapping[str, str]) -> dict[str, Any]:
    """So that a pattern may say a word that [same] takes for another."""
    return {
        name: {key: [_plain(each, meant) for each in written] for key, written in table.items()}
        for name, table in said.items()
        if name != "same"
    }


def _classes(said: Mapping[str, Any]) -> dict[str, Patterns]:
    """In the order of the file: a class stands after those it is made of. Raises KeyError where it does not."""
    classes: dict[str, Patterns] = {}
    for name, written in said["classes"].items():
        classes[name] = _exact(written, classes)
    for intent in Intent:
        for name, written in said[intent].items():
            if name not in _FORMS:
                classes[name] = _gapped(written, classes)
    return classes


def _exact(written: Sequence[str], classes: Mapping[str, Patterns]) -> Patterns:
    return Patterns([parse(each) for each in written], classes)


def _gapped(written: Sequence[str], classes: Mapping[str, Patterns]) -> Patterns:
    return Patterns([parse(each, has_gaps=True) for each in written], classes)


def _led(written: Sequence[str]) -> list[str]:
    return [f"[{{what}}] ({each})" for each in written]
