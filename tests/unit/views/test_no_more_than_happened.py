"""No line and no form says that something happened, or will, which has not and will not."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.domain import commands
from bot.domain.case import Case
from bot.domain.clocks import ClockName
from bot.domain.facts import Grade
from bot.domain.people import Role
from bot.domain.refusals import Because
from bot.views.message import View
from bot.views.plain import plain_case
from bot.views.screen import Screen
from bot.views.wording import thread_line
from handlers.forms import grading_forms, mending, small
from tests.unit.views.story import Told, rowan, said, words
from tests.world import TOLD, answers, minutes

SEEN = commands.Locate(where="Pier", seen_in_person=True, seen_by="PC Hill")


def _last_line(told: Told) -> str:
    lines = (thread_line.untimed(entry, told.screen) for entry in told.record)
    return [line for line in lines if line][-1]


def _said(view: View) -> str:
    return " ".join(words(block) for block in view["blocks"])


def test_a_return_interview_is_recorded_as_offered_and_not_as_held() -> None:
    told = rowan()
    told.do(10, "ola", SEEN)
    told.do(20, "ola", commands.Interview(kind="return", by_whom="Ann Lee"))
    assert _last_line(told) == "Ola Brandt (officer) recorded the return home interview as offered: Ann Lee"


def test_a_prevention_interview_by_telephone_is_said_to_be_one() -> None:
    told = rowan()
    told.do(10, "ola", commands.Interview(kind="prevention", in_person=False, by_whom="Ola Brandt"))
    assert "recorded the prevention interview, not face to face" in _last_line(told)


def test_what_was_never_done_follows_a_reason_that_ends_its_own_sentence() -> None:
    told = rowan()
    told.do(10, "ola", SEEN)
    told.do(20, "ola", commands.Interview(kind="prevention", in_person=True, by_whom="Ola Brandt"))
    told.do(21, "sam", commands.Close(reason="Back home. All is well."))
    assert "Back home. All is well. Never done: " in _last_line(told)


@pytest.mark.parametrize(("asked", "until"), [(30, 80), (600, 110)])
def test_a_review_is_told_with_the_time_at_which_the_next_one_is_due(asked: int, until: int) -> None:
    """HIGH: within the hour, whatever was asked for."""
    told = Told()
    told.report(0, markers=answers("abduction"), grade=told.graded(Grade.HIGH))
    told.do(
        50,
        "sam",
        commands.Review(
            rationale="x", considered=("abduction",), next_at=(TOLD + minutes(50)) + timedelta(minutes=asked)
        ),
    )
    due = told.clock_of(ClockName.REVIEW)
    assert due is not None and due.due == (TOLD + minutes(until))
    assert f"next by {told.screen.time(TOLD + minutes(until))}" in _last_line(told)


def test_no_next_review_is_set_for_a_time_that_has_passed() -> None:
    told = rowan()
    past = commands.Review(
        rationale="x", considered=told.case().live_markers, next_at=told.clock.at - minutes(1)
    )
    assert told.refused(1, "sam", past) is Because.REQUIRED_FIELD


@pytest.mark.parametrize(
    ("form", "promise"),
    [
        (mending.releasing, "the clock for an owner starts again"),
        (grading_forms.disagreeing, "The supervisor is paged for a review now."),
    ],
)
def test_no_form_promises_a_clock_that_ended_with_the_child_seen(
    form: Callable[[Case, Screen], View], promise: str
) -> None:
    told = rowan()
    told.do(2, "ola", commands.Take())
    assert promise in _said(form(told.case(), told.screen))
    told.do(10, "ola", SEEN)
    assert promise not in _said(form(told.case(), told.screen))
    told.do(11, "cal", commands.CarerDisagrees(why="She is not well"))
    assert told.clock_of(ClockName.REVIEW) is None and "due" not in _last_line(told)


def test_whoever_assigns_a_child_that_nobody_owns_is_not_told_of_an_owner_who_stays() -> None:
    told = rowan()
    told.do(10, "ola", SEEN)
    assert "Nobody owns it until they accept." in _said(small.assign(told.case(), told.screen))
    told.do(11, "ola", commands.Take())
    assert "The owner stays until the new one accepts." in _said(small.assign(told.case(), told.screen))


def _page(told: Told, role: Role) -> str:
    return " ".join(said(told.state_of_page(role)))


def test_a_transfer_that_was_refused_is_not_told_as_a_transfer_that_was_done() -> None:
    told = rowan()
    told.do(2, "sam", commands.Transfer(force="Northshire"))
    told.until(13)  # late: the FIM is paged
    told.do(13, "cal", commands.RefuseTransfer(name="PS Hill", why="no_capacity"))
    assert "DONE LATE 13:53 Transfer refused there, Cal" in _page(told, Role.FIM)
    told.do(14, "sam", commands.Keep(why="Ours"))
    assert "DONE LATE 13:54 Refused transfer kept here, Sam Doyle" in _page(told, Role.FIM)


def test_a_caller_who_did_not_answer_is_not_told_of_as_told() -> None:
    told = rowan()
    told.do(2, "ola", commands.Take())
    told.until(21)
    told.do(22, "cal", commands.Tell(who=("caller",), said="no_answer"))
    told.until(22)
    assert "Cal rang the caller, no answer (14:02, DONE LATE by 2 min)" in _page(told, Role.OWNER)


def test_a_lower_grade_that_was_asked_for_is_not_a_grade_that_was_recorded() -> None:
    told = rowan()
    told.until(11)  # the supervisor is paged: no grade
    low = commands.GradeCase(level=Grade.MEDIUM, rationale="x", considered=told.case().live_markers)
    told.do(12, "sam", low)
    assert "Sam Doyle asked to lower the grade (13:52, DONE LATE by 2 min)" in _page(told, Role.SUPERVISOR)


def test_a_rationale_that_was_overturned_is_not_told_as_signed_off() -> None:
    told = rowan()
    told.until(16)
    told.do(17, "fay", commands.Categorise(category="missing"))
    assert "DONE LATE 13:57 Concern-for-safety rationale overturned, Fay Marsh" in _page(
        told, Role.SUPERVISOR
    )


def test_a_page_that_nobody_answered_is_not_called_answered() -> None:
    told = rowan()
    told.until(6)
    told.do(7, "sam", commands.Void(why="Wrong child"))
    told.do(8, "sid", commands.Confirm())
    told.do(9, "sam", commands.Reopen(why="Right after all"))
    told.until(9)
    assert "page cleared 13:48" in _page(told, Role.DUTY_INSPECTOR)


def test_a_page_that_went_off_is_not_answered_by_what_was_done_before_it() -> None:
    told = rowan()
    told.do(2, "fay", commands.Acknowledge())
    told.do(14, "ola", commands.Locate(where="Says the pier", seen_in_person=False))
    told.until(21)  # the FIM is paged again: rationale not signed off
    told.do(22, "ola", commands.Interview(kind="prevention", in_person=True, by_whom="Ola Brandt"))
    told.do(23, "sam", commands.Close(reason="Home"))
    told.do(24, "cal", commands.Inform(id="i1", kind="sighting", text="Gone again"))
    assert "page cleared 14:02 · no owner yet" in _page(told, Role.FIM)


def test_a_notice_that_knows_too_little_is_not_told_as_the_one_that_was_owed_nor_as_none() -> None:
    told = rowan()
    told.do(2, "ola", commands.RecordPpn(ethnicity="not_known", school="Avonmead School"))
    assert "notice, not complete: still owed with ethnicity and school" in _last_line(told)
    told.until(25 * 60)
    assert "no complete protection notice" in plain_case.one_case(told.case(), told.record, told.screen)
    told.do(25 * 60 + 1, "ola", commands.RecordPpn(ethnicity="W1", school="Avonmead School"))
    assert _last_line(told).endswith("recorded the public protection notice")


def test_no_closed_case_waits_for_a_second_person_in_the_words_of_whoever_closed_it() -> None:
    told = rowan()
    told.do(2, "sam", commands.Void(why="Wrong child"))
    assert "Sam Doyle asked 13:42: Void this case" in plain_case.one_case(
        told.case(), told.record, told.screen
    )
    told.do(10, "ola", SEEN)
    told.do(11, "ola", commands.Interview(kind="prevention", in_person=True, by_whom="Ola Brandt"))
    told.do(12, "fay", commands.Close(reason="Back home"))
    assert told.refused(13, "sid", commands.Confirm()) is Because.CASE_CLOSED
    _waits_for_nobody(told, "(Fay Marsh, 13:52)")


def test_no_voided_case_waits_for_its_second_person() -> None:
    told = rowan()
    told.do(2, "sam", commands.Void(why="Wrong child"))
    told.do(3, "sid", commands.Confirm())
    _waits_for_nobody(told, "(Sid, 13:43)")


def _waits_for_nobody(told: Told, closed: str) -> None:
    shown = plain_case.one_case(told.case(), told.record, told.screen)
    assert "WAITS FOR A SECOND PERSON" not in shown
    form = _said(mending.confirming(told.case(), told.screen))
    assert f"Nothing is waiting to be confirmed: the case was closed {closed}." in form
