"""A HIGH child is never shown without a reason (wording.md, rule 6), also where one person has mended the only one."""

from typing import Any

import pytest

from bot.domain import commands
from bot.domain.facts import Child, Grade
from bot.domain.grading import proposal
from bot.ports.cases import Pulse
from bot.questions import Intent
from bot.views.answering import answers as answers_of
from bot.views.answering.known_risk import About
from bot.views.cards import handover_card
from bot.views.lists import wall_board
from bot.views.lists.listing import Shown, listing
from bot.views.plain import paper_board, plain_case
from bot.views.wording import standing
from tests.unit.views.crowd import opened
from tests.unit.views.story import Told, said
from tests.unit.views.surfaces import OFFER
from tests.world import TOLD, answers

_ONLY_REASON: list[tuple[dict[str, Any], str, str, str]] = [
    ({"markers": answers("medication")}, "markers.medication", "no", "needs medication"),
    ({"child": Child(name="Wren Hale", age=12)}, "child.age", "15", "under 13"),
    ({"markers": answers("self_harm"), "adverse_event": True}, "adverse_event", "no", standing.ADVERSE_EVENT),
]


def _mended(given: dict[str, Any], field: str, to: str) -> Told:
    told = Told()
    told.report(1, **given)
    told.until(1)
    told.do(2, "cal", commands.Correct(field=field, to=to, why="Misheard"))
    told.until(7)
    assert told.case().running_grade is Grade.HIGH and proposal(told.case())[0] is Grade.MEDIUM
    return told


@pytest.mark.parametrize(("given", "field", "to", "reason"), _ONLY_REASON)
def test_what_was_corrected_still_makes_it_high_and_is_said_to_be_corrected(
    given: dict[str, Any], field: str, to: str, reason: str
) -> None:
    told = _mended(given, field, to)
    assert f"{reason} (corrected since)" in standing.why(told.case())
    for shown in (told.page(), told.card()):
        assert "(corrected since)" in " ".join(said(shown))


@pytest.mark.parametrize(("given", "field", "to", "reason"), _ONLY_REASON)
def test_every_list_can_be_drawn_of_it_and_says_so_too(
    given: dict[str, Any], field: str, to: str, reason: str
) -> None:
    told = _mended(given, field, to)
    cases = opened(told)
    lists = (
        listing(cases, "fay", Shown(), told.screen),
        wall_board.board(cases, Pulse(last_check=TOLD), told.screen).message,
        handover_card.handover_card(OFFER, cases, told.screen),
    )
    shown = [" ".join(said(message)) for message in lists]
    for each in (*shown, plain_case.rows(cases, told.screen)):
        assert f"{reason} (corrected since)".casefold() in " ".join(each.casefold().split())
    assert paper_board.board(cases, told.screen)


def test_asked_why_it_says_who_corrected_it_and_not_that_the_correction_gave_it() -> None:
    told = _mended(*_ONLY_REASON[0][:3])
    about = About(case=told.case(), entries=told.record)
    shown = answers_of.in_plain_words([Intent.WHY], about, told.screen)
    assert "Also not yet answered: needs medication (corrected since, Cal 13:42)." in shown


def test_once_an_approved_downgrade_has_answered_it_nothing_of_it_is_shown() -> None:
    told = _mended(*_ONLY_REASON[0][:3])
    told.do(8, "fay", commands.GradeCase(level=Grade.MEDIUM, rationale="Misheard"))
    told.do(9, "sam", commands.Approve(why="Yes"))
    assert standing.why(told.case()) == []
