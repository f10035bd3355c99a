"""What is asked since 2025 is answered from the record, and what nobody recorded is said to be so."""

import pytest

from bot.domain import commands
from bot.domain.facts import Answer, Grade
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


NOT_SOCIAL_CARE = "Social care: NOT told, or nobody recorded it."


# --- what did we tell mum? ----------------------------------------------------------------------------------


def test_that_nobody_told_the_caller_is_said_as_plainly() -> None:
    assert "Caller: NOT told, or nobody recorded it." in said(rowan(), Intent.TOLD)


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("coming", "Caller told 13:50 by Cal: officers are coming (spoke to: his mother)."),
        (
            "not_coming",
            "Caller told 13:50 by Cal: officers are NOT coming, and what to do (spoke to: his mother).",
        ),
        ("no_answer", "Caller NOT reached: Cal rang 13:50, no answer."),
        ("", "Caller told 13:50 by Cal: what was said is not recorded (spoke to: his mother)."),
    ],
)
def test_what_the_caller_was_told_is_said_with_when_and_by_whom(what: str, words: str) -> None:
    told = rowan()
    told.do(10, "cal", commands.Tell(who=("caller",), said=what, took="his mother"))
    answer = said(told, Intent.TOLD)
    assert words in answer
    assert "the caller" not in answer, "who did not answer stands with nobody who was told"
    assert ("Told: nobody yet." in answer) is (what == "no_answer")
    assert ("Told: nobody else yet." in answer) is (what != "no_answer")


def test_what_the_caller_was_told_before_it_became_high_is_not_enough() -> None:
    told = rowan(markers={}, adverse_event=False)
    told.do(5, "cal", commands.Tell(who=("caller",), said="not_coming"))
    told.do(10, "cal", commands.GradeCase(level=Grade.HIGH, rationale="Texts about suicide"))
    answer = said(told, Intent.TOLD)
    assert "Caller told 13:45 by Cal: officers are NOT coming, and what to do." in answer
    assert "NOT told since it became HIGH 13:50, or nobody recorded it." in answer


# --- does social care know? ---------------------------------------------------------------------------------


@pytest.mark.parametrize("looked_after", [True, False, None])
def test_that_social_care_was_not_told_is_said_whether_it_is_owed_or_not(looked_after: bool | None) -> None:
    told = rowan()
    if looked_after is not None:
        told.do(9, "cal", commands.Describe(looked_after=looked_after))
    assert NOT_SOCIAL_CARE in said(told, Intent.TOLD)


def test_that_social_care_was_told_is_said_with_when_and_by_whom() -> None:
    told = rowan()
    told.do(12, "ola", commands.Tell(who=("social_care",), took="the duty team"))
    answer = said(told, Intent.TOLD)
    assert "Told: 13:52 social care, by Ola Brandt." in answer
    assert NOT_SOCIAL_CARE not in answer


# --- is anyone going? ---------------------------------------------------------------------------------------


def test_officers_who_are_said_to_come_are_not_there() -> None:
    told = rowan()
    told.do(10, "cal", commands.Tell(who=("caller",), said="coming"))
    answer = said(told, Intent.ATTENDANCE)
    assert "No officers recorded as there." in answer
    assert "Caller told 13:50 by Cal: officers are coming." in answer
    told.do(20, "ola", commands.Attend(where="The school gate"))
    assert "Officers there 14:00: The school gate." in said(told, Intent.ATTENDANCE)


def test_that_the_caller_did_not_answer_says_nothing_of_who_goes() -> None:
    told = rowan()
    told.do(10, "cal", commands.Tell(who=("caller",), said="no_answer"))
    assert "Caller" not in said(told, Intent.ATTENDANCE)


@pytest.mark.parametrize(
    ("attendance", "words"),
    [
        ("yes", "Police will attend, Cal 13:45."),
        ("no", "Police will NOT attend (RCRP or other), Cal 13:45."),
        ("undecided", "Police attendance not decided"),
    ],
)
def test_what_is_decided_of_a_concern_is_said_with_who_decided_it(attendance: str, words: str) -> None:
    told = rowan()
    concern = commands.Categorise(category="concern_for_safety", rationale="Aunt", attendance=attendance)
    told.do(5, "cal", concern)
    assert words in said(told, Intent.ATTENDANCE)


# --- has a CRA been considered? -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("decision", "words"),
    [("requested", "requested"), ("not_met", "criteria not met"), ("not_now", "not now")],
)
def test_what_was_decided_of_an_alert_is_said_with_who_and_why(decision: str, words: str) -> None:
    told = rowan()
    told.do(10, "sam", commands.DecideAlert(decision=decision, why="Seen on the bus"))
    assert f"CRA: {words}, Sam Doyle 13:50: Seen on the bus." in said(told, Intent.ALERT)


# --- why did they send it back? -----------------------------------------------------------------------------


def test_what_was_passed_on_and_not_answered_was_not_sent_back() -> None:
    told = rowan()
    told.do(9, "sam", commands.Transfer(force="Kent", why="lives_there"))
    answer = said(told, Intent.TRANSFER)
    assert "Passed to Kent 13:49 (the child lives there): NOT accepted there, still ours." in answer
    assert "back" not in answer.lower()


def test_why_they_sent_it_back_is_said_after_it_was_kept() -> None:
    told = rowan()
    told.do(9, "sam", commands.Transfer(force="Kent"))
    told.do(10, "sam", commands.RefuseTransfer(name="Sgt Reed", why="no_capacity"))
    assert "SENT BACK 13:50 by Sgt Reed: no capacity. Keep it, or pass it on again." in said(
        told, Intent.TRANSFER
    )
    told.do(11, "sam", commands.Keep(why="Last seen here"))
    answer = said(told, Intent.TRANSFER)
    assert "Sent back 13:50 by Sgt Reed: no capacity." in answer
    assert "Kept here 13:51 by Sam Doyle: Last seen here." in answer


def test_passed_on_again_it_says_both() -> None:
    told = rowan()
    told.do(9, "sam", commands.Transfer(force="Kent"))
    told.do(10, "sam", commands.RefuseTransfer(name="Sgt Reed", why="not_ours"))
    told.do(11, "sam", commands.Transfer(force="Westmere"))
    answer = said(told, Intent.TRANSFER)
    assert "Passed to Westmere 13:51: NOT accepted there, still ours." in answer
    assert "Sent back 13:50 by Sgt Reed: not theirs." in answer
    assert "Kept" not in answer
    told.do(12, "cal", commands.AcceptTransfer(name="Inspector Wren"))
    assert "Accepted there by Inspector Wren." in said(told, Intent.TRANSFER)


def test_a_fim_is_aware_by_a_step_since_it_is_high_and_not_by_one_before_at_that_moment() -> None:
    told = Told()
    told.report(1)
    told.do(5, "fay", commands.Note(text="Rang the carer"))
    told.do(5, "sam", commands.AnswerMarkers(markers={"suicidal_today": Answer.YES}))
    told.do(5, "fay", commands.GradeCase(level=Grade.HIGH, rationale="Said so today"))
    assert "FIM aware: Fay Marsh graded HIGH, 13:45." in said(told, Intent.TOLD)
