"""The table of what people type, against what is understood (docs: `bot/questions/phrases.toml`).

Wrong with confidence is the one failure that counts whole: an answer to what nobody asked, or to something else.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.questions import Intent, phrasebook, understand
from bot.questions.phrasebook import shipped
from bot.questions.spelling import distance
from bot.views.answering.answers import NOT_UNDERSTOOD

HERE = Path(__file__).parent
PEOPLE = ("rowan", "pike", "ola", "fay")
TABLES = (
    "blind/first",
    "blind/second",
    "blind/third",
    "blind/fourth",
    "blind/fifth",
    "blind/sixth",
    "blind/seventh",
    "blind/eighth",
    "blind/ninth",
    "blind/tenth",
    "further",
    "recorded",
)


def table(name: str) -> Any:
    return yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))


def rows() -> Iterator[tuple[str, tuple[str, ...]]]:
    for intent, asked in table("one").items():
        yield from ((text, (intent,)) for text in asked)
    yield from ((row["ask"], tuple(row["intents"])) for row in table("several"))
    yield from ((text, ()) for text in table("none"))


def rows_of(name: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """A table in one file: `one`, `several`, `none`."""
    said = table(name)
    for intent, asked in said["one"].items():
        yield from ((text, (intent,)) for text in asked)
    yield from ((row["ask"], tuple(row["intents"])) for row in said["several"])
    yield from ((text, ()) for text in said["none"])


def heard(text: str) -> tuple[str, ...]:
    return tuple(intent.value for intent in understand(text, cases=["MC-26-0142"], people=PEOPLE))


def test_every_word_that_the_bot_offers_is_one_it_understands() -> None:
    offered = NOT_UNDERSTOOD.partition("for one case: ")[2].partition(". One or")[0].split(", ")
    assert len(offered) == len(Intent)
    assert [word for word in (*offered, "why high", "told", "episodes") if len(heard(word)) != 1] == []


def test_nothing_is_answered_that_was_not_asked() -> None:
    wrong = [(text, heard(text)) for text, asked in rows() if heard(text) not in (asked, ())]
    assert wrong == []


def test_nearly_all_of_it_is_understood() -> None:
    right = [heard(text) == asked for text, asked in rows()]
    assert sum(right) / len(right) >= 0.98


@pytest.mark.parametrize("name", TABLES)
def test_what_others_type_is_understood_and_nothing_is_answered_that_was_not_asked(name: str) -> None:
    """ "first" to "tenth" were written blind, before the matcher could read them."""
    answers = [(text, asked, heard(text)) for text, asked in rows_of(name)]
    assert [row for row in answers if row[2] not in (row[1], ())] == []
    questions = [row for row in answers if row[1]]
    assert sum(asked == got for _, asked, got in questions) / len(questions) >= 0.95


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


def test_a_person_may_go_by_the_whole_name() -> None:
    assert understand("has Rowan Pike been missing before", people=["rowan", "pike"]) == (Intent.PREVIOUS,)


@pytest.mark.parametrize("thanks", ["thanks", "cheers", "ta", "thx", "thank you"])
def test_thanks_said_in_any_way_do_no_harm(thanks: str) -> None:
    assert understand(f"markers, timeline, {thanks}") == (Intent.MARKERS, Intent.TIMELINE)


@pytest.mark.parametrize("typed", ["enquiries", "inquiries", "enquires", "inquiry"])
def test_a_word_that_stands_for_others_is_understood_as_they_are(typed: str) -> None:
    assert understand(f"which {typed} are outstanding") == (Intent.OUTSTANDING,)


@pytest.mark.parametrize("typed", ["2 hours", "3hrs", "12 hours", "2 days"])
def test_a_number_of_hours_or_days_is_a_number_however_short(typed: str) -> None:
    assert understand(f"what has happened in the last {typed}") == (Intent.TIMELINE,)


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
    book = shipped()
    written = (Path(phrasebook.__file__).with_name("phrases.toml")).read_text(encoding="utf-8")
    assert set(re.findall(r"\{(\w+)\}", written)) <= book.classes.keys() | {"x"}


@pytest.mark.parametrize(
    "stated",
    ["the fim is aware", "pnc updated", "duty inspector told", "the review is late", "she is on medication"],
)
def test_a_statement_is_no_question_until_it_is_put_as_one(stated: str) -> None:
    assert understand(stated) == ()
    assert understand(f"{stated}?") != ()


def test_a_number_is_the_case_only_where_its_name_ends_so() -> None:
    assert understand("who has 0142", cases=["MC-26-0142"]) == (Intent.OWNER,)
    assert understand("who has 0143", cases=["MC-26-0142"]) == ()


@pytest.mark.parametrize(
    ("typed", "meant", "slips"),
    [("stauts", "status", 1), ("timelien", "timeline", 1), ("ovredu", "overdue", 2)],
)
def test_a_slip_of_the_keys(typed: str, meant: str, slips: int) -> None:
    assert distance(typed, meant) == slips
