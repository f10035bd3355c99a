"""A form that was closed or lost keeps what was typed, and is offered again (screens.md, principle 8).

The local Slack sends nothing of a form's contents when it is closed: what is kept here was kept while it was typed.
"""

from typing import Any

from bot.domain.commands import Assign, OfferHandover
from bot.domain.events import Declined
from bot.domain.people import Role
from bot.ports.drafts import DraftPlace
from sandbox.client import Modal
from tests.handlers.evening import REPORT, Evening, id_of, typed
from tests.handlers.pressing import REF, open_case, press, recorded
from tests.handlers.test_report import PAGE_1, PAGE_2, reported

NEW = "New information"
ASKED = "Continue?"


def kept(evening: Evening, form: str, ref: str = "", name: str = "cal") -> Any:
    """The draft, once all that was typed is in it."""
    evening.settle()
    place = DraftPlace(id_of(name), form, ref)
    return evening.workspace.wait_for(lambda: evening.deps.drafts.find(place, 0), "the draft")


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
    assert evening.opened("cal", ASKED).says("Continue your unfinished report from 13:41?")

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
    evening.workspace.wait_for(lambda: evening.deps.drafts.find(place, 0) is None, "no draft")
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
    evening.settle()
    assert evening.deps.drafts.find(DraftPlace(id_of("cal"), "report"), 0) is None


def test_one_word_is_kept_where_the_telephone_dies_without_another(evening: Evening) -> None:
    evening.missing("cal")
    evening.opened("cal", PAGE_1)
    evening.person("cal").fill(typed({"name": "Rowan Pike"}))
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
        lambda: evening.deps.drafts.find(DraftPlace(id_of("cal"), "add_to_case", REF), 0) is None, "no draft"
    )


def test_a_declined_offer_keeps_its_reason_and_the_offer_is_settled_when_it_is_given(
    evening: Evening,
) -> None:
    evening.report(1, by=id_of("cal"), incident="LOG-1042")
    evening.do(2, id_of("sam"), Assign(to=id_of("ola")))
    offer = evening.post(evening.screens.offer(evening.case(), id_of("ola")), id_of("ola"))
    ola = evening.person("ola")
    ola.click("decline", on=offer)
    evening.opened("ola", "Decline MC-26-0001")
    ola.fill(typed({"why": "At the hospital until 15:00"}))
    ola.close()
    kept(evening, "decline", REF, "ola")

    ola.click("decline", on=offer)
    assert evening.opened("ola", ASKED).says("Continue your unfinished answer to an offer from 13:42?")
    ola.click("go_on")
    evening.opened("ola", "Decline MC-26-0001")
    ola.submit({})

    recorded(evening, "Declined")
    assert evening.entries()[-1].event == Declined(why="At the hospital until 15:00")
    evening.workspace.wait_for(
        lambda: ola.sees("@missing")[-1].says("You declined. No owner yet."), "the settled offer"
    )


def test_a_read_back_that_was_lost_comes_back_with_its_words(evening: Evening) -> None:
    handed = OfferHandover(role="fim", to=id_of("ian"))
    evening.duty_desk.handle(handed, evening.actor(id_of("fay")), "slack")
    ian = evening.person("ian")
    ian.open_home()
    evening.workspace.wait_for(lambda: ian.home and ian.home.says("Accept the hand-over"), "the hand-over")
    ian.click("accept_all", home=True)
    evening.opened("ian", "Accept the hand-over")
    ian.fill(typed({"first": "Ring the carer"}))
    ian.close()
    evening.workspace.wait_for(
        lambda: evening.deps.drafts.find(DraftPlace(id_of("ian"), "read_back", "", "1"), 0), "the draft"
    )

    ian.click("accept_all", home=True)

    assert value(evening.opened("ian", "Accept the hand-over"), "first")["value"] == "Ring the carer"
    ian.submit({})
    evening.workspace.wait_for(lambda: evening.directory.on_duty(Role.FIM) == {id_of("ian")}, "the role")
    (accepted,) = evening.duty_desk.roster().offers.values()
    assert accepted.first == "Ring the carer"


def test_going_on_with_what_is_saved_says_so(evening: Evening) -> None:
    lost(evening, REPORT)
    evening.missing("cal")
    evening.opened("cal", ASKED)
    evening.deps.drafts.drop(DraftPlace(id_of("cal"), "report"), "", 0, 1)
    evening.person("cal").click("go_on")
    evening.reads("cal", ASKED, "There is nothing to continue")


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
