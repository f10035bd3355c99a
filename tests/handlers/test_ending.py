"""Information considered, notes, interviews, the notice, and the closing gate (screens.md §8)."""

import pytest

from bot.domain.commands import Inform, Interview, Locate
from bot.views.wording.reasons import Coded
from tests.handlers.evening import Evening, id_of, typed
from tests.handlers.pressing import REF, barred, errors, open_case, press, recorded

CONSIDER = "Consider information"
CLOSE = "Close case"
NOTICE = "Protection notice"
ONLY_OFFICERS = (
    "Only an officer or a supervisor can do this. "
    "On duty: Sam Doyle, Sid Penn, Fay Marsh. Nothing changed; the attempt was logged."
)


@pytest.fixture
def missing(evening: Evening) -> Evening:
    evening.report(1, by=id_of("cal"), incident="LOG-1042")
    return evening


# --- information and notes ----------------------------------------------------------------------------------


def informed(evening: Evening, by: str = "cal") -> None:
    evening.do(2, id_of(by), Inform(id="i1", kind="sighting", text="Seen at the bus station"))


def test_information_is_considered_with_what_follows(missing: Evening) -> None:
    informed(missing)
    open_case(missing, "ola")
    ola = missing.person("ola")
    ola.click("consider")
    assert missing.opened("ola", CONSIDER).says("Seen at the bus station")
    ola.submit(typed({"outcome": " "}))
    assert errors(missing, "ola") == {"outcome": "Not saved. Type what follows from it."}
    ola.submit(typed({"outcome": "CCTV is asked for"}))
    recorded(missing, "Considered")
    assert missing.case().information["i1"].outcome == "CCTV is asked for"


def test_who_recorded_it_does_not_consider_it(missing: Evening) -> None:
    informed(missing, by="ola")
    press(missing, "ola", "consider", CONSIDER, "i1")
    missing.person("ola").submit(typed({"outcome": "Nothing"}))
    assert errors(missing, "ola")["outcome"].startswith("You recorded this, so another person decides.")


def test_a_call_handler_considers_nothing(missing: Evening) -> None:
    informed(missing, by="ola")
    barred(missing, "cal", "consider", ONLY_OFFICERS, "i1")


def test_a_note_is_activity(missing: Evening) -> None:
    open_case(missing, "cal")
    cal = missing.person("cal")
    cal.click("add_note", block_id="silent-case")
    missing.opened("cal", f"Note on {REF}")
    cal.submit(typed({"text": "  "}))
    assert errors(missing, "cal") == {"text": "Not saved. Type what is being done."}
    cal.submit(typed({"text": "Rang his aunt"}))
    recorded(missing, "Noted")
    missing.reads("cal", REF, "added a note: Rang his aunt")


# --- interviews and the notice ------------------------------------------------------------------------------


def test_the_debt_of_an_interview_says_which_one(missing: Evening) -> None:
    missing.do(2, id_of("ola"), Locate(where="Home", seen_in_person=True))
    open_case(missing, "ola")
    ola = missing.person("ola")
    ola.click("interview", block_id="prevention-interview")
    missing.opened("ola", "Interview")
    ola.submit(typed({"by_whom": "Ola Brandt", "how": "face_to_face"}))
    recorded(missing, "Interviewed")
    assert missing.state("prevention-interview") == "met"


def test_a_telephone_call_is_no_prevention_interview(missing: Evening) -> None:
    missing.do(2, id_of("ola"), Locate(where="Home", seen_in_person=True))
    press(missing, "ola", "interview", "Interview", "prevention")
    missing.person("ola").submit(typed({"by_whom": "Ola Brandt", "how": "otherwise"}))
    recorded(missing, "Interviewed")
    assert missing.state("prevention-interview") == "running"


def test_an_interview_says_by_whom(missing: Evening) -> None:
    press(missing, "ola", "interview", "Interview", "prevention")
    ola = missing.person("ola")
    ola.submit(typed({"by_whom": "  ", "how": "face_to_face"}))
    assert errors(missing, "ola") == {"by_whom": "Not saved. Type who spoke to the child, or offered it."}
    ola.submit(typed({"by_whom": "Jo Lane, response"}))
    recorded(missing, "Interviewed")
    assert missing.case().back.prevention_by == "Jo Lane, response"


def test_a_call_handler_interviews_nobody(missing: Evening) -> None:
    barred(missing, "cal", "interview", ONLY_OFFICERS, "return")


@pytest.mark.parametrize(("school", "state"), [("Avonmead School", "met"), ("not known", "running")])
def test_the_notice_is_done_with_ethnicity_and_school(missing: Evening, school: str, state: str) -> None:
    press(missing, "cal", "notice", NOTICE)
    missing.person("cal").submit(typed({"ethnicity": "White British", "school": school}))
    recorded(missing, "PpnRecorded")
    assert missing.state("ppn") == state


def test_a_notice_says_something_of_both(missing: Evening) -> None:
    press(missing, "cal", "notice", NOTICE)
    missing.person("cal").submit(typed({"ethnicity": "White British", "school": " "}))
    assert errors(missing, "cal") == {"school": "Not saved. Type the school, or: not known."}


