"""Whatever is typed, it is read without an error, and at a price that one worker can pay between two pages."""

import string
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.questions import understand
from bot.questions.phrasebook import shipped

MOST_CALLS = 1_500_000  # of functions: about half a second; a question as people put it takes some 20,000
LONGEST = 400

SIGNS = st.text(alphabet=string.punctuation + " \n\t’‘…–😀👍", max_size=LONGEST)
GREETINGS = st.sampled_from(
    ["Hi,", "Sorry,", "morning all,", ",", ",,", "?,", "thanks", "\n", "😀", "MC-26-0142", "@"]
)
KNOWN = st.sampled_from(sorted(shipped().meant))
LINES = st.lists(GREETINGS | KNOWN | SIGNS, max_size=80).map(" ".join).map(lambda text: text[:LONGEST])


class Calls:
    made = 0

    def count(self, _frame: FrameType, event: str, _arg: object) -> None:
        self.made += event == "call"


@contextmanager
def counted() -> Iterator[Calls]:
    """Work rather than time: the same on a fast machine and on a busy one."""
    calls, before = Calls(), sys.getprofile()
    sys.setprofile(calls.count)
    try:
        yield calls
    finally:
        sys.setprofile(before)


def work_on(text: str) -> int:
    shipped()
    with counted() as calls:
        understand(text, cases=["MC-26-0142"], people=["rowan"])
    return calls.made


@given(st.text(max_size=LONGEST) | SIGNS | LINES)
@settings(deadline=None, max_examples=150)
def test_any_text_is_read_at_a_price_with_a_bound(text: str) -> None:
    assert work_on(text) <= MOST_CALLS


@pytest.mark.parametrize("between", [" ", ", ", ". "])
@pytest.mark.parametrize(
    "words", ["who is", "any action", "why", "is any", "is she high and", "xqzwvb", "outstandimg", "?", "e"]
)
def test_the_same_over_and_over_is_read_at_a_price_with_a_bound(words: str, between: str) -> None:
    """As many words as one sentence may have, and as many such sentences as one text may have."""
    sentence = " ".join((f"{words} " * LONGEST).split()[:39])
    assert work_on((f"{sentence}{between}" * LONGEST)[:LONGEST]) <= MOST_CALLS


@pytest.mark.parametrize(
    "text", ["Hi, could I have what's late?", ", who has it", "who has it,, please,", "Sorry,, status,"]
)
def test_a_comma_may_stand_anywhere(text: str) -> None:
    assert len(understand(text)) == 1
