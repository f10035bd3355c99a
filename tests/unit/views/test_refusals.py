"""A refusal says: not done, why, what to do, what still holds (screens.md §11)."""

from datetime import timedelta

import pytest

from bot.domain import commands
from bot.domain.case import Case
from bot.domain.commands import Command
from bot.domain.facts import Child, Grade
from bot.domain.people import Role
from bot.domain.refusals import Because, Refused
from bot.views.wording import no_case_words, refusal_words
from bot.views.wording.refusal_words import Wish
from tests.unit.views.story import Told, rowan
from tests.world import TOLD


@pytest.fixture
def told() -> Told:
    found = rowan()
    found.send_home("sid")
    return found


def sentence(told: Told, no: Refused, command: Command, by: str = "cal", case: Case | None = None) -> str:
    return refusal_words.sentence(no, Wish(command, by), case or told.case(), told.screen)


def report(**other: object) -> commands.Report:
    said = {"incident": "LOG-1", "child": Child(age=13), "category": "missing", "told_at": TOLD, **other}
    return commands.Report(**said)  # type: ignore[arg-type]  # a test says only what differs


GRADE = commands.GradeCase(level=Grade.LOW)


def test_1_rationale(told: Told) -> None:
    assert sentence(told, Refused(Because.RATIONALE_REQUIRED, field="rationale"), report()) == (
        "Not saved. Say why this is not missing: what is known, who said so, when."
    )


def test_2_floor(told: Told) -> None:
    assert sentence(told, Refused(Because.BELOW_FLOOR, field="level"), GRADE) == (
        "Not recorded. LOW cannot be used for a child in this force. HIGH timescales still apply."
    )


def test_3_markers(told: Told) -> None:
    no = Refused(Because.MARKER_NOT_CONSIDERED, field="considered", about=("self_harm",))
    assert sentence(told, no, GRADE) == ("Not recorded. Still to consider: self-harm. The grade stays HIGH.")


def test_4_second_person_names_somebody_else(told: Told) -> None:
    no = Refused(Because.SECOND_PERSON_REQUIRED)
    told.send_home("fay", "ian", "sue")
    assert sentence(told, no, commands.Approve(), by="cal") == (
        "You asked for this, so another person decides. On duty: Sam Doyle. HIGH timescales still apply."
    )
    assert "On duty" not in sentence(told, no, commands.Approve(), by="sam")


def test_5_not_seen(told: Told) -> None:
    assert sentence(told, Refused(Because.NOT_SEEN_IN_PERSON), commands.Close()) == (
        "Not closed. Nobody has recorded seeing the child. Record Located, seen in person."
    )


def test_6_still_to_come(told: Told) -> None:
    no = Refused(Because.IN_THE_FUTURE, field="last_seen_at")
    tonight = TOLD.replace(hour=23, minute=45)
    assert sentence(told, no, report(last_seen_at=tonight)) == (
        "Not saved. 23:45 today is still to come. For last night type: yest 2345."
    )
    next_week = tonight + timedelta(days=7)
    assert sentence(told, no, report(last_seen_at=next_week)) == ("Not saved. 9 Mar 23:45 is still to come.")


def test_7_not_permitted(told: Told) -> None:
    told.send_home("fay", "ian", "sue")
    assert sentence(told, Refused(Because.NOT_PERMITTED), commands.SignOff()) == (
        "Only a supervisor or FIM can sign this off. On duty: Sam Doyle. Nothing changed; the attempt was logged."
    )


def test_8_no_such_case() -> None:
    assert no_case_words.no_such_case("MC-26-0412", None) == (
        "No case MC-26-0412 found that you can see. /missing mine lists yours."
    )


def test_9_not_a_command() -> None:
    assert no_case_words.not_a_command("stauts", "status", "MC-26-0142", full=True) == (
        "'stauts' is not a command. Try /missing status MC-26-0142, or /missing help."
    )


@pytest.mark.parametrize("because", list(Because))
def test_every_reason_has_a_sentence(told: Told, because: Because) -> None:
    for command in (report(), GRADE, commands.Take(), commands.Acknowledge(), commands.Assign(to="ola")):
        said = sentence(told, Refused(because), command)
        assert said.endswith(".") and because.value not in said


def test_too_long_says_how_long_it_may_be(told: Told) -> None:
    no = Refused(Because.REQUIRED_FIELD, field="why_worried")
    longest = told.policy.longest_text
    said = sentence(told, no, report(why_worried="x" * (longest + 1)))
    assert (
        said
        == f"Not saved. Shorten why the caller is worried to {longest} characters; the rest goes in the log."
    )


DONE = (
    (commands.Approve(why="So"), Because.NOTHING_WAITING),
    (commands.Consider(id="i1", outcome="So"), Because.ALREADY_DONE),
    (commands.FinishEnquiry(id="e1", result="So"), Because.ALREADY_DONE),
)


