"""What callers say of the ten risks is asked about; what they say every day is not."""

import pytest

from bot.files.risk_words_file import shipped
from tests.unit.risk_words.tables import MARKERS, lines

FOUND, WRONG = 0.95, 0.03  # at least, at most


def asked(text: str) -> set[str]:
    return {ask.marker for ask in shipped().asks(text)}


@pytest.mark.parametrize("marker", MARKERS)
def test_each_risk_has_forty_ways_to_say_it_and_nearly_all_ask(marker: str) -> None:
    said = lines(marker)
    missed = [text for text in said if marker not in asked(text)]
    assert len(said) >= 40
    assert len(missed) <= (1 - FOUND) * len(said), missed


def test_ordinary_worries_ask_nothing() -> None:
    said = lines("ordinary")
    wrong = {text: asked(text) for text in said if asked(text)}
    assert len(said) >= 300
    assert len(wrong) <= WRONG * len(said), wrong


@pytest.mark.parametrize(
    "folder",
    [
        "held_out",
        "later",
        "blind_1",
        "blind_2",
        "blind_3",
        "blind_4",
        "blind_5",
        "blind_6",
        "blind_7",
        "blind_8",
        "blind_9",
        "blind_11",
        "blind_13",
        "blind_14",
    ],
)
def test_what_was_written_apart_is_found_as_well(folder: str) -> None:
    said = [(marker, text) for marker in MARKERS for text in lines(marker, folder)]
    missed = [(marker, text) for marker, text in said if marker not in asked(text)]
    wrong = [text for text in lines("ordinary", folder) if asked(text)]
    assert len(missed) <= (1 - FOUND) * len(said), missed
    assert len(wrong) <= WRONG * len(lines("ordinary", folder)), wrong


def test_on_words_that_nobody_has_tuned_for_it_is_not_much_worse() -> None:
    """`blind_10` only measures: no phrase is mended by it. 185 of 200 were found when it came, 13 of 300 asked."""
    said = [(marker, text) for marker in MARKERS for text in lines(marker, "blind_10")]
    found = [text for marker, text in said if marker in asked(text)]
    wrong = [text for text in lines("ordinary", "blind_10") if asked(text)]
    assert len(found) >= 0.92 * len(said)
    assert len(wrong) <= 0.045 * len(lines("ordinary", "blind_10")), wrong
