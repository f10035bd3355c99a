"""What a force counts by: asked on page 2 and when the child is found, in both without a tap where nothing is said."""

import os

from playwright.sync_api import expect

from tests.browser.evening.conftest import Entering
from tests.browser.evening.verbs.acts import Chosen, Picked, fill
from tests.browser.evening.walks.steps import closes, fills_page_1, opens
from tests.browser.screen import Screen


def picture(screen: Screen, name: str) -> None:
    if folder := os.environ.get("FACTS_PICTURES"):
        screen.page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def test_page_2_and_located_record_what_is_coded(enters: Entering) -> None:
    cal = enters("cal", "missing-cases")
    fills_page_1(cal, "LOG-4001")
    cal.button("Save, start clocks").click()
    expect(cal.modal).to_contain_text("SAVED 13:4")
    ref = cal.modal.get_by_role("heading", name="Risk: MC-").inner_text().removeprefix("Risk: ")
    picture(cal, "page2-top")
    fill(
        cal,
        {
            "Missing from (optional)": Chosen("School"),
            "Looked after by the local authority? (optional)": Picked("Yes"),
            "Sex (optional)": Chosen("Female"),
            "Ethnicity (optional)": Chosen("Mixed: White and Asian"),
        },
    )
    picture(cal, "page2-end")
    cal.button("Record").click()
    expect(cal.modal).to_have_count(0)
    expect(cal.message(ref)).to_contain_text("missing from: school · looked after")
    picture(cal, "card")
    opens(cal, ref)
    expect(cal.modal).to_contain_text(
        "Missing from: school · Looked after: yes · Sex: female · Ethnicity: mixed: White and Asian"
    )
    picture(cal, "open-case")
    cal.button(f"Located {ref}").first.click()
    fill(
        cal,
        {
            "Where is the child?": "The pier",
            "Who has seen the child in person?": Picked("Police"),
            "Who saw the child? Their name (optional)": "PC Lee",
            "Who found the child? (optional)": Chosen("Came back alone"),
            "Came the child to harm? (optional)": Chosen("None"),
        },
    )
    picture(cal, "located")
    cal.button("Record").last.click()
    expect(cal.modal).to_contain_text("Found by: came back alone · Harm: none")
    closes(cal)
