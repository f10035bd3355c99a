"""SEEN BEFORE? on page 2, before the grade (screens.md §1; IOPC, Dorset, and Devon & Cornwall)."""

import pytest

from bot.domain.commands import Locate
from bot.domain.facts import Child, Grade
from tests.handlers.evening import REFERENCES, REPORT, Evening, id_of, typed
from tests.handlers.test_report import PAGE_1

PAGE = "Risk: MC-26-0002"
EARLIER = "MC-26-0001"
CALMER = {**REPORT, "yes": [], "incident": "LOG-1050"}


@pytest.fixture
def before(evening: Evening) -> Evening:
    """Found two hours ago; nobody gave a person record."""
    evening.timer_runs = False
    evening.report(
        1,
        by=id_of("cat"),
        incident="LOG-1042",
        child=Child(name="Pyke Rowan", age=13),
        grade=evening.graded(Grade.HIGH),
    )
    evening.do(10, id_of("ola"), Locate(where="A friend's", seen_in_person=True))
    evening.until(130)
    return evening


def report(evening: Evening, said: dict[str, object]) -> None:
    evening.missing("cal")
    evening.opened("cal", PAGE_1)
    evening.person("cal").submit(typed({**said, "told_at": "1550"}))


def test_a_name_spelt_otherwise_is_shown_before_the_grade_and_noted(before: Evening) -> None:
    report(before, CALMER)
    page = before.opened("cal", PAGE)
    assert page.says("SEEN BEFORE?* Likely same child: name alike (Pyke Rowan, 13): 2 Mar, HIGH")
    assert page.says("WITHIN 24 H of MC-26-0001* (found 13:50). Coming back does not reset the risk.")
    assert page.words.index("SEEN BEFORE") < page.words.index("Grade")
    assert before.did("MC-26-0002") == ["Reported", "EpisodesShown"]
    assert (id_of("cal"), "earlier episode") in before.viewed


@pytest.mark.parametrize(
    ("earlier", "typed_now"),
    [
        ("Michał Głowacki", "Michal Glowacki"),
        ("Michal Glowacki", "Michał Głowacki"),
        ("Sian O'Brien", "Sian OBrien"),
        ("Sian OBrien", "O’Brien Siân"),
        ("Lena Smith-Jones", "Lena Smith Jones"),
    ],
)
def test_a_name_is_found_by_the_letters_that_somebody_has(
    evening: Evening, earlier: str, typed_now: str
) -> None:
    evening.timer_runs = False
    evening.report(1, by=id_of("cat"), incident="LOG-1042", child=Child(name=earlier, age=13))
    evening.until(130)
    report(evening, {**CALMER, "name": typed_now})
    assert evening.opened("cal", PAGE).says("SEEN BEFORE?* Likely same child: name alike")


def test_same_child_lets_the_earlier_grade_count_and_keeps_what_was_ticked(before: Evening) -> None:
    report(before, CALMER)
    before.opened("cal", PAGE)
    cal = before.person("cal")
    cal.choose("live", ["mental_health"], block_id="yes_health")
    before.settle()
    assert before.case("MC-26-0002").running_grade is Grade.MEDIUM

    cal.click("same_child")

    page = before.reads("cal", PAGE, "SEEN BEFORE.* Same child (Pyke Rowan, 13): 2 Mar, HIGH")
    assert page.says("Its HIGH counts here: less needs a second person.") and page.says(
        "Missing before: 1 in 24 h"
    )
    assert "same_child" not in page.action_ids
    ticked = page.values["yes_health"]["live"]["selected_options"]
    assert [option["value"] for option in ticked] == ["mental_health"]
    assert before.case("MC-26-0002").running_grade is Grade.HIGH
    cal.choose("live", "medium", block_id="level")
    before.reads("cal", PAGE, "DOWNGRADE from HIGH")


def test_the_earlier_case_opens_over_the_page(before: Evening) -> None:
    report(before, CALMER)
    before.opened("cal", PAGE)
    cal = before.person("cal")
    cal.click("open_case")
    before.opened("cal", EARLIER)
    cal.close()
    before.opened("cal", PAGE)


def test_another_child_is_not_shown(before: Evening) -> None:
    report(before, {**CALMER, "name": "Robin Vale"})
    assert not before.opened("cal", PAGE).says("SEEN BEFORE")
    assert before.did("MC-26-0002") == ["Reported"]


def test_reference_only_finds_by_incident_number_and_names_nobody(discreet: Evening) -> None:
    discreet.report(1, by=id_of("cat"), incident="LOG 1050", child=Child(age=13))
    discreet.missing("cal")
    discreet.opened("cal", PAGE_1)
    discreet.person("cal").submit(typed({**REFERENCES, "incident": "LOG-1050"}))
    page = discreet.opened("cal", PAGE)
    assert page.says("SEEN BEFORE?* Same incident number (age 13)")


def test_what_would_be_a_fourth_view_takes_the_thirds_place(before: Evening) -> None:
    sam = before.person("sam")
    before.missing("sam")
    before.opened("sam", PAGE_1)
    sam.submit(typed({**CALMER, "told_at": "1550"}))
    before.opened("sam", PAGE)
    sam.click("open_case")
    before.opened("sam", EARLIER)
    sam.click("close")
    before.opened("sam", "Close case")

    sam.click("interview")

    before.opened("sam", "Interview")
    sam.submit(typed({"how": "face_to_face", "by_whom": "Ola Brandt"}))
    before.reads("sam", EARLIER, "recorded the prevention interview, face to face: Ola Brandt")
    assert len(before.workspace.calls("views.push")) == 2


def test_one_that_cannot_be_read_is_named_on_the_page_and_in_the_thread(before: Evening) -> None:
    """The report is saved all the same, and its second page comes."""
    before.report(10, by=id_of("cat"), child=Child(name="Rowan Pike", age=13, person_ref="P-77"))
    del before.stores.cases._cases["MC-26-0002"]  # type: ignore[attr-defined]
    said = "MC-26-0002 could not be read, and no grade of theirs counts here. Call the technician."
    report(before, {**CALMER, "person_ref": "P-77"})
    assert before.opened("cal", "Risk: MC-26-0003").says(said)
    before.person("cal").choose("live", ["mental_health"], block_id="yes_health")
    assert before.reads("cal", "Risk: MC-26-0003", "Yes 1 ").says(said)
    assert before.did("MC-26-0003")[:2] == ["Reported", "EpisodesUnread"]
