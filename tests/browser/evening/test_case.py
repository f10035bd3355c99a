"""One child's case in the page: reported without a mouse, known about by a click, asked about in its thread."""

import re

from playwright.sync_api import expect

from bot.domain.facts import MARKERS
from tests.browser.evening.conftest import Entering, Reported, ref_of
from tests.browser.keyboard import Keyboard

REPORT = {
    "Child's name": "Rowan Pike",
    "Age or birth date": "13",
    "Why is the caller worried? (their own words)": "He texted me that he wants to end it.",
    "Last seen, when": "1245",
    "Last seen, where": "Avonmead School",
    "Reporter: name": "Tom Pike",
    "Reporter: number": "07700 900001",
    "Reporter: relationship": "father",
    "Incident number": "LOG-1042",
    "Police told at": "1340",
}


def test_a_report_of_three_yes_and_four_no_by_keyboard_alone_costs_little(enters: Entering) -> None:
    cal = enters("cal", "missing-cases")
    keyboard = Keyboard(cal)
    keyboard.types(cal.composer, "/missing")
    keyboard.presses(cal.composer)

    expect(cal.field("Child's name")).to_be_focused()
    for label in list(REPORT)[:3]:
        keyboard.types(cal.field(label), REPORT[label])
    keyboard.ticks(cal.field("Suicidal statement today"))
    keyboard.ticks(cal.field("Self-harm, now or before"))
    expect(cal.modal).to_contain_text("PROPOSED: HIGH. You decide.")
    for label in list(REPORT)[3:-1]:
        keyboard.types(cal.field(label), REPORT[label])
    expect(cal.field("Police told at")).to_have_value(
        re.compile(r"13\d\d")
    )  # now, unless somebody says otherwise
    keyboard.presses(cal.button("Save, start clocks"))

    expect(cal.modal.get_by_role("heading", name="Risk: MC-")).to_be_visible()
    keyboard.ticks(cal.field("Mental health"))
    keyboard.presses(cal.button("Record the NO answers"))
    for told_no in ("May be abducted", "Sexual exploitation", "Criminal exploitation", "Needs medication"):
        keyboard.ticks(cal.field(told_no))
    expect(cal.modal).to_contain_text("Yes 3 · No 4 · ")
    keyboard.ticks(cal.field("High"))
    keyboard.types(cal.field("Why this grade? (optional)"), "Said today that he wants to end it")
    keyboard.presses(cal.button("Record"))

    expect(cal.modal).to_have_count(0)
    card = cal.message("LOG-1042")
    expect(card).to_contain_text(re.compile(r"HIGH · MC-\d\d-\d{4} · age 13"))
    expect(card).to_contain_text("Rowan Pike · Missing · no owner")
    expect(card).to_contain_text("YES: suicidal statement today; self-harm; mental health")
    expect(card).to_contain_text(f"{len(MARKERS) - 7} risk questions not answered")
    assert keyboard.seconds <= 90 and keyboard.taps <= 12, (keyboard.typed, keyboard.taps)


def test_what_is_typed_outlives_a_live_line_that_is_drawn_again(enters: Entering) -> None:
    cal = enters("cal", "missing-cases")
    cal.say("/missing")
    cal.field("Child's name").fill("Rowan Pike")
    cal.tab_to(cal.field("Not known, or a guess"))
    cal.press("ArrowDown")
    expect(cal.modal).to_contain_text("CONCERN FOR SAFETY, whereabouts known")
    cal.press("ArrowUp")
    expect(cal.modal).to_contain_text("Category: MISSING")
    expect(cal.field("Child's name")).to_have_value("Rowan Pike")


def test_a_fim_acknowledges_by_a_click_on_the_page_card(enters: Entering, reported: Reported) -> None:
    ref = ref_of(reported())
    fay = enters("fay", "fim")
    page = fay.message(ref)
    expect(page).to_contain_text("acknowledge by")

    page.get_by_role("button", name=f"Acknowledge {ref}").click()

    expect(page).to_contain_text("child still missing")
    expect(page).to_contain_text("Fay Marsh is aware")
    expect(page.get_by_role("button", name=f"Acknowledge {ref}")).to_have_count(0)
    expect(page.get_by_role("button", name=f"Open case {ref}")).to_be_visible()


def test_a_supervisor_asks_in_the_cases_thread_and_is_answered(enters: Entering, reported: Reported) -> None:
    ref = ref_of(reported())
    sam = enters("sam", "missing-cases")
    sam.message(ref).hover()
    sam.message(ref).get_by_role("button", name="Reply in thread").click()

    sam.thread.get_by_role("textbox").fill("@missing status")
    sam.press("Enter")

    answer = sam.thread.locator("li.message", has_text="Next:")
    expect(answer).to_contain_text(re.compile(r"At 13:4\d\. HIGH \(Cal Reeve, 13:4\d\)"))
    expect(answer).to_contain_text("No owner")
    answer.get_by_role("button", name=f"Open case {ref}").click()
    expect(sam.modal.get_by_role("heading", name=ref)).to_be_visible()


def test_what_one_person_may_not_do_is_refused_to_that_person_only(
    enters: Entering, reported: Reported
) -> None:
    ref = ref_of(reported())
    cal, sam = enters("cal", "missing-cases"), enters("sam", "missing-cases")
    cal.button(f"Take ownership of {ref}").click()
    refused = cal.message("Nothing changed; the attempt was logged.")
    expect(refused).to_contain_text("Only visible to you")
    cal.say("Nobody has it yet")
    expect(sam.message("Nobody has it yet")).to_be_visible()
    expect(sam.message("Nothing changed; the attempt was logged.")).to_have_count(0)
