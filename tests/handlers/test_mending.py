"""Releasing, passing on, and mistakes mended (domain.md §5)."""

from typing import Any

import pytest

from bot.domain.commands import Close as CloseCase
from bot.domain.commands import Interview, Take, Transfer, Void
from bot.domain.facts import Answer
from bot.views.wording.reasons import Coded
from tests.handlers.evening import Evening, id_of, typed
from tests.handlers.pressing import REF, barred, errors, open_case, press, recorded
from tests.world import TOLD, minutes

ONLY_SUPERVISORS = (
    "Only a supervisor or FIM can do this. On duty: Sam Doyle, Sid Penn, Fay Marsh. "
    "Nothing changed; the attempt was logged."
)


@pytest.fixture
def missing(evening: Evening) -> Evening:
    evening.report(1, by=id_of("cal"), incident="LOG-1042")
    return evening


def closed(evening: Evening) -> None:
    evening.do(2, id_of("ola"), Interview(kind="prevention", in_person=True))
    evening.do(3, id_of("sam"), CloseCase(reason="Back home"))


def test_the_owner_releases_from_the_menu(missing: Evening) -> None:
    missing.do(2, id_of("ola"), Take())
    open_case(missing, "ola")
    ola = missing.person("ola")
    ola.choose("seldom", f"release:{REF}")
    missing.opened("ola", "Release")
    ola.submit(typed({"why": "My shift ends"}))
    recorded(missing, "Released")
    missing.reads("ola", REF, "no owner")


def test_nobody_releases_what_another_owns(missing: Evening) -> None:
    missing.do(2, id_of("ola"), Take())
    press(missing, "oz", "release", "Release")
    missing.person("oz").submit(typed({"why": "Mine"}))
    assert errors(missing, "oz") == {
        "why": "Not done. Ola Brandt owns it, accepted 13:42. Nothing changed; the attempt was logged."
    }


def test_passed_to_another_force_and_accepted_there(missing: Evening) -> None:
    press(missing, "sam", "transfer", "Pass to another force")
    missing.person("sam").submit(typed({"force": "Northshire", "theirs": "lives_there"}))
    recorded(missing, "Transferred")

    open_case(missing, "cal")
    cal = missing.person("cal")
    cal.click("transfer_accepted", block_id="transfer-accepted")
    missing.opened("cal", "Accepted by")
    cal.submit(typed({"name": " "}))
    assert errors(missing, "cal") == {"name": "Not saved. Type who there accepted."}
    cal.submit(typed({"name": "Inspector Bell"}))
    recorded(missing, "TransferAccepted")
    missing.reads("cal", REF, "Passed to another force")


def test_a_void_waits_for_a_second_person(missing: Evening) -> None:
    press(missing, "sam", "void", "Void")
    missing.person("sam").submit(typed({"why": "A practice call"}))
    recorded(missing, "VoidAsked")
    assert "confirm" not in open_case(missing, "sam").action_ids

    open_case(missing, "sid")
    sid = missing.person("sid")
    sid.click("confirm")
    assert missing.opened("sid", "Confirm").says("A practice call")
    sid.submit(typed({"decision": "confirm"}))
    recorded(missing, "Confirmed")
    missing.reads("sid", REF, "Voided")


def test_who_asked_does_not_confirm(missing: Evening) -> None:
    missing.do(2, id_of("sam"), Void(why="A practice call"))
    press(missing, "sam", "confirm", "Confirm")
    missing.person("sam").submit(typed({"decision": "confirm"}))
    assert errors(missing, "sam")["decision"].startswith("You asked for this, so another person decides.")


def test_a_duplicate_names_another_case(missing: Evening) -> None:
    other = missing.report(2, by=id_of("cal"), incident="LOG-1043")
    press(missing, "sam", "duplicate", "Duplicate")
    sam = missing.person("sam")
    sam.submit(typed({"of": "LOG-99", "why": "Same call"}))
    assert errors(missing, "sam") == {
        "of": "Not saved. Type the reference or incident number of another case."
    }
    sam.submit(typed({"of": other.lower(), "why": "Same call"}))
    recorded(missing, "DuplicateAsked")
    assert missing.case().ending.duplicate_of == other


@pytest.mark.parametrize("action", ["void", "duplicate", "transfer"])
def test_an_officer_mends_nothing(missing: Evening, action: str) -> None:
    barred(missing, "ola", action, ONLY_SUPERVISORS)


def test_a_closed_case_is_reopened(missing: Evening) -> None:
    closed(missing)
    open_case(missing, "sam")
    sam = missing.person("sam")
    sam.click("reopen")
    missing.opened("sam", "Reopen")
    sam.submit(typed({"why": "Gone again"}))
    recorded(missing, "Reopened")
    missing.reads("sam", REF, "Missing")


def test_an_officer_reopens_nothing(missing: Evening) -> None:
    closed(missing)
    barred(missing, "ola", "reopen", ONLY_SUPERVISORS)


