"""Whoever reads of a child reads in one line that the caller's words ask something which nobody has answered."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.domain.commands import Acknowledge, AnswerMarkers
from bot.domain.facts import Answer
from bot.ports.cases import Pulse
from bot.views.cards.handover_card import about
from bot.views.lists.listing import row as row_of
from bot.views.lists.reckoned import reckon
from bot.views.lists.wall_board import board
from bot.views.plain.paper_board import board as paper
from bot.views.plain.plain_case import one_case, rows
from tests.unit.views.crowd import opened
from tests.unit.views.story import Told, rowan, said
from tests.world import TOLD

WORDS = "He takes insulin and he has a knife on him"
CUT = "From their words, 3 not answered:"  # a line of paper is short
SAYS = "From their words, 3 not answered: gangs, weapons, violence"


def told(*, full: bool = True) -> Told:
    return rowan(full=full, why_worried=WORDS)


def answered(here: Told) -> str:
    if here.clock.now() < TOLD + timedelta(minutes=4):
        here.do(4, "fay", Acknowledge())
    return "\n".join(said(here.state_of_page()))


EVERYWHERE: dict[str, Callable[[Told], str]] = {
    "page": lambda here: "\n".join(said(here.page())),
    "answered page": answered,
    "hand-over": lambda here: about(here.case(), here.screen),
    "list": lambda here: str(row_of(reckon([here.case()], here.screen)[0], here.screen)),
    "board": lambda here: "\n".join(said(board(opened(here), Pulse(last_check=TOLD), here.screen).message)),
    "paper": lambda here: paper(opened(here), here.screen),
    "case show": lambda here: one_case(here.case(), here.record, here.screen),
    "case list": lambda here: rows(opened(here), here.screen),
}


@pytest.mark.parametrize("where", EVERYWHERE)
def test_what_their_words_ask_is_said_until_answered(where: str) -> None:
    here = told()
    shown = EVERYWHERE[where](here)
    assert (CUT if where == "paper" else SAYS) in shown
    yes, no = Answer.YES, Answer.NO
    here.do(5, "cal", AnswerMarkers(markers={"medication": yes, "medical": no, "serious_violence": no}))
    assert "not answered:" not in EVERYWHERE[where](here)


@pytest.mark.parametrize("where", EVERYWHERE)
def test_where_no_words_may_be_typed_none_are_read(where: str) -> None:
    assert "From their words" not in EVERYWHERE[where](told(full=False))


def test_a_page_quotes_nothing_that_the_caller_said() -> None:
    assert "insulin" not in "\n".join(said(told().page()))
