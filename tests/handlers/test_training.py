"""`/missing training`: a form of its own, from which comes a case that says TRAINING wherever it is met."""

from bot.domain.people import Role
from bot.ports.drafts import DraftPlace
from sandbox.client import Modal
from tests.handlers.evening import REPORT, Evening, id_of, typed
from tests.handlers.test_report import PAGE_1, reported

FORM = "TRAINING: report"
REF = "TRAINING-26-0001"


def trained(evening: Evening) -> Modal:
    evening.missing("cal", "training")
    evening.opened("cal", FORM)
    assert evening.person("cal").submit(typed(REPORT)).acked
    return evening.opened("cal", f"Risk: {REF}")


def test_the_form_says_first_that_no_child_is_missing(evening: Evening) -> None:
    assert evening.missing("cal", "training").acked
    form = evening.opened("cal", FORM)
    assert form.raw["blocks"][0]["text"]["text"].startswith("*TRAINING CASE: no child is missing.*")
    assert form.raw["submit"]["text"] == "Save TRAINING case"


def test_the_form_for_a_child_has_no_word_of_it(evening: Evening) -> None:
    evening.missing("cal")
    assert "training" not in str(evening.opened("cal", PAGE_1).raw).lower()


def test_its_case_its_page_and_its_status_say_training_first(evening: Evening) -> None:
    trained(evening)
    case = evening.case(REF)
    assert case.training and case.incident == "TRAINING LOG-1042"
    card = evening.screens.card(case)
    assert card.text.startswith(f"{REF} HIGH") and REF in card.blocks[0]["text"]["text"]
    entries = evening.stores.cases.entries(REF)
    page = evening.screens.page_state(case, entries, Role.FIM)
    assert page.text.startswith(f"{REF} HIGH, age 13: ")
    evening.missing("fay", "status training 26 1")
    said = evening.person("fay").sees("control")[-1]
    assert said.text.startswith("TRAINING. At ") and REF in said.text


def test_it_stays_training_while_the_form_is_redrawn_and_gone_on_with(evening: Evening) -> None:
    evening.missing("cal", "training")
    evening.opened("cal", FORM)
    cal = evening.person("cal")
    cal.fill(typed(REPORT))
    cal.choose("live", ["cse"], block_id="yes")
    assert evening.reads("cal", FORM, "PROPOSED: HIGH").says("no child is missing")
    cal.close()
    place = DraftPlace(id_of("cal"), "training_report")
    evening.workspace.wait_for(lambda: evening.deps.drafts.find(place, 0), "the draft")

    evening.missing("cal")  # a child is reported meanwhile: what was typed for training is no part of that
    assert not evening.opened("cal", PAGE_1).says("unfinished")
    cal.close()
    evening.missing("cal", "training")
    assert evening.opened("cal", "Continue?").says("Continue your unfinished TRAINING report")
    cal.click("go_on")
    evening.opened("cal", FORM)
    cal.submit({})
    evening.opened("cal", f"Risk: {REF}")
    assert evening.case(REF).training


def test_a_child_is_reported_though_its_number_was_trained_with(evening: Evening) -> None:
    trained(evening)
    evening.person("cal").close()
    evening.missing("cal", "LOG-1042")
    page = evening.opened("cal", PAGE_1)
    assert page.values["incident"] and "TRAINING" not in str(page.raw)
    evening.person("cal").submit(typed(REPORT))
    evening.opened("cal", "Risk: MC-26-0002")
    assert not evening.case("MC-26-0002").training


def test_a_training_case_shows_no_childs_case_as_seen_before(evening: Evening) -> None:
    reported(evening)
    evening.person("cal").close()
    evening.missing("cal", "training")
    evening.opened("cal", FORM)
    evening.person("cal").submit(typed(REPORT))
    page = evening.opened("cal", "Risk: TRAINING-26-0002")
    assert not page.says("SEEN BEFORE") and not page.says("MC-26-0001")
