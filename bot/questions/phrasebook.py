"""`phrases.toml`, read once: how each of the ten questions may be put."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct

from bot.questions.intents import Intent
from bot.questions.pattern import Pattern, parse

_FILE = Path(__file__).with_name("phrases.toml")

Patterns = tuple[Pattern, ...]


class Phrasebook(Struct, frozen=True, kw_only=True):
    meant: Mapping[str, str]  # every word that a pattern has, or that stands for others → what it means
    classes: dict[str, Patterns]
    short: Mapping[Intent, Patterns]  # a keyword or two: a question where nothing else is in its clause
    asked: Mapping[Intent, Patterns]
    fillers: Patterns  # said for manners
    leads: Patterns  # leads up to a question: "can you tell me"
    links: Patterns  # between two questions
    not_questions: Patterns
    cancels: Patterns


@cache
def shipped() -> Phrasebook:
    """Raises ValueError, KeyError where the file itself is wrong; a test reads all of it."""
    said = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    fillers, elsewhere = said["fillers"], said["not_a_question"]
    classes = {name: _parsed(written) for name, written in _classes(said)}
    book = Phrasebook(
        meant=said["same"],
        classes=classes,
        short={intent: _parsed(said[intent]["short"]) for intent in Intent},
        asked={intent: _parsed(said[intent]["patterns"]) for intent in Intent},
        fillers=_parsed(fillers["words"]),
        leads=_parsed(fillers["asks"]),
        links=_parsed(said["links"]["words"]),
        not_questions=_parsed(elsewhere["patterns"]),
        cancels=_parsed(elsewhere["cancels"]),
    )
    return _with_words(book)


def _classes(said: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    yield from said["classes"].items()
    for intent in Intent:
        yield from (
            (name, written) for name, written in said[intent].items() if name not in ("short", "patterns")
        )


def _parsed(written: list[str]) -> Patterns:
    return tuple(parse(each) for each in written)


def _with_words(book: Phrasebook) -> Phrasebook:
    lists = [*book.classes.values(), *book.short.values(), *book.asked.values()]
    lists += [book.fillers, book.leads, book.links, book.not_questions, book.cancels]
    words = {word for patterns in lists for pattern in patterns for word in pattern.words}
    fields = {name: getattr(book, name) for name in Phrasebook.__struct_fields__}
    return Phrasebook(**{**fields, "meant": {word: word for word in words} | dict(book.meant)})
