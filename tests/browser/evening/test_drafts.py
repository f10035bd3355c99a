"""What was typed when the telephone died, or the browser was closed on it, is there again on coming back."""

from playwright.sync_api import expect

from sandbox.client import Workspace
from tests.browser.evening.conftest import Entering, put_away


def test_a_report_goes_on_where_the_browser_died(enters: Entering, workspace: Workspace) -> None:
    sid = enters("sid", "missing-cases")
    sid.say("/missing")
    sid.field("Child's name").press_sequentially("Rowan Pike")
    sid.field("Why is the caller worried? (their own words)").press_sequentially(
        "He left a note on the kitchen table"
    )
    sid.field("Age or birth date").press_sequentially("12")
    expect(sid.modal).to_contain_text("PROPOSED: HIGH")  # Slack has told of all that was typed before it, too
    sid.page.close()
    put_away(workspace, "sid")

    sid = enters("sid", "missing-cases")
    sid.say("/missing")
    expect(sid.modal).to_contain_text("Continue your unfinished report from 13:4")
    sid.button("Continue").click()

    expect(sid.field("Child's name")).to_have_value("Rowan Pike")
    expect(sid.field("Why is the caller worried? (their own words)")).to_have_value(
        "He left a note on the kitchen table"
    )
    expect(sid.modal).to_contain_text("PROPOSED: HIGH")
    sid.page.keyboard.press("Escape")
    expect(sid.modal).to_have_count(0)
    sid.say("/missing")
    sid.button("Start again").click()
    expect(sid.field("Child's name")).to_have_value("")
