"""What people typed is shown as they typed it: nothing of it formats, calls, turns or ends our sentences twice."""

import pytest

from bot.domain.commands import Note
from bot.views.plain.plain_text import plain
from bot.views.wording import words
from tests.unit.views.story import rowan, said


@pytest.mark.parametrize(
    "typed",
    ["*now*", "_now_", "~gone~", "`code`", "```code```", ":smile:", ":+1:", "> quoted", "a :fire: and *b*"],
)
def test_no_mark_of_slacks_is_left_and_a_terminal_shows_it_as_typed(typed: str) -> None:
    shown = words.escape(typed)
    assert not any(shown.count(mark) > 1 for mark in "*_~`:") and not shown.startswith("&gt;")
    assert len(shown) >= len(typed) and plain(shown) == typed


@pytest.mark.parametrize("typed", ["5 * 3", "LOG_1042", "at 21:30", "O'Brien", "Łucja", "a > b"])
def test_what_means_nothing_to_slack_stays_as_it_is(typed: str) -> None:
    assert words.escape(typed) == typed.replace(">", "&gt;")


def test_no_mark_turns_the_direction_of_what_follows() -> None:
    assert words.escape("Rowan\u202e Pike\u2066\u200f") == "Rowan Pike"


@pytest.mark.parametrize("own", ["Bus station searched", "Bus station searched.", "Found?", "Gone!"])
def test_their_own_words_end_with_one_stop(own: str) -> None:
    told = rowan()
    told.do(5, "ola", Note(text=own))
    line = told.screens.line(told.case(), told.record[-1])
    assert line is not None
    assert said(line)[0].endswith(own if own[-1] in ".?!" else f"{own}.")