@pytest.mark.parametrize(("command", "because"), DONE)
def test_who_was_quicker_is_named_and_when(told: Told, command: Command, because: Because) -> None:
    told.do(
        2, "sam", commands.SetEnquiry(id="e1", text="CCTV", owner="ola", due_at=TOLD + timedelta(hours=1))
    )
    told.do(2, "cal", commands.Inform(id="i1", kind="sighting", text="Seen"))
    considered = tuple(told.case().live_markers)
    told.do(3, "sam", commands.GradeCase(level=Grade.MEDIUM, rationale="So", considered=considered))
    told.do(4, "fay", command)
    assert sentence(told, Refused(because), command, by="ian") == (
        "Somebody has already dealt with this (Fay Marsh, 13:44). Nothing changed."
    )
    assert (
        sentence(told, Refused(because), command, by="fay") == "You did this already, 13:44. Nothing changed."
    )


def test_a_closed_case_says_who_closed_it(told: Told) -> None:
    told.do(3, "sam", commands.Locate(where="Park", seen_in_person=True, seen_by="PC Lee"))
    told.do(4, "sam", commands.Interview(kind="prevention", in_person=True, by_whom="PC Lee"))
    told.do(5, "sam", commands.Close(reason="Home"))
    assert sentence(told, Refused(Because.CASE_CLOSED), commands.Locate(where="P", seen_in_person=True)) == (
        "Not done. The case is closed (Sam Doyle, 13:45). New information reopens it; so does a supervisor."
    )


HEARD = commands.Inform(id="i1", kind="call", text="Seen at the pier")


def test_what_is_heard_of_a_child_who_is_with_another_force_is_not_said_to_reopen_the_case(
    told: Told,
) -> None:
    told.do(3, "sam", commands.Transfer(force="Northshire Police"))
    told.do(4, "cal", commands.AcceptTransfer(name="PS Hill"))
    assert told.refused(5, "cal", HEARD) is Because.CASE_CLOSED
    assert sentence(told, Refused(Because.CASE_CLOSED), HEARD) == (
        "Not done. The case is with the other force (Cal, 13:44): ring them now. A supervisor can reopen it."
    )


def test_what_is_heard_of_a_duplicate_belongs_to_the_other_case(told: Told) -> None:
    twin = told.report(3)
    told.people.people["sid"] = (Role.SUPERVISOR,)
    told.do(4, "sam", commands.Duplicate(of=twin, why="Same call"))
    told.do(5, "sid", commands.Confirm())
    assert told.refused(6, "cal", HEARD) is Because.CASE_CLOSED
    assert sentence(told, Refused(Because.CASE_CLOSED), HEARD) == (
        f"Not done. The case is a duplicate (Sid, 13:45). Record it on {twin}. A supervisor can reopen it."
    )


def test_a_voided_case_says_that_it_was_voided(told: Told) -> None:
    told.people.people["sid"] = (Role.SUPERVISOR,)
    told.do(4, "sam", commands.Void(why="Wrong child"))
    told.do(5, "sid", commands.Confirm())
    assert sentence(told, Refused(Because.CASE_CLOSED), HEARD) == (
        "Not done. The case was voided (Sid, 13:45). A supervisor can reopen it."
    )


def test_whoever_filed_a_concern_is_not_named_as_who_may_sign_it_off_next(told: Told) -> None:
    told.do(3, "sam", commands.Categorise(category="concern_for_safety", rationale="At a friend's"))
    told.do(4, "fay", commands.SignOff(why="x"))
    again = commands.SignOff(why="Again")
    assert told.refused(5, "fay", again) is Because.SECOND_PERSON_REQUIRED
    said = sentence(told, Refused(Because.SECOND_PERSON_REQUIRED), again, by="fay")
    assert "On duty: Ian, Sue." in said


def test_a_grade_below_an_adult_s_floor_is_not_said_to_be_below_a_child_s() -> None:
    told = Told(overrides={"floors": {"adult": "medium"}})
    told.report(0, child=Child(name="Lee Marsh", age=30))
    assert told.refused(1, "sam", commands.GradeCase(level=Grade.LOW, rationale="x")) is Because.BELOW_FLOOR
    said = sentence(told, Refused(Because.BELOW_FLOOR, field="level"), GRADE)
    assert "LOW cannot be used for an adult in this force." in said


def test_nobody_is_said_to_have_done_what_nobody_did(told: Told) -> None:
    said = sentence(told, Refused(Because.NOTHING_WAITING), commands.Approve())
    assert said == "Nothing of this kind waits on the case now. Nothing changed."


def test_what_does_not_go_together_is_not_called_missing(told: Told) -> None:
    asked = commands.SetEnquiry(id="e1", text="CCTV", owner="ola", ethnicity_asked=True)
    assert sentence(told, Refused(Because.REQUIRED_FIELD, field="suspect_asked"), asked) == (
        "Not saved. Only an arrest or a circulation is about a suspect: choose that kind, or leave out what was asked."
    )


def test_an_unknown_kind_is_answered_with_the_kinds(told: Told) -> None:
    no = Refused(Because.REQUIRED_FIELD, field="kind")
    assert sentence(told, no, commands.Interview(kind="chat")) == (
        "Not saved. Type which interview: prevention, return."
    )
    assert sentence(told, no, commands.Inform(id="i1", kind="fax", text="Seen")) == (
        "Not saved. Type the kind: call, sighting, phone, medical, other."
    )
