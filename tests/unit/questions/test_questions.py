"""The table of what people type, against what is understood (docs: `bot/questions/phrases.toml`).

Wrong with confidence is the one failure that counts whole: an answer to what nobody asked, or to something else.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.questions import Intent, understand
from bot.questions.phrasebook import shipped
from bot.questions.spelling import distance

HERE = Path(__file__).parent
PEOPLE = ("rowan", "ola")


def table(name: str) -> Any:
    return yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))


def rows() -> Iterator[tuple[str, tuple[str, ...]]]:
    for intent, asked in table("one").items():
        yield from ((text, (intent,)) for text in asked)
    yield from ((row["ask"], tuple(row["intents"])) for row in table("several"))
    yield from ((text, ()) for text in table("none"))


def heard(text: str) -> tuple[str, ...]:
    return tuple(intent.value for intent in understand(text, cases=["MC-26-0142"], people=PEOPLE))


def test_nothing_is_answered_that_was_not_asked() -> None:
    wrong = [(text, heard(text)) for text, asked in rows() if heard(text) not in (asked, ())]
    assert wrong == []


def test_nearly_all_of_it_is_understood() -> None:
    right = [heard(text) == asked for text, asked in rows()]
    assert sum(right) / len(right) >= 0.98


def test_the_table_is_long_enough_to_mean_something() -> None:
    assert set(table("one")) == set(Intent)
    assert min(len(asked) for asked in table("one").values()) >= 25
    assert len(table("none")) >= 60


@pytest.mark.parametrize("beside", ["canteen", "car", "match", "lunch", "of the car", "in the fridge"])
def test_one_word_too_many_and_it_is_not_sure(beside: str) -> None:
    asked = [text.rstrip("?") for texts in table("one").values() for text in texts]
    assert [text for text in asked if understand(f"{text} {beside}")] == []


@pytest.mark.parametrize("before", ["i know", "not asking", "do not tell me"])
def test_what_is_taken_back_is_not_asked(before: str) -> None:
    asked = [text for texts in table("one").values() for text in texts]
    assert [text for text in asked if understand(f"{before} {text}")] == []


@pytest.mark.parametrize(
    "stub",
    ["who", "what is", "who is", "is she", "has he", "how is she", "any", "why is", "when", "where is"],
)
def test_half_a_question_is_none(stub: str) -> None:
    assert understand(stub) == ()


def test_a_name_is_a_person_only_where_it_is_known() -> None:
    assert understand("has Rowan been found", people=["rowan"]) == (Intent.STATUS,)
    assert understand("has Rowan been found") == ()


def test_the_case_may_go_by_the_forces_own_number() -> None:
    assert understand("who has S01?", cases=["S01"]) == (Intent.OWNER,)
    assert understand("who has LOG-1042/7?") == (Intent.OWNER,)


@pytest.mark.parametrize(
    "text", ["late " * 5_000, "?" * 10_000, "who " * 99, "😀" * 300, "'" * 300, "<@" * 150]
)
def test_a_flood_is_no_question(text: str) -> None:
    assert understand(text) == ()


def test_every_class_that_a_pattern_names_is_defined() -> None:
    """A name mistyped in the file would only be met by the one who asks that way."""
    from bot.questions.pattern import Sentence

    book = shipped()
    for name in book.classes:
        Sentence([], book.classes).ends_of(name, 0)
    for patterns in (*book.asked.values(), *book.short.values()):
        for pattern in patterns:
            pattern.ends(Sentence([], book.classes), 0)


@pytest.mark.parametrize(
    ("typed", "meant", "slips"),
    [("stauts", "status", 1), ("timelien", "timeline", 1), ("ovredu", "overdue", 2)],
)
def test_a_slip_of_the_keys(typed: str, meant: str, slips: int) -> None:
    assert distance(typed, meant) == slips
