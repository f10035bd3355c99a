"""A call handler's evening: a report in two sittings, what the father says later, and what is theirs."""

import re

from playwright.sync_api import expect

from tests.browser.evening.conftest import Entering
from tests.browser.evening.verbs.acts import Picked, fill
from tests.browser.evening.walks.steps import closes, fills_page_1, opens, presses, says_in_thread
from tests.browser.test_access import faults


def test_a_call_handlers_evening(enters: Entering, axe: str) -> None:
    cal = enters("cal", "missing-cases")

    fills_page_1(cal, "LOG-3001", "Suicidal statement today", "Self-harm, now or before")
    expect(cal.modal).to_contain_text("PROPOSED: HIGH. You decide.")
    assert faults(cal, axe) == []
    cal.button("Save, start clocks").click()

    expect(cal.modal).to_contain_text(
        re.compile(r"SAVED 13:4\d\. Clocks run from 13:40\. FIM paged 13:4\d\.")
    )
    ref = cal.modal.get_by_role("heading", name="Risk: MC-").inner_text().removeprefix("Risk: ")
    cal.button("Record the NO answers").click()
    cal.field("May be abducted").check()
    cal.field("Needs medication").check()
    expect(cal.modal).to_contain_text("Yes 2 · No 2 · ")
    assert faults(cal, axe) == []
    cal.button("Finish later").click()
    expect(cal.message(ref)).to_contain_text("record a grade")

    opens(cal, ref)
    expect(cal.modal).to_contain_text("You have an unfinished second page of the report from 13:4")
    assert faults(cal, axe) == []
    presses(cal, "Continue", ref)
    expect(cal.field("May be abducted")).to_be_checked()
    fill(cal, {"Grade (optional)": Picked("High"), "Why this grade? (optional)": "He said so today"})
    cal.button("Record").click()
    expect(cal.modal).to_contain_text("graded HIGH: He said so today")
    closes(cal)
    expect(cal.message(ref)).not_to_contain_text("record a grade")

    says_in_thread(cal, ref, "His aunt saw him at the bus station at 13:20")
    cal.thread.get_by_role("button", name="As new information").click()
    expect(cal.thread).to_contain_text(f"Saved to {ref}.")
    expect(cal.thread).to_contain_text("recorded new information (other): His aunt saw him")
    expect(cal.message(ref)).to_contain_text("new information")
    assert faults(cal, axe) == []

    cal.say("/missing mine")
    mine = cal.page.get_by_role("main").locator("li.message", has_text="Mine: ").last
    expect(mine).to_contain_text(ref)
