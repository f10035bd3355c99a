"""A form that was closed or lost keeps what was typed, and is offered again (screens.md, principle 8)."""

from typing import Any

from bot.ports import DraftPlace
from sandbox.client import Modal
from tests.handlers.evening import REPORT, Evening, id_of, typed
from tests.handlers.pressing import REF, open_case, press, recorded
from tests.handlers.test_report import PAGE_1, PAGE_2, reported

NEW = "New information"
ASKED = "Go on?"


def kept(evening: Evening, form: str, ref: str = "", name: str = "cal") -> Any:
    place = DraftPlace(id_of(name), form, ref)
    return evening.workspace.wait_for(lambda: evening.parts.drafts.find(place, 0), "the draft")


def lost(evening: Evening, said: dict[str, Any]) -> None:
    """Typed, and closed by a slip."""
    evening.missing("cal")
    evening.opened("cal", PAGE_1)
    evening.person("cal").fill(typed(said))
    evening.person("cal").close()
    kept(evening, "report")


def value(modal: Modal, block: str) -> Any:
    return next(iter(modal.values[block].values()))


def test_a_closed_report_is_offered_and_goes_on_where_it_stopped(evening: Evening) -> None:
    cal = evening.person("cal")
    lost(evening, {**REPORT, "yes": ["cse"]})
    evening.missing("cal")
    assert evening.opened("cal", ASKED).says("You have an unfinished report from 13:41.")

    cal.click("go_on")

    page = evening.opened("cal", PAGE_1)
    assert page.says("PROPOSED: HIGH") and value(page, "name")["value"] == "Rowan Pike"
    cal.submit({})
    evening.opened("cal", PAGE_2)
    assert evening.case().child.name == "Rowan Pike" and evening.case().live_markers == ("cse",)


def test_what_was_saved_is_not_offered(evening: Evening) -> None:
    lost(evening, REPORT)
    evening.missing("cal")
    evening.opened("cal", ASKED)
    evening.person("cal").click("go_on")
    evening.opened("cal", PAGE_1)
    evening.person("cal").submit({})
    evening.opened("cal", PAGE_2)
    place = DraftPlace(id_of("cal"), "report")
    evening.workspace.wait_for(lambda: evening.parts.drafts.find(place, 0) is None, "no draft")
    evening.person("cal").close()
    evening.missing("cal")
    evening.opened("cal", PAGE_1)


def test_starting_fresh_forgets_it_and_keeps_the_number_that_was_typed(evening: Evening) -> None:
    lost(evening, REPORT)
    evening.missing("cal", "LOG-2000")
    evening.opened("cal", ASKED)
    evening.person("cal").click("start_fresh")
    page = evening.opened("cal", PAGE_1)
    assert value(page, "incident")["value"] == "LOG-2000" and not value(page, "name").get("value")
    evening.person("cal").close()
    assert evening.parts.drafts.find(DraftPlace(id_of("cal"), "report"), 0) is None


def test_a_tick_alone_is_kept_where_slack_dies_without_a_word(evening: Evening) -> None:
    cal = evening.person("cal")
    evening.missing("cal")
    evening.opened("cal", PAGE_1)
    cal.fill(typed({"name": "Rowan Pike"}))
    cal.choose("live", ["cse"], block_id="yes")
    assert kept(evening, "report").values["name"]["value"]["value"] == "Rowan Pike"


def test_a_form_in_which_nothing_was_typed_is_no_draft(evening: Evening) -> None:
    evening.missing("cal")
    evening.opened("cal", PAGE_1)
    evening.person("cal").close()
    evening.missing("cal")
    evening.opened("cal", PAGE_1)


def test_nobody_else_is_offered_it(evening: Evening) -> None:
    lost(evening, REPORT)
    evening.missing("cat")
    evening.opened("cat", PAGE_1)


def test_the_second_page_is_offered_on_its_case(evening: Evening) -> None:
    cal = evening.person("cal")
    reported(evening)
    cal.choose("live", ["mental_health"], block_id="yes_health")
    cal.fill(typed({"rationale": "He said so to his teacher"}))
    cal.close()
    evening.workspace.wait_for(
        lambda: kept(evening, "risk", REF).values["rationale"]["value"], "the reason in the draft"
    )
    assert open_case(evening, "cal").says("You have an unfinished second page of the report from 13:41.")

    cal.click("go_on")

    page = evening.opened("cal", PAGE_2)
    assert value(page, "rationale")["value"] == "He said so to his teacher"
    cal.submit(typed({"level": "high"}))
    recorded(evening, "Graded")
    assert "mental_health" in evening.case().live_markers


def test_a_step_on_a_case_keeps_its_words_for_that_case(evening: Evening) -> None:
    evening.report(1, by=id_of("cal"), incident="LOG-1042")
    cal = evening.person("cal")
    press(evening, "cal", "add_to_case", NEW)
    cal.fill(typed({"text": "Seen by the river", "source": "Aunt"}))
    cal.close()
    kept(evening, "add_to_case", REF)
    press(evening, "cal", "add_to_case", ASKED)
    cal.click("go_on")
    assert value(evening.opened("cal", NEW), "text")["value"] == "Seen by the river"
    cal.submit({})
    recorded(evening, "InformationReceived")
    evening.workspace.wait_for(
        lambda: evening.parts.drafts.find(DraftPlace(id_of("cal"), "add_to_case", REF), 0) is None, "no draft"
    )


def test_going_on_with_what_is_saved_says_so(evening: Evening) -> None:
    lost(evening, REPORT)
    evening.missing("cal")
    evening.opened("cal", ASKED)
    evening.parts.drafts.drop(DraftPlace(id_of("cal"), "report"), "", 0, 1)
    evening.person("cal").click("go_on")
    evening.reads("cal", ASKED, "There is nothing to go on with")


def test_reference_only_keeps_what_may_be_typed_there(discreet: Evening) -> None:
    discreet.missing("cal")
    discreet.opened("cal", PAGE_1)
    discreet.person("cal").fill(typed({"age": "13", "incident": "LOG-1042", "in_log": ["in_log_name"]}))
    discreet.person("cal").close()
    kept(discreet, "report")
    discreet.missing("cal")
    discreet.opened("cal", ASKED)
    discreet.person("cal").click("go_on")
    page = discreet.opened("cal", PAGE_1)
    assert value(page, "incident")["value"] == "LOG-1042"
    assert [each["value"] for each in value(page, "in_log")["selected_options"]] == ["in_log_name"]
