"""An officer's evening: asked, accepted, enquiries and information, the child found and spoken to; and the close."""

from playwright.sync_api import expect

from tests.browser.evening.conftest import Entering, Reporting, ref_of
from tests.browser.evening.test_home import at_home
from tests.browser.evening.verbs.acts import Chosen, Picked, in_case, in_messages, on_card_menu
from tests.browser.evening.walks.steps import closes, opens, presses, records
from tests.browser.test_access import faults


def test_an_officers_evening(enters: Entering, reporting: Reporting, axe: str) -> None:
    ref = ref_of(reporting(graded=True, incident="LOG-3004"))
    sam, cal, ola = (enters(name, "missing-cases") for name in ("sam", "cal", "ola"))

    on_card_menu("Assign")(sam, ref)
    records(sam, {"Who": Chosen("Ola Brandt")}, "Assign")
    in_messages("Accept")(ola, ref)
    expect(ola.button(f"Accept {ref}")).to_have_count(0)
    assert faults(ola, axe) == []

    in_case("Set enquiry")(sam, ref)
    enquiry = {
        "What is to be done?": "CCTV of the bus station",
        "Who does it": Chosen("Ola Brandt"),
        "Due in": Picked("30 min"),
    }
    records(sam, enquiry, "Set")
    closes(sam)
    in_case("New information")(cal, ref)
    records(cal, {"What is new? (their own words)": "Seen by the river at 13:30"}, "Save, start clock")

    home = at_home(ola)
    expect(home).to_contain_text("Officer board")
    expect(home).to_contain_text("Mine: ")
    expect(ola.button(f"Done {ref}")).to_be_visible()
    expect(ola.button(f"Consider {ref}")).to_be_visible()
    assert faults(ola, axe) == []
    presses(ola, "Consider", ref)
    records(ola, {"What follows from it?": "The helicopter looks there"}, "Record")
    expect(ola.button(f"Consider {ref}")).to_have_count(0)
    presses(ola, "Done", ref)
    records(ola, {"What came of it?": "He boarded the 14:02 alone"}, "Record result")
    expect(ola.button(f"Done {ref}")).to_have_count(0)

    ola.go(person="ola", channel="missing-cases")
    opens(ola, ref)
    presses(ola, "Located", ref)
    found = {
        "Where is the child?": "At his grandmother's",
        "Who has seen the child in person?": Picked("Police"),
        "Who saw the child? Their name (optional)": "PC Lee Cole",
    }
    records(ola, found, "Record")
    expect(ola.modal).to_contain_text("Seen in person")
    expect(ola.button(f"Close case {ref}")).to_have_count(0)
    assert faults(ola, axe) == []

    in_case("Close case")(sam, ref)
    expect(sam.modal).to_contain_text("Prevention interview not recorded")
    expect(sam.button("Close case")).to_have_count(0)
    assert faults(sam, axe) == []

    presses(ola, "Record", ref)
    records(ola, {"Face to face?": Picked("Face to face"), "By whom?": "Ola Brandt"}, "Record")
    closes(ola)

    closes(sam)
    in_case("Close case")(sam, ref)
    records(sam, {"Reason": "Back home with his father"}, "Close case")
    expect(sam.message(ref)).to_contain_text("CLOSED")
