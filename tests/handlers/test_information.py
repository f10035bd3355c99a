"""New information, who was told, and the child located (screens.md §8), in both modes."""

import pytest

from bot.domain.facts import Grade, InformationKind
from bot.views.wording.reasons import Coded
from tests.handlers.evening import Evening, id_of, typed
from tests.handlers.pressing import REF, errors, press, recorded

NEW = "New information"
TOLD = "Who was told"
FOUND = "Child located"


@pytest.fixture
def missing(evening: Evening) -> Evening:
    evening.report(1, by=id_of("cal"), incident="LOG-1042")
    return evening


@pytest.fixture
def unnamed(discreet: Evening) -> Evening:
    discreet.report(1, by=id_of("cal"), incident="LOG-1042")
    return discreet


# --- new information ----------------------------------------------------------------------------------------


def test_a_new_yes_changes_the_proposal_while_it_is_typed(missing: Evening) -> None:
    assert press(missing, "cal", "add_to_case", NEW).says("PROPOSED: MEDIUM")
    cal = missing.person("cal")
    cal.fill(typed({"text": "Seen with older men"}))
    cal.choose("live", ["cse"], block_id="new_first")
    modal = missing.reads("cal", NEW, "PROPOSED: HIGH. You decide.")
    assert modal.values["text"]["value"]["value"] == "Seen with older men"

    cal.submit(typed({"kind": "sighting", "source": "His aunt"}))

    recorded(missing, "InformationReceived")
    case = missing.case()
    [heard] = case.information.values()
    assert (heard.kind, heard.source) == (InformationKind.SIGHTING, "His aunt")
    assert case.live_markers == ("cse",) and case.running_grade is Grade.HIGH


def test_what_is_yes_already_is_not_asked_again(missing: Evening) -> None:
    press(missing, "cal", "add_to_case", NEW)
    missing.person("cal").submit({**typed({"text": "Pills at home"}), "new_first": {"live": ["medication"]}})
    recorded(missing, "InformationReceived")
    again = press(missing, "cal", "add_to_case", NEW)
    offered = next(block for block in again.blocks if block["block_id"] == "new_first")["element"]["options"]
    assert "medication" not in [option["value"] for option in offered]


def test_reference_only_takes_codes_for_words_and_source(unnamed: Evening) -> None:
    press(unnamed, "cal", "add_to_case", NEW)
    cal = unnamed.person("cal")
    cal.submit(typed({"text": "new_sighting", "text_log": "Mill Lane", "source": "from_public"}))
    assert errors(unnamed, "cal") == {"text_log": "Not saved. Type the number of the log entry: digits only."}
    cal.submit(typed({"text_log": "12"}))
    recorded(unnamed, "InformationReceived")
    [heard] = unnamed.case().information.values()
    assert (heard.text, heard.source) == (
        Coded("new_sighting", "12").stored(),
        Coded("from_public").stored(),
    )


# --- who was told -------------------------------------------------------------------------------------------


def test_several_are_told_by_one_form_and_the_record_says_when(missing: Evening) -> None:
    modal = press(missing, "fay", "telling", TOLD)
    assert modal.values["when"]["value"]["value"] == "13:41".replace(":", "")
    fay = missing.person("fay")
    fay.submit(typed({"who": ["duty_inspector", "social_care"], "how": "Radio", "took": "Ian Holt"}))
    recorded(missing, "Told")
    assert [each.who for each in missing.case().told] == ["duty_inspector", "social_care"]
    assert missing.case().told[0].took == "Ian Holt"


def test_told_at_a_time_still_to_come_is_refused_under_its_field(missing: Evening) -> None:
    press(missing, "fay", "telling", TOLD)
    fay = missing.person("fay")
    fay.submit(typed({"who": ["pnc"], "took": " ", "when": "2345"}))
    assert errors(missing, "fay") == {
        "took": "Not saved. Type who you spoke to.",
        "when": "Not saved. 23:45 today is still to come. For last night type: yest 2345.",
    }
    assert missing.did() == ["Reported"]


def test_reference_only_tells_by_codes(unnamed: Evening) -> None:
    press(unnamed, "fay", "telling", TOLD)
    unnamed.person("fay").submit(
        typed({"who": ["duty_inspector"], "how": "by_telephone", "took": "themselves"})
    )
    recorded(unnamed, "Told")
    [told] = unnamed.case().told
    assert (told.how, told.took) == (Coded("by_telephone").stored(), Coded("themselves").stored())
    line = unnamed.screens.line(unnamed.case(), unnamed.entries()[-1])
    assert line is not None and "By telephone, They themselves, by name in the log" in str(line.blocks)


def test_whoever_rang_is_told_by_a_form_of_its_own_that_asks_no_name_again(missing: Evening) -> None:
    modal = press(missing, "cal", "caller_told", "Caller told")
    assert set(modal.values) == {"said", "how", "when", "took"}
    missing.person("cal").submit(typed({"said": "no_answer"}))
    recorded(missing, "Told")
    [told] = missing.case().told
    assert (told.who, told.said, told.took) == ("caller", "no_answer", "")


def test_the_caller_is_not_among_the_others_who_were_told(missing: Evening) -> None:
    modal = press(missing, "fay", "telling", TOLD)
    assert "The caller" not in str(modal.blocks)


# --- located ------------------------------------------------------------------------------------------------


def test_located_says_when(missing: Evening) -> None:
    missing.clock.at = missing.clock.at.replace(hour=15)
    press(missing, "ola", "locating", FOUND)
    missing.person("ola").submit(typed({"where": "Riverside path", "when": "1450", "seen": "nobody"}))
    recorded(missing, "Located")
    back = missing.case().back
    assert back.found_at is not None and f"{back.found_at:%H%M}" == "1450"
    assert REF in missing.stores.cases.open_refs()
