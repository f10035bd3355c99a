"""A FIM's evening: paged, paged again when it becomes high, an owner found, and the role handed over."""

import re

from playwright.sync_api import expect

from tests.browser.evening.conftest import Entering
from tests.browser.evening.test_home import at_home
from tests.browser.evening.verbs.acts import Chosen, in_case
from tests.browser.evening.walks.steps import closes, presses, records, reports
from tests.browser.test_access import faults


def test_a_fims_evening(enters: Entering, axe: str) -> None:
    cal, kim = enters("cal", "missing-cases"), enters("kim", "fim")
    ref = reports(cal, "LOG-3002", told="1325")

    page = kim.message(f"MEDIUM · {ref}")
    expect(page).to_contain_text("no owner, late since 13:40")
    assert faults(kim, axe) == []
    presses(kim, "Acknowledge", ref)
    expect(page).to_contain_text("acknowledged, still late")
    expect(page).to_contain_text(re.compile(r"Kim Rudd acknowledged 13:4\d. Quiet about this until 14:1\d"))

    in_case("New information")(cal, ref)
    cal.field("Suicidal statement today").check()
    records(cal, {"What is new? (their own words)": "He texted that he wants to end it"}, "Save, start clock")
    # Until a newer page has taken its place, the older card is drawn as HIGH too.
    expect(kim.message("by a newer page")).to_contain_text("Kim Rudd")
    again = kim.message(f"HIGH · {ref}")
    expect(again).to_contain_text("Acknowledge by 13:4")
    expect(again).to_contain_text("Suicidal statement today. Missing. No owner.")
    assert faults(kim, axe) == []
    presses(kim, "Acknowledge", ref)
    expect(again).to_contain_text("acknowledged, still late")

    presses(kim, "Open case", ref)
    expect(kim.modal).to_contain_text("OUTSTANDING")
    assert faults(kim, axe) == []
    presses(kim, "Assign", ref)
    records(kim, {"Who": Chosen("Ola Brandt")}, "Assign")
    expect(kim.modal).to_contain_text("no owner, assigned to Ola Brandt, awaiting acceptance")
    closes(kim)

    home = at_home(kim)
    expect(home).to_contain_text(re.compile(r"WAITING FOR YOU \([1-9]"))
    expect(home).to_contain_text(re.compile("[Cc]hase Ola Brandt to accept, or assign another"))
    expect(home).to_contain_text(ref)
    assert faults(kim, axe) == []

    kim.go(person="kim", channel="missing-cases")
    kim.say("/missing handover")
    records(kim, {"To whom": Chosen("Ian Frost")}, "Offer")

    ian = enters("ian", "missing-cases")
    waits = at_home(ian)
    expect(waits).to_contain_text("Accept the hand-over: FIM, from Kim Rudd")
    assert faults(ian, axe) == []
    ian.button("Accept the hand-over of FIM").click()
    expect(ian.modal).to_contain_text("FIM from Kim Rudd")
    records(ian, {"What will you do first?": f"Ring Ola about {ref}"}, "Accept")
    expect(waits).not_to_contain_text("Accept the hand-over")
    expect(waits).to_contain_text("FIM board")
