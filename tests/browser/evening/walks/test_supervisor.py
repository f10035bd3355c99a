"""A supervisor's evening: what waits at home, a downgrade refused, a review, a question in the thread, its picture."""

import re

from playwright.sync_api import expect

from tests.browser.evening.conftest import Entering, Reporting, ref_of
from tests.browser.evening.test_home import at_home
from tests.browser.evening.verbs.acts import Chosen, Picked, in_case
from tests.browser.evening.verbs.risk import STILL, WHY_GRADE
from tests.browser.evening.walks.steps import closes, presses, records, says_in_thread
from tests.browser.test_access import faults


def test_a_supervisors_evening(enters: Entering, reporting: Reporting, axe: str) -> None:
    ref = ref_of(reporting(concern=True, graded=True, incident="LOG-3003"))
    sam, cal = enters("sam", "missing-cases"), enters("cal", "missing-cases")

    home = at_home(sam)
    expect(home).to_contain_text("Supervisor board")
    assert faults(sam, axe) == []
    presses(sam, "Sign off", ref)
    assert faults(sam, axe) == []
    records(sam, {"Your decision": Picked("Record as missing"), "Why?": "Nobody knows where he is"}, "Record")
    expect(sam.button(f"Sign off {ref}")).to_have_count(0)

    presses(sam, "Set enquiry", ref)
    enquiry = {
        "What is to be done?": "CCTV of the bus station",
        "Who does it": Chosen("Ola Brandt"),
        "Due in": Picked("30 min"),
    }
    records(sam, enquiry, "Set")
    expect(sam.button(f"Set enquiry {ref}")).to_have_count(0)

    in_case("Grade")(cal, ref)
    wish = {
        "Grade": Picked("Medium"),
        **STILL,
        "What changed, who says so, when? (optional)": "His teacher rang at 13:42",
        WHY_GRADE: "His teacher thinks he went to a friend",
    }
    records(cal, wish, "Record grade")
    sam.go(person="sam", channel="missing-cases")
    in_case("Decide")(sam, ref)
    expect(sam.modal).to_contain_text("Cal Reeve")
    assert faults(sam, axe) == []
    records(sam, {"Your decision": Picked("Refuse: the grade stays"), "Why?": "A guess"}, "Record")
    expect(sam.button(f"Decide {ref}")).to_have_count(0)
    expect(sam.modal).to_contain_text(
        re.compile(r"Graded HIGH 13:4\d Sam Doyle, who refused MEDIUM: A guess")
    )
    assert faults(sam, axe) == []
    presses(sam, "Review", ref)
    review = {**STILL, "What did the review find?": "All three still stand"}
    records(sam, review, "Record review")
    expect(sam.modal).to_contain_text("reviewed the grade: All three still stand")
    closes(sam)

    says_in_thread(sam, ref, "@missing who has it and what's late?")
    answer = sam.thread.locator("li.message", has_text="At 13:4").last
    expect(answer).to_contain_text("No owner")
    expect(answer).to_contain_text("Late: ")
    says_in_thread(sam, ref, "@missing timeline")
    picture = sam.thread.get_by_role("img", name=re.compile("Timeline|reported"))
    expect(picture).to_be_visible()
    assert faults(sam, axe) == []
