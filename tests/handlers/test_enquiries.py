"""Setting a line of enquiry and finishing it (screens.md §8)."""

from datetime import timedelta

import pytest

from bot.domain.commands import SetEnquiry, Take
from bot.domain.facts import EnquiryKind
from bot.views.wording.reasons import Coded
from tests.handlers.evening import Evening, id_of, typed
from tests.handlers.pressing import barred, errors, open_case, press, recorded
from tests.world import TOLD, minutes

SETTING = "Set a line of enquiry"
_TO_COME = 'Not saved. Type a time: "1630", "tomorrow 0900" or "in 30 minutes".'
CCTV = {"text": "CCTV at the bus station", "owner": id_of("ola"), "due": "30"}


@pytest.fixture
def missing(evening: Evening) -> Evening:
    evening.report(1, by=id_of("cal"), incident="LOG-1042")
    return evening


def test_a_supervisor_sets_one_from_the_debt_and_the_debt_is_gone(missing: Evening) -> None:
    assert open_case(missing, "sam").says("DUE 14:40 Line of enquiry")
    sam = missing.person("sam")
    sam.click("set_enquiry", block_id="lines-of-enquiry")
    missing.opened("sam", SETTING)
    sam.submit(typed(CCTV))
    recorded(missing, "EnquirySet")
    [enquiry] = missing.case().enquiries.values()
    assert (enquiry.text, enquiry.owner) == ("CCTV at the bus station", id_of("ola"))
    assert (enquiry.due_at, enquiry.kind) == (
        missing.clock.now() + timedelta(minutes=30),
        EnquiryKind.ENQUIRY,
    )
    assert missing.state("lines-of-enquiry") == "met"
    case = missing.reads("sam", "MC-26-0001", "Ola Brandt, due 14:11: CCTV at the bus station")
    assert not case.says("DUE 14:40 Line of enquiry")


def test_the_owner_of_the_case_comes_first(missing: Evening) -> None:
    missing.do(2, id_of("oz"), Take())
    modal = press(missing, "sam", "set_enquiry", SETTING)
    owners = next(block for block in modal.blocks if block["block_id"] == "owner")
    assert owners["element"]["options"][0]["text"]["text"] == "Oz Teal"


def test_an_officers_enquiry_does_not_meet_the_clock(missing: Evening) -> None:
    assert open_case(missing, "ola").says("Line of enquiry. Waiting for: supervisor")
    ola = missing.person("ola")
    ola.click("set_enquiry")
    missing.opened("ola", SETTING)
    ola.submit(typed({**CCTV, "kind": "arrest"}))
    recorded(missing, "EnquirySet")
    assert missing.state("lines-of-enquiry") == "running"


def test_a_call_handler_sets_none(missing: Evening) -> None:
    barred(
        missing,
        "cal",
        "set_enquiry",
        "Only an officer or a supervisor can do this. On duty: Sam Doyle, Sid Penn,",
    )


@pytest.mark.parametrize(
    ("said", "due"), [("1630", minutes(170)), ("tomorrow 0900", minutes(1160)), ("0100", minutes(680))]
)
def test_another_time_is_the_next_such_time(missing: Evening, said: str, due: timedelta) -> None:
    press(missing, "sam", "set_enquiry", SETTING)
    missing.person("sam").submit(typed({**CCTV, "due": "other", "due_at": said}))
    recorded(missing, "EnquirySet")
    assert [each.due_at for each in missing.case().enquiries.values()] == [TOLD + due]


def test_what_is_no_time_and_no_task_is_said_under_its_field(missing: Evening) -> None:
    press(missing, "sam", "set_enquiry", SETTING)
    sam = missing.person("sam")
    sam.submit(typed({**CCTV, "due": "other", "due_at": "soon"}))
    assert errors(missing, "sam") == {"due_at": _TO_COME}
    sam.submit(typed({**CCTV, "text": "  "}))
    assert errors(missing, "sam") == {"text": "Not saved. Type what is to be done."}


def test_a_result_ends_the_enquiry(missing: Evening) -> None:
    enquiry = SetEnquiry(id="e1", text="CCTV", owner=id_of("ola"), due_at=TOLD + minutes(30))
    missing.do(2, id_of("sam"), enquiry)
    open_case(missing, "ola")
    ola = missing.person("ola")
    ola.click("finish_enquiry")
    assert missing.opened("ola", "Enquiry done").says("Ola Brandt, due 14:10")
    ola.submit(typed({"result": "   "}))
    assert errors(missing, "ola") == {"result": "Not saved. Type what came of it."}
    ola.submit(typed({"result": "Seen getting on the 42"}))
    recorded(missing, "EnquiryDone")
    assert missing.case().enquiries["e1"].result == "Seen getting on the 42"


def test_a_result_that_was_recorded_meanwhile_waits_for_nobody(missing: Evening) -> None:
    assert press(missing, "ola", "finish_enquiry", "Enquiry done", "gone").says("Nothing of this kind waits")


def test_reference_only_asks_codes_and_log_entries(discreet: Evening) -> None:
    discreet.report(1, by=id_of("cal"))
    modal = press(discreet, "sam", "set_enquiry", SETTING)
    asked = {
        block["block_id"]: block["element"]["type"] for block in modal.blocks if block["type"] == "input"
    }
    assert asked["text"] == "static_select" and "text_log" in asked
    discreet.person("sam").submit(typed({**CCTV, "text": "cctv", "text_log": "31"}))
    recorded(discreet, "EnquirySet")
    [enquiry] = discreet.case().enquiries.values()
    assert enquiry.text == Coded("cctv", "31").stored()

    press(discreet, "ola", "finish_enquiry", "Enquiry done", enquiry.id)
    discreet.person("ola").submit(typed({"result": "nothing_found", "result_log": "32"}))
    recorded(discreet, "EnquiryDone")
