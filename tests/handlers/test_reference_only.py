"""Reference-only mode, the default: Slack carries numbers, markers and codes, and nobody's words (domain.md §6)."""

from msgspec import structs

from bot.domain.commands import Assign
from bot.ports.drafts import DraftPlace, SavedDraft
from bot.views.screen import Screen
from bot.views.wording import field_words
from bot.views.wording.reasons import Coded
from handlers.forms import information
from handlers.forms.report.report_form import opened
from handlers.forms.report.report_page import report_page
from handlers.forms.step_form import FormAsked
from tests.handlers.evening import REFERENCES, Evening, id_of, typed
from tests.handlers.every_press import bring
from tests.handlers.test_report import PAGE_1, PAGE_2
from tests.world import TOLD


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
        "incident": "Not saved. Type the incident number as this force writes it, such as LOG-1042.",
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
    discreet.report(1, by=id_of("cal"))
    discreet.do(2, id_of("sam"), Assign(to=id_of("ola")))
    offer = discreet.post(discreet.screens.offer(discreet.case(), id_of("ola")), id_of("ola"))
    ola = discreet.person("ola")
    ola.click("decline", on=offer)
    discreet.opened("ola", "Decline MC-26-0001")
    ola.submit(typed({"why": "end_of_shift", "why_log": "19"}))
    discreet.workspace.wait_for(lambda: discreet.did()[-1] == "Declined", "the answer")


def test_what_was_typed_and_abandoned_is_kept_as_codes_numbers_and_times_only(discreet: Evening) -> None:
    discreet.missing("cal")
    discreet.opened("cal", PAGE_1)
    cal = discreet.person("cal")
    cal.fill(typed({"incident": "Rowan Pike 13", "last_seen_at": "1245", "yes": ["cse"]}))
    cal.close()
    place = DraftPlace(id_of("cal"), "report")
    discreet.workspace.wait_for(
        lambda: (draft := discreet.deps.drafts.find(place, 0)) and draft.values["yes"]["live"], "the draft"
    )
    draft = discreet.deps.drafts.find(place, 0)
    assert draft is not None and "Rowan" not in str(draft)
    assert draft.values["last_seen_at"] == {"value": {"value": "1245"}}

    discreet.missing("cal")
    discreet.opened("cal", "Continue?")
    cal.click("go_on")
    assert "Rowan" not in str(discreet.opened("cal", PAGE_1).blocks)


def test_a_form_in_which_only_words_were_typed_leaves_no_draft(discreet: Evening) -> None:
    discreet.missing("cal")
    discreet.opened("cal", PAGE_1)
    discreet.person("cal").fill(typed({"incident": "Rowan Pike"}))
    discreet.settle()
    assert discreet.deps.drafts.find(DraftPlace(id_of("cal"), "report"), 0) is None


def test_a_draft_of_a_time_in_which_words_were_allowed_is_offered_to_nobody(discreet: Evening) -> None:
    place = DraftPlace(id_of("cal"), "report")
    draft = SavedDraft(
        view="V1", since=TOLD, metadata='{"told": "1340"}', values=typed({"name": "Rowan Pike", "age": "13"})
    )
    full = {
        block: {action: {"value": said} for action, said in each.items()}
        for block, each in draft.values.items()
    }
    discreet.deps.drafts.keep(place, structs.replace(draft, values=full), 0, 100)
    discreet.missing("cal")
    discreet.opened("cal", PAGE_1)


def whole_of(discreet: Evening) -> Screen:
    """The screen of a form that was drawn before the switch."""
    return structs.replace(discreet.setting, full=True).at(discreet.clock.now())


def test_a_full_form_that_is_saved_after_the_switch_is_refused_in_a_sentence(discreet: Evening) -> None:
    discreet.report(1, by=id_of("cal"))
    note = information.noting(discreet.case(), whole_of(discreet))
    bring(discreet, "cal", {**note, "private_metadata": FormAsked("MC-26-0001").kept()})
    discreet.person("cal").submit(typed({"text": "Rowan Pike was seen"}))
    modal = discreet.person("cal").modal
    assert modal is not None and modal.errors == {"text": field_words.KEPT_OUT}
    assert discreet.did() == ["Reported"] and "Rowan" not in str(discreet.entries())


def test_a_full_report_that_is_open_at_the_switch_asks_for_codes_with_the_next_touch(
    discreet: Evening,
) -> None:
    whole = whole_of(discreet)
    bring(discreet, "cal", report_page(opened(whole), whole))
    discreet.person("cal").fill(typed({"name": "Rowan Pike", "age": "13"}))
    page = discreet.reads("cal", PAGE_1, "In the incident log:")
    assert "name" not in [block.get("block_id") for block in page.blocks]
