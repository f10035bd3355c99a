"""Whatever is typed is read without an error, at a price that a form may pay with each letter."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.files.risk_words_file import load, shipped
from bot.risk_words import RiskWords
from tests.unit.risk_words.tables import MARKERS, lines

LONGEST = 3000
SOON = 0.05  # seconds of this processor, on any machine; 2 to 6 ms on one that has nothing else to do
KNOWN = st.sampled_from([word for marker in MARKERS for line in lines(marker) for word in line.split()])


@pytest.fixture(scope="module")
def others() -> RiskWords:
    """Of the same file; what one has read the other has not."""
    return load()


@given(st.text(max_size=400) | st.lists(KNOWN, max_size=80).map(" ".join))
@settings(deadline=None, max_examples=150)
def test_what_it_quotes_stands_in_the_text(others: RiskWords, text: str) -> None:
    found = shipped().asks(text)
    assert found == shipped().asks(text) == others.asks(text)
    assert all(ask.words and ask.words in text for ask in found)
    assert len({ask.marker for ask in found}) == len(found)


@pytest.mark.parametrize(
    "text",
    [
        " ".join(lines("ordinary")),
        " ".join(lines("suicidal_today")),
        "she is not with him and her at the " * 100,
        "no " * 1000,
        "(" * LONGEST,
        "a" * LONGEST,
        "want to " * 400,
        "take her to the her his all of " * 100,
        "\u0130\ufb01\u200b" * 1000,
        "'" * LONGEST,
    ],
)
def test_a_full_field_is_read_at_once(text: str) -> None:
    """The quickest of three, since what else is done in this process counts too; a text that was read is remembered."""
    phrases = shipped()

    def seconds(last: str) -> float:
        began = time.process_time()
        phrases.asks(f"{text[: LONGEST - 1]}{last}")
        return time.process_time() - began

    assert min(map(seconds, ".,;")) < SOON
