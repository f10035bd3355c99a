"""Advice on the wording: under a live field, on the next page, in the case once saved; it never stands in the way."""

from tests.handlers.evening import REPORT, Evening, id_of, typed
from tests.handlers.pressing import REF, open_case, recorded
from tests.handlers.test_report import PAGE_1, PAGE_2

ADVICE = "“Streetwise”: Say what was seen"
WORDS = "Streetwise, he will cope"


def test_under_the_field_while_it_is_typed_and_again_on_the_next_page(evening: Evening) -> None:
    cal = evening.person("cal")
    evening.missing("cal")
    evening.opened("cal", PAGE_1)
    cal.fill(typed({**REPORT, "why_worried": WORDS}))
    cal.choose("live", ["cse"], block_id="yes")
    page = evening.reads("cal", PAGE_1, ADVICE)
    assert page.values["why_worried"]["value"]["value"] == WORDS

    cal.submit({})

    assert evening.opened("cal", PAGE_2).says(f"On the wording of page 1. {ADVICE}")
    assert evening.case().why_worried == WORDS


def test_in_the_open_case_once_a_step_is_saved(evening: Evening) -> None:
    evening.report(1, by=id_of("cal"), incident="LOG-1042")
    open_case(evening, "sam")
    sam = evening.person("sam")
    sam.click("add_note", block_id="silent-case")
    evening.opened("sam", f"Note on {REF}")
    sam.submit(typed({"text": WORDS}))
    recorded(evening, "Noted")
    evening.reads("sam", REF, f"Saved. On the wording: {ADVICE}")
