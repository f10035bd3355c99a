"""What several people of an evening do, as they do it in the page."""

from collections.abc import Mapping

from playwright.sync_api import Locator, expect

from tests.browser.evening.test_case import REPORT
from tests.browser.evening.verbs.acts import Answer, fill, open_case
from tests.browser.screen import Screen


def fills_page_1(screen: Screen, incident: str, *yes: str, told: str = REPORT["Police told at"]) -> None:
    screen.say("/missing")
    fill(screen, {**REPORT, "Incident number": incident, "Police told at": told})
    for label in yes:
        screen.field(label).check()


def reports(screen: Screen, incident: str, *yes: str, told: str = REPORT["Police told at"]) -> str:
    """Page 1 alone: the rest is left for later. The case's reference."""
    fills_page_1(screen, incident, *yes, told=told)
    screen.button("Save, start clocks").click()
    page_2 = screen.modal.get_by_role("heading", name="Risk: MC-")
    ref = page_2.inner_text().removeprefix("Risk: ")
    screen.button("Finish later").click()
    expect(screen.message(ref)).to_be_visible()
    return ref


def opens(screen: Screen, ref: str) -> None:
    """The open case, from its card."""
    open_case(screen, ref)


def presses(screen: Screen, label: str, ref: str) -> None:
    """In the open case, or on a page of one's own."""
    screen.button(f"{label} {ref}").first.click()


def records(screen: Screen, answers: Mapping[str, Answer], saves: str) -> None:
    """Fills in the view in front and sends it; what lay behind it comes back."""
    fill(screen, answers)
    screen.button(saves).click()
    expect(screen.button(saves)).to_have_count(0)


def closes(screen: Screen) -> None:
    screen.modal.get_by_role("button", name="Close", exact=True).last.click()
    expect(screen.modal).to_have_count(0)


def in_thread(screen: Screen, ref: str) -> Locator:
    if not screen.thread.is_visible():
        screen.message(ref).hover()
        screen.message(ref).get_by_role("button", name="Reply in thread").click()
    return screen.thread


def says_in_thread(screen: Screen, ref: str, words: str) -> None:
    in_thread(screen, ref).get_by_role("textbox").fill(words)
    screen.press("Enter")