def test_a_time_is_corrected_as_it_is_typed(missing: Evening) -> None:
    press(missing, "cal", "correct", "Correct")
    cal = missing.person("cal")
    cal.submit(typed({"field": "reported_at", "to": "when?", "why": "Typed wrong"}))
    assert errors(missing, "cal")["to"].startswith("Not saved. Type a time")
    cal.submit(typed({"to": "1330"}))
    recorded(missing, "Corrected")
    assert missing.case().told_at == TOLD - minutes(10)


def test_a_risk_is_corrected_in_words(missing: Evening) -> None:
    press(missing, "cal", "correct", "Correct")
    wrong = {"field": "markers.pregnancy", "to": "Not known", "why": "Misheard"}
    missing.person("cal").submit(typed(wrong))
    recorded(missing, "Corrected")
    assert missing.case().markers["pregnancy"].answer is Answer.NOT_KNOWN


def test_a_value_that_is_none_is_said_under_its_field(missing: Evening) -> None:
    press(missing, "cal", "correct", "Correct")
    missing.person("cal").submit(typed({"field": "child.age", "to": "young", "why": "Typed wrong"}))
    assert errors(missing, "cal") == {
        "to": "Not saved. Type the right value. A time: yest 2345. A risk: yes, no or not known."
    }


def test_an_officer_corrects_nothing(missing: Evening) -> None:
    barred(missing, "ola", "correct", "Only the control room or a supervisor can do this.")


def test_reference_only_corrects_no_words_and_asks_codes(discreet: Evening) -> None:
    discreet.report(1, by=id_of("cal"))
    modal = press(discreet, "cal", "correct", "Correct")
    fields = next(block for block in modal.blocks if block["block_id"] == "field")["element"]["options"]
    offered = {option["value"] for option in fields}
    assert "child.age" in offered and not offered & {"child.name", "last_seen_where", "reporter.name"}
    cal = discreet.person("cal")
    coded = {"why": "typed_wrong", "why_log": "8"}
    cal.submit(typed({"field": "child.person_ref", "to": "Rowan Pike", **coded}))
    assert errors(discreet, "cal")["to"].endswith("as this force writes it, such as N-20881.")
    cal.submit(typed({"to": "N-20881"}))
    recorded(discreet, "EpisodeLinked")
    assert discreet.case().child.person_ref == "N-20881"


@pytest.mark.parametrize(
    ("action", "title", "said"),
    [
        (
            "transfer",
            "Pass to another force",
            {"force": "transport_police", "force_log": "1", "theirs": "lives_there"},
        ),
        ("void", "Void", {"why": "opened_in_error", "why_log": "2"}),
        ("duplicate", "Duplicate", {"of": "LOG-1043", "why": "entered_twice", "why_log": "3"}),
    ],
)
def test_reference_only_asks_codes(discreet: Evening, action: str, title: str, said: dict[str, Any]) -> None:
    discreet.report(1, by=id_of("cal"))
    discreet.report(1, by=id_of("cal"), incident="LOG-1043")
    press(discreet, "sam", action, title)
    discreet.person("sam").submit(typed(said))
    recorded(discreet, {"transfer": "Transferred", "void": "VoidAsked"}.get(action, "DuplicateAsked"))


@pytest.fixture
def unnamed(discreet: Evening) -> Evening:
    discreet.report(1, by=id_of("cal"), incident="LOG-1042")
    return discreet


def test_reference_only_releases_by_a_code(unnamed: Evening) -> None:
    unnamed.do(2, id_of("ola"), Take())
    press(unnamed, "ola", "release", "Release")
    unnamed.person("ola").submit(typed({"why": "end_of_shift", "why_log": "19"}))
    recorded(unnamed, "Released")
    assert unnamed.case().owner is None


def test_reference_only_reopens_by_a_code(unnamed: Evening) -> None:
    unnamed.do(2, id_of("ola"), Interview(kind="prevention", in_person=True))
    unnamed.do(3, id_of("sam"), CloseCase(reason=Coded("back_and_spoken_to", "6").stored()))
    press(unnamed, "sam", "reopen", "Reopen")
    sam = unnamed.person("sam")
    sam.submit(typed({"why": "missing_again", "why_log": "Mill Lane"}))
    assert errors(unnamed, "sam") == {"why_log": "Not saved. Type the number of the log entry: digits only."}
    sam.submit(typed({"why_log": "20"}))
    recorded(unnamed, "Reopened")


def test_reference_only_names_nobody_who_took_it_over(unnamed: Evening) -> None:
    unnamed.do(2, id_of("sam"), Transfer(force=Coded("neighbouring_force", "7").stored()))
    press(unnamed, "cal", "transfer_accepted", "Accepted by")
    unnamed.person("cal").submit(typed({"name": "named_in_log", "name_log": "21"}))
    recorded(unnamed, "TransferAccepted")
    assert unnamed.case().ending.transfer_accepted_by == Coded("named_in_log", "21").stored()