# --- the closing gate ---------------------------------------------------------------------------------------


def test_an_unmet_gate_has_no_button_to_close(missing: Evening) -> None:
    missing.do(2, id_of("ola"), Locate(where="Home", seen_in_person=True))
    modal = press(missing, "sam", "close", CLOSE)
    assert modal.says("✅ Seen in person 13:42 (typed by Ola Brandt)")
    assert modal.says("🔺 Prevention interview not recorded")
    assert modal.raw.get("submit") is None and not [b for b in modal.blocks if b["type"] == "input"]


def test_recording_what_was_missing_opens_the_gate_behind(missing: Evening) -> None:
    missing.do(2, id_of("ola"), Locate(where="Home", seen_in_person=True))
    open_case(missing, "sam")
    sam = missing.person("sam")
    sam.click("close")
    missing.opened("sam", CLOSE)
    sam.click("interview")
    missing.opened("sam", "Interview")
    sam.submit(typed({"by_whom": "Ola Brandt", "how": "face_to_face"}))
    missing.reads("sam", CLOSE, "✅ Prevention interview 13:42, Ola Brandt (typed by Sam Doyle)")
    sam.submit(typed({"reason": "Back home"}))
    recorded(missing, "Closed")
    missing.reads("sam", REF, "Closed")


def test_an_officer_closes_nothing(missing: Evening) -> None:
    missing.do(2, id_of("ola"), Interview(kind="prevention", in_person=True))
    barred(
        missing,
        "ola",
        "close",
        "Only a supervisor or FIM can do this. On duty: Sam Doyle, Sid Penn, Fay Marsh.",
    )


def test_closing_says_why(missing: Evening) -> None:
    missing.do(2, id_of("ola"), Interview(kind="prevention", in_person=True))
    press(missing, "sam", "close", CLOSE)
    sam = missing.person("sam")
    sam.submit(typed({"reason": "   "}))
    assert errors(missing, "sam") == {"reason": "Not recorded. Say why."}  # seen: no grade's times run


# --- reference-only -----------------------------------------------------------------------------------------


def inputs(blocks: list[dict[str, object]]) -> set[object]:
    return {block["block_id"] for block in blocks if block["type"] == "input"}


def test_reference_only_asks_codes_and_log_entries(discreet: Evening) -> None:
    with discreet.before_the_switch():
        discreet.report(1, by=id_of("cal"))
        informed(discreet)
    sam = discreet.person("sam")
    modal = press(discreet, "sam", "consider", CONSIDER, "i1")
    assert modal.says("The words are in the log.") and inputs(modal.blocks) == {"outcome", "outcome_log"}
    sam.submit(typed({"outcome": "officers_told", "outcome_log": "3"}))
    recorded(discreet, "Considered")

    assert inputs(press(discreet, "sam", "add_note", f"Note on {REF}").blocks) == {"text", "text_log"}
    sam.submit(typed({"text": "calls_made", "text_log": "4"}))
    recorded(discreet, "Noted")

    assert inputs(press(discreet, "sam", "notice", NOTICE).blocks) == {"ethnicity", "notice_log"}
    sam.submit(typed({"ethnicity": ["ethnicity", "school"], "notice_log": "Avonmead"}))
    assert errors(discreet, "sam") == {
        "notice_log": "Not saved. Type the number of the log entry: digits only."
    }
    sam.submit(typed({"notice_log": "5"}))
    recorded(discreet, "PpnRecorded")
    assert discreet.state("ppn") == "met"


def test_reference_only_closes_with_a_code(discreet: Evening) -> None:
    discreet.report(1, by=id_of("cal"))
    discreet.do(2, id_of("ola"), Interview(kind="prevention", in_person=True))
    press(discreet, "sam", "close", CLOSE)
    discreet.person("sam").submit(typed({"reason": "back_and_spoken_to", "reason_log": "6"}))
    recorded(discreet, "Closed")
    assert discreet.case().ending.reason == Coded("back_and_spoken_to", "6").stored()


def test_closing_lists_what_was_never_done(missing: Evening) -> None:
    missing.do(2, id_of("ola"), Locate(where="Home", seen_in_person=True))
    missing.do(3, id_of("ola"), Interview(kind="prevention", in_person=True))
    press(missing, "sam", "close", CLOSE)
    form = missing.opened("sam", CLOSE)
    for left in ("Never done", "no owner", "no line of enquiry", "risk questions not answered"):
        assert form.says(left), left
    missing.person("sam").submit(typed({"reason": "Home and well"}))
    recorded(missing, "Closed")
    (closed,) = [entry for entry in missing.entries() if type(entry.event).__name__ == "Closed"]
    for shown in (missing.screens.line(missing.case(), closed), missing.screens.card(missing.case())):
        assert shown is not None and "Never done: " in str(shown.blocks)
        assert "no owner; no line of enquiry" in str(shown.blocks)
