"""The report's two pages and the open case in the page: what is wrong stands under its field; what lay behind is drawn
again. The other modals: test_verbs.py."""

import re

from playwright.sync_api import expect

from tests.browser.evening.conftest import Entering, Reported, ref_of
from tests.browser.evening.test_case import REPORT
from tests.browser.evening.verbs.acts import REQUIRED
from tests.browser.screen import Screen

WHY = "Why is this not missing? What is known, who said so, when?"


def more(screen: Screen, ref: str, verb: str) -> None:
    """From the menu of a case's card."""
    screen.choose(screen.message(ref).get_by_role("button", name="More actions"), verb)


def in_thread(screen: Screen, ref: str, words: str) -> None:
    """The case's thread says so; the modal is gone."""
    expect(screen.modal).to_have_count(0)
    if not screen.thread.is_visible():
        screen.message(ref).get_by_role("button", name=re.compile(r"\d+ repl(y|ies)")).click()
    expect(screen.thread).to_contain_text(words)


def refused(screen: Screen, label: str, words: str) -> None:
    expect(screen.field(label)).to_have_accessible_description(words)


def test_a_report_and_its_risks(enters: Entering) -> None:
    cal = enters("cal", "missing-cases")
    cal.say("/missing")
    for label, words in REPORT.items():
        cal.field(label).fill(words)
    cal.field("Incident number").fill("LOG-1043")
    cal.field("Last seen, when").fill("2359")
    cal.button("Save, start clocks").click()
    expect(cal.modal).to_contain_text(
        "Not saved. 23:59 today is still to come. For last night type: yest 2359."
    )
    expect(cal.field("Last seen, when")).to_be_focused()
    cal.field("Last seen, when").fill("yest 2359")
    cal.button("Save, start clocks").click()

    expect(cal.modal).to_contain_text("SAVED 13:")
    cal.button("Record the NO answers").click()
    yes, no = cal.field("Pregnancy").first, cal.field("Pregnancy").last
    expect(cal.field("Pregnancy")).to_have_count(2)
    yes.check()
    no.check()
    cal.button("Record").click()
    expect(cal.modal).to_contain_text("Ticked both YES and NO: Pregnancy. Untick one.")
    no.uncheck()
    cal.field("Medium").check()
    cal.button("Record").click()
    expect(cal.modal).to_contain_text("Not recorded. Say why.")
    cal.field("Why this grade? (optional)").fill("No risk of harm is known yet")
    cal.button("Record").click()

    expect(cal.modal).to_have_count(0)
    expect(cal.message("LOG-1043")).to_contain_text("YES: pregnancy")


def test_the_child_was_missing_before(enters: Entering, reported: Reported) -> None:
    reported()
    cal = enters("cal", "missing-cases")
    cal.say("/missing")
    for label, words in REPORT.items():
        cal.field(label).fill(words)
    cal.field("Incident number").fill("LOG-1045")
    cal.button("Save, start clocks").click()

    spoken = cal.modal.get_by_role("button", name="Same child as in").first.get_attribute("aria-label") or ""
    earlier = spoken.split()[-1]
    cal.button(spoken).click()
    expect(cal.button(spoken)).to_have_count(0)
    cal.button("Finish later").click()
    expect(cal.modal).to_have_count(0)
    cal.message("LOG-1045").get_by_role("button", name=re.compile(r"\d+ repl(y|ies)")).click()
    expect(cal.thread).to_contain_text(f"recognised the child of {earlier}")


def test_a_concern_for_safety_needs_its_reason(enters: Entering) -> None:
    cal = enters("cal", "missing-cases")
    cal.say("/missing")
    for label, words in REPORT.items():
        cal.field(label).fill(words)
    cal.field("Incident number").fill("LOG-1044")
    cal.button("Concern for safety instead").click()
    expect(cal.modal).to_contain_text("STOP. Whereabouts not known means MISSING.")
    cal.button("Keep as missing").click()
    expect(cal.field(WHY)).to_have_count(0)
    cal.button("Concern for safety instead").click()
    cal.field(WHY).fill("   ")
    cal.button("Save, start clocks").click()
    refused(cal, WHY, "Not saved. Say why this is not missing: what is known, who said so, when.")
    cal.field(WHY).fill("Believed to be walking home; his father said so")
    cal.button("Save, start clocks").click()

    expect(cal.modal).to_contain_text("SAVED 13:")
    cal.button("Finish later").click()
    expect(cal.message("LOG-1044")).to_contain_text("Concern for safety, whereabouts NOT known")


def test_the_open_case_and_telling_from_it(enters: Entering, reported: Reported) -> None:
    ref = ref_of(reported())
    fay, ola = enters("fay", "missing-cases"), enters("ola", "missing-cases")
    for screen in (fay, ola):
        screen.message(ref).get_by_role("button", name=f"Open case {ref}").click()
        expect(screen.modal).to_contain_text("OUTSTANDING")
    ola.modal.get_by_role("button", name=f"Take ownership {ref}").click()
    expect(ola.modal).to_contain_text("owner Ola Brandt")
    fay.modal.get_by_role("button", name=f"Acknowledge {ref}").click()
    expect(fay.modal).to_contain_text("owner Ola Brandt")

    fay.modal.get_by_role("button", name=f"Record told {ref}").first.click()
    expect(fay.modal.get_by_role("heading", name="Who was told")).to_be_visible()
    fay.button("Record").click()
    expect(fay.group("Who was told")).to_contain_text(REQUIRED)
    fay.field("The duty inspector").check()
    fay.field("How (optional)").fill("By radio")
    fay.field("Who did you speak to?").fill("Ian Frost")
    fay.button("Record").click()
    expect(fay.modal.get_by_role("heading", name=ref)).to_be_visible()
    fay.modal.get_by_role("button", name="Close", exact=True).last.click()
    in_thread(fay, ref, "By radio, Ian Frost")


def test_located_is_not_closed(enters: Entering, reported: Reported) -> None:
    ref = ref_of(reported())
    ola = enters("ola", "missing-cases")
    more(ola, ref, "Located")
    ola.field("Where is the child?").fill("At his grandmother's")
    ola.button("Record").click()
    expect(ola.group("Who has seen the child in person?")).to_contain_text(REQUIRED)
    ola.field("Nobody yet").check()
    ola.button("Record").click()
    in_thread(ola, ref, "At his grandmother's")
    expect(ola.message(ref)).not_to_contain_text("CLOSED")
