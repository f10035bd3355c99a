"""A file is told in full content; at the door of reference-only mode it is asked as Slack and terminal are."""

import pytest

from bot.domain.content import ContentRules, Numbers
from bot.replay.engine import replay
from bot.replay.scenario import load
from bot.store.memory import MemoryStores
from tests.scenario.conftest import Written

CODED = ContentRules(full=False, numbers=Numbers())
WORDS = """\
      child: {name: Kit Reed, age: 15}
      category: missing
      why_worried: Not home
      reporter: {name: Jo Reed, relationship: mother, phone: 07700 900100}
"""
NONE = """\
      child: {age: 15}
      category: missing
"""


@pytest.mark.parametrize(
    ("before", "after", "refused"),
    [
        ("", "", ["required-field"]),
        (WORDS, NONE, []),
        (WORDS, "      child: {age: 15, school: Avonmead}\n      category: missing\n", ["required-field"]),
        (
            WORDS,
            "      child: {age: 15, person_ref: Kit-Reed-1}\n      category: missing\n",
            ["required-field"],
        ),
        (
            WORDS,
            "      child: {age: 15}\n      category: missing\n      why_worried: Gone\n",
            ["required-field"],
        ),
    ],
)
def test_names_places_and_words_are_refused(
    written: Written, before: str, after: str, refused: list[str]
) -> None:
    stores = MemoryStores()
    told = replay(load(written(before, after)), stores, CODED)
    assert [each.told["because"] for each in told.of("refused")] == refused
    assert stores.cases.open_refs() == ([] if refused else ["MC-26-0001"])


def test_in_full_content_it_is_taken_as_it_stands(written: Written) -> None:
    assert replay(load(written()), MemoryStores()).of("refused") == []
