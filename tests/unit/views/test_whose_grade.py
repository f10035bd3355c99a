"""Who decided a grade, in whose words, and why it runs where nobody has recorded it."""

import pytest

from bot.domain import commands
from bot.domain.facts import Child, Grade
from bot.questions import Intent
from bot.views.answering import answers as answers_of
from bot.views.answering.known_risk import About
from bot.views.cards import case_card
from tests.unit.views.story import Told
from tests.world import answers

LOWER = commands.GradeCase(level=Grade.MEDIUM, rationale="It was last week", considered=("suicidal_today",))


@pytest.fixture
def lowered() -> Told:
    told = Told()
    told.report(0, markers=answers("suicidal_today"))
    told.do(5, "sam", LOWER)
    told.do(7, "fay", commands.Approve(why="I agree"))
    return told


def _answer(told: Told, intent: Intent) -> str:
    return answers_of.in_plain_words([intent], About(case=told.case(), entries=told.record), told.screen)


def test_the_words_of_whoever_asked_are_not_put_into_the_mouth_of_whoever_approved(lowered: Told) -> None:
    said = "Fay Marsh, as Sam Doyle asked 13:45: It was last week"
    assert f"Graded MEDIUM 13:47 {said}" in case_card.risk(lowered.case(), lowered.screen)
    assert "Recorded MEDIUM, Fay Marsh 13:47, as Sam Doyle asked 13:45: It was last week" in _answer(
        lowered, Intent.WHY
    )


def test_whoever_grades_next_speaks_for_themselves(lowered: Told) -> None:
    lowered.do(9, "cal", commands.GradeCase(level=Grade.HIGH, rationale="She rang"))
    assert "Graded HIGH 13:49 Cal: She rang" in case_card.risk(lowered.case(), lowered.screen)


def test_what_runs_for_the_last_episode_is_not_called_proposed() -> None:
    told = Told()
    child = Child(name="Wren Hale", age=15, person_ref="N-1")
    told.report(0, child=child, grade=told.graded(Grade.HIGH))
    told.first = told.report(60, told=60, child=child)
    assert "HIGH (the last episode's grade: until a downgrade is approved)." in _answer(told, Intent.STATUS)


def test_what_runs_though_it_was_corrected_is_not_called_proposed() -> None:
    told = Told()
    told.report(0, markers=answers("medication"))
    assert "HIGH (proposed, nobody has recorded it)." in _answer(told, Intent.STATUS)
    told.do(1, "cal", commands.Correct(field="markers.medication", to="no", why="Misheard"))
    said = "HIGH (needs medication (corrected since): until a downgrade is approved)."
    assert said in _answer(told, Intent.STATUS)
