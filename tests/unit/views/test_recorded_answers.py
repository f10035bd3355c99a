"""What is asked since 2025 is answered from the record, and what nobody recorded is said to be so."""

import pytest

from bot.domain import commands
from bot.questions import Intent
from bot.views.answering.answers import in_plain_words
from bot.views.answering.known_risk import About
from tests.unit.views.story import Told, rowan


def said(told: Told, intent: Intent) -> str:
    return in_plain_words([intent], About(told.case(), told.record), told.screen)


@pytest.mark.parametrize(
    ("intent", "words"),
    [
        (Intent.FOUND, "Not found yet: nobody has recorded the child as located."),
        (Intent.TRANSFER, "Not passed to another force."),
        (Intent.ALERT, "CRA: not considered."),
        (Intent.ATTENDANCE, "No officers recorded as there."),
    ],
)
def test_what_nobody_recorded_is_said_to_be_so(intent: Intent, words: str) -> None:
    assert words in said(rowan(), intent)


def test_who_found_the_child_and_that_nobody_has_seen_him_yet() -> None:
    told = rowan()
    told.do(9, "cal", commands.Locate(where="The pier", seen_in_person=False, found_by="public"))
    answer = said(told, Intent.FOUND)
    assert "The pier" in answer and "NOT yet seen in person." in answer
    assert "Found by: somebody from the public." in answer


def test_looked_after_and_where_from_stand_with_the_markers() -> None:
    told = rowan()
    told.do(9, "cal", commands.Describe(missing_from="school", looked_after=True))
    assert "Missing from: school · Looked after: yes." in said(told, Intent.MARKERS)


def test_why_they_sent_it_back_is_said_after_it_was_kept() -> None:
    told = rowan()
    told.do(9, "sam", commands.Transfer(force="Kent"))
    told.do(10, "sam", commands.RefuseTransfer(name="Sgt Reed", why="no_capacity"))
    assert "no capacity" in said(told, Intent.TRANSFER)
    told.do(11, "sam", commands.Keep(why="Ours"))
    assert "by Sgt Reed: no capacity." in said(told, Intent.TRANSFER)
