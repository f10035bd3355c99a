"""What the caller's words ask stands in the page while they are typed, and on the card until somebody answers."""

from playwright.sync_api import expect

from tests.browser.evening.conftest import Entering
from tests.browser.evening.test_case import REPORT
from tests.browser.screen import Screen

WORDS = "She told her nan she'll kill herself, and she hasn't got her insulin"
SUICIDE = "Their words say 'kill herself'. Suicidal statement today?"


def worried_label(screen: Screen) -> str:
    return next(label for label in REPORT if "worried" in label)


def test_the_words_ask_and_a_person_answers(enters: Entering) -> None:
    cal = enters("cal", "missing-cases")
    cal.say("/missing")
    for label, words in REPORT.items():
        cal.field(label).fill(words)
    cal.field("Incident number").fill("LOG-1077")
    cal.field(worried_label(cal)).fill(WORDS)
    expect(cal.modal).to_contain_text(SUICIDE)
    expect(cal.modal).to_contain_text("PROPOSED: MEDIUM")

    cal.group(SUICIDE).get_by_role("radio", name="Yes").check()
    expect(cal.modal).to_contain_text("PROPOSED: HIGH")
    expect(cal.field(worried_label(cal))).to_have_value(WORDS)
    cal.button("Save, start clocks").click()

    expect(cal.modal).to_contain_text("SAVED 13:")
    expect(cal.modal).not_to_contain_text(SUICIDE)
    expect(cal.modal).to_contain_text("Needs medication?")
