"""Reference-only mode, the default: Slack carries numbers, markers and codes, and nobody's words (domain.md §6)."""

from bot.domain.commands import Assign
from bot.views.wording.reasons import Coded
from tests.handlers.evening import REFERENCES, Evening, id_of, typed
from tests.handlers.test_report import PAGE_1, PAGE_2


def test_the_report_asks_no_name_no_place_and_no_words(discreet: Evening) -> None:
    discreet.missing("cal")
    page = discreet.opened("cal", PAGE_1)
    asked = [block["block_id"] for block in page.blocks if block["type"] == "input"]
    assert asked == ["age", "yes", "where_now", "last_seen_at", "in_log", "incident", "told_at", "person_ref"]


def test_what_is_allowed_is_enough_to_save(discreet: Evening) -> None:
    discreet.missing("cal")
    discreet.opened("cal", PAGE_1)
    discreet.person("cal").submit(typed({**REFERENCES, "in_log": ["in_log_name", "in_log_words"]}))
    discreet.opened("cal", PAGE_2)
    case = discreet.case()
    assert (case.age, case.incident, case.child.name, case.last_seen_where) == (13, "LOG-1042", "", "")

    card = discreet.post(discreet.screens.card(case))
    discreet.person("ola").click("open_case", on=card)
    assert discreet.opened("ola", "MC-26-0001").says("In LOG-1042: name and birth date, their words")


def test_a_concern_for_safety_has_a_coded_reason_and_its_log_entry(discreet: Evening) -> None:
    cal = discreet.person("cal")
    discreet.missing("cal")
    discreet.opened("cal", PAGE_1)
    cal.click("concern_instead")
    discreet.reads("cal", PAGE_1, "STOP.")

    cal.submit(
        typed({**REFERENCES, "not_missing": "with_named_family", "not_missing_log": "see Rowan's log"})
    )
    assert cal.modal is not None
    assert cal.modal.errors == {
        "not_missing_log": "Not saved. Type the number of the log entry: digits only."
    }

    cal.submit(typed({**REFERENCES, "not_missing": "with_named_family", "not_missing_log": "17"}))
    discreet.opened("cal", PAGE_2)
    assert discreet.case().rationale == Coded("with_named_family", "17").stored()


def test_a_sentence_is_no_incident_number(discreet: Evening) -> None:
    cal = discreet.person("cal")
    discreet.missing("cal")
    discreet.opened("cal", PAGE_1)
    cal.submit(typed({**REFERENCES, "incident": "Rowan Pike 13", "age": "2 Mar 2013"}))
    assert cal.modal is not None
    assert cal.modal.errors == {
        "age": "Not saved. Type an age.",
        "incident": "Not saved. Type the incident number only: letters, digits, - and /.",
    }


def test_a_grade_has_a_coded_reason(discreet: Evening) -> None:
    cal = discreet.person("cal")
    discreet.missing("cal")
    discreet.opened("cal", PAGE_1)
    cal.submit(typed(REFERENCES))
    discreet.opened("cal", PAGE_2)
    cal.submit(typed({"level": "high", "rationale": "said_will_harm_self", "rationale_log": "18"}))
    discreet.workspace.wait_for(lambda: discreet.case().risk.recorded, "the grade")
    assert discreet.case().risk.rationale == Coded("said_will_harm_self", "18").stored()


def test_declining_has_a_coded_reason(discreet: Evening) -> None:
    discreet.report(1, by=id_of("cal"), full=False)
    discreet.do(2, id_of("sam"), Assign(to=id_of("ola")))
    offer = discreet.post(discreet.screens.offer(discreet.case(), id_of("ola")), id_of("ola"))
    ola = discreet.person("ola")
    ola.click("decline", on=offer)
    discreet.opened("ola", "Decline MC-26-0001")
    ola.submit(typed({"why": "end_of_shift", "why_log": "19"}))
    discreet.workspace.wait_for(lambda: discreet.did()[-1] == "Declined", "the answer")
