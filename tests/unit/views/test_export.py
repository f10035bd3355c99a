"""Given a case, exported, then it reads as the case does; what is left out is nowhere in it; and a change is found."""

import json

import pytest

from bot.views.plain.export_document import Redaction, exported, sum_of
from bot.views.plain.export_page import document_in, page
from tests.unit.views.busy import busy
from tests.unit.views.story import Told, rowan
from tests.world import PEOPLE

CANARY = "Quillfeather <script>alert(1)</script> & Sons"


def made(told: Told, redaction: Redaction = Redaction.NONE) -> dict[str, object]:
    entries = told.stores.cases.entries("MC-26-0001")
    return exported(told.case(), entries, told.setting.at(told.clock.now()), redaction, "Sam Ward")


def test_it_says_how_the_case_stands_and_all_that_was_done() -> None:
    document = made(rowan())
    text = page(document)
    assert document["case"]["grade"] == "high"  # type: ignore[index]
    assert document["timeline"][0]["type"] == "Reported"  # type: ignore[index]
    for words in ("OFFICIAL-SENSITIVE", "Rowan Pike", "Timeline, oldest first", "exported by Sam Ward"):
        assert words in text
    assert text.count("OFFICIAL-SENSITIVE") >= 3, "above, below, and in the title"


def test_both_forms_hold_the_same_document() -> None:
    document = made(rowan())
    assert document_in(page(document)) == document == document_in(json.dumps(document))
    assert page(document_in(page(document))) == page(document)


@pytest.mark.parametrize("redaction", Redaction)
def test_what_somebody_typed_is_text_and_nothing_else(redaction: Redaction) -> None:
    text = page(made(busy(CANARY, full=True), redaction))
    assert "<script>alert" not in text
    assert text.count("</script>") == 1


def test_without_names_and_words_none_of_them_is_in_it() -> None:
    for full in (True, False):
        assert "Quillfeather" not in page(made(busy(CANARY, full=full), Redaction.REFERENCES))


def test_a_whole_export_leaves_nothing_out_whatever_slack_may_carry() -> None:
    """A case is erased once it was exported: what was not exported would be gone."""
    for full in (True, False):
        assert "Quillfeather" in page(made(busy(CANARY, full=full)))


def test_without_staff_each_is_a_role_and_a_number() -> None:
    told = busy("Words", full=True)
    text = page(made(told, Redaction.STAFF)).replace("exported by Sam Ward", "")
    names = [told.setting.directory.name(person) for person in PEOPLE]
    assert not [name for name in names if f"{name} " in text or f"{name}<" in text]
    assert "supervisor 1 (supervisor)" in text or "supervisor 1" in text


def test_a_change_is_found() -> None:
    document = made(rowan())
    assert sum_of(document) == document["sha256"]
    document["case"]["grade"] = "low"  # type: ignore[index]
    assert sum_of(document) != document["sha256"]
