"""What a force counts by: coded, optional, corrected like anything else, and never half saved (domain.md §4)."""

from datetime import timedelta

import pytest

from bot.domain.commands import Close, Command, Correct, Describe, Interview, Locate, Reopen, SetEnquiry
from bot.domain.content import ContentRules
from bot.domain.corrections import provenance
from bot.domain.facts import Cause, Child, Ethnicity, FoundBy, Grade, Harm, MissingFrom, Sex, as_ethnicity
from bot.domain.refusals import Because, Refused
from bot.views.wording import fact_words
from tests.world import TOLD, World, minutes

SEEN = Locate(where="Pier", seen_in_person=True)


@pytest.fixture
def world() -> World:
    world = World()
    world.report()
    return world


def test_the_second_page_says_what_it_knows_and_leaves_the_rest(world: World) -> None:
    world.do(1, "cal", Describe(missing_from="school", looked_after=False, sex="female", ethnicity="W1"))
    world.do(2, "cal", Describe(looked_after=True))
    case = world.case()
    assert (case.missing_from, case.sex, case.child.looked_after) == (MissingFrom.SCHOOL, Sex.FEMALE, True)
    assert case.child.ethnicity == Ethnicity.WHITE_BRITISH
    assert provenance(case, "missing_from").at == TOLD + minutes(1)
    assert provenance(case, "child.looked_after").at == TOLD + minutes(2)


@pytest.mark.parametrize(("age", "state"), [(17, "running"), (18, "off")])
def test_social_care_hears_of_a_child_in_care_and_of_no_adult(age: int, state: str) -> None:
    world = World()
    world.report(child=Child(name="Val Sale", age=age, looked_after=True), grade=world.graded(Grade.MEDIUM))
    assert world.state("social-care-told") == state


def test_what_is_corrected_after_it_was_described_says_so(world: World) -> None:
    world.do(1, "cal", Describe(sex="female"))
    world.do(2, "cat", Correct(field="sex", to="male", why="Misheard"))
    assert (world.case().sex, provenance(world.case(), "sex").recorded_by) == (Sex.MALE, "cat")
    world.do(3, "cal", Describe(sex="female"))
    assert provenance(world.case(), "sex").recorded_by == "cal"


@pytest.mark.parametrize(
    ("step", "field"),
    [
        (Describe(), "missing_from"),
        (Describe(missing_from="mars"), "missing_from"),
        (Describe(sex="mars"), "sex"),
        (Describe(ethnicity="martian"), "ethnicity"),
        (Locate(where="Pier", seen_in_person=True, found_by="mars"), "found_by"),
        (Locate(where="Pier", seen_in_person=True, harm="mars"), "harm"),
        (Locate(where="Pier", seen_in_person=True, cause="mars"), "cause"),
        (Close(reason="Back", harm="mars"), "harm"),
        (Correct(field="child.ethnicity", to="martian", why="x"), "to"),
        (Correct(field="missing_from", to="mars", why="x"), "to"),
        (Correct(field="child.looked_after", to="perhaps", why="x"), "to"),
    ],
)
def test_an_unknown_code_is_refused_and_nothing_is_saved(step: Command, field: str, world: World) -> None:
    before = world.case()
    assert world.refused(1, "sam", step) is Because.REQUIRED_FIELD
    assert world.case() == before


def test_a_report_with_an_unknown_code_is_no_report() -> None:
    for wrong in ({"missing_from": "mars"}, {"sex": "mars"}):
        world = World()
        with pytest.raises(Refused) as no:
            world.report(**wrong)
        assert no.value.because is Because.REQUIRED_FIELD
        assert world.stores.cases.load("MC-26-0001") is None


def test_in_reference_only_mode_an_ethnicity_is_a_code() -> None:
    world = World(content=ContentRules(full=False))
    with pytest.raises(Refused) as no:
        world.report(child=Child(age=13, ethnicity="Somebody's own words"))
    assert no.value.because is Because.REQUIRED_FIELD
    world.report(child=Child(age=13, ethnicity="w9"))
    assert world.case().child.ethnicity == Ethnicity.WHITE_OTHER


def test_in_full_content_somebodys_own_words_stay_as_they_are() -> None:
    world = World()
    world.report(child=Child(name="Wren Hale", age=13, ethnicity="Her own words"))
    assert world.case().child.ethnicity == "Her own words"


@pytest.mark.parametrize(
    ("said", "code"),
    [("White British", "white_british"), ("W3", "gypsy_or_irish_traveller"), ("NS", "not_stated"), ("", "")],
)
def test_an_ethnicity_goes_by_its_words_and_by_the_police_code(said: str, code: str) -> None:
    assert as_ethnicity(said) == code


def test_every_code_has_words() -> None:
    kinds = {MissingFrom, Sex, Ethnicity, FoundBy, Harm, Cause}
    assert {frozenset(said) for said in fact_words.CHOICES.values()} == {frozenset(kind) for kind in kinds}


def test_what_is_said_last_of_how_the_child_was_found_stands(world: World) -> None:
    world.do(1, "ola", Locate(where="Pier", seen_in_person=False, found_by="public", harm="not_known"))
    world.do(2, "ola", Locate(where="Pier", seen_in_person=True, found_by="police"))
    world.do(3, "ola", Interview(kind="prevention", in_person=True))
    world.do(4, "sam", Close(reason="Back", harm="none", cause="school"))
    back = world.case().back
    assert (back.found_by, back.harm, back.cause) == (FoundBy.POLICE, Harm.NONE, Cause.SCHOOL)
    world.do(5, "sam", Reopen(why="Gone again"))
    back = world.case().back
    assert (back.found_by, back.harm, back.cause) == (None, None, None)


def test_a_reason_that_is_a_code_says_why_the_child_was_missing(world: World) -> None:
    world.do(2, "ola", SEEN)
    world.do(3, "ola", Interview(kind="prevention", in_person=True))
    world.do(4, "sam", Close(reason="family"))
    assert (world.case().back.cause, world.case().ending.reason) == (Cause.FAMILY, "family")


def test_what_was_asked_of_a_suspect_stands_with_the_arrest_alone(world: World) -> None:
    due = TOLD + timedelta(hours=2)

    def wish(kind: str) -> SetEnquiry:
        return SetEnquiry(id=kind, text="Him", owner="ola", due_at=due, kind=kind, nationality_asked=True)

    assert world.refused(1, "sam", wish("cawn")) is Because.REQUIRED_FIELD
    world.do(1, "sam", wish("circulate"))
    arrest = world.case().enquiries["circulate"]
    assert (arrest.ethnicity_asked, arrest.nationality_asked) == (False, True)
    assert fact_words.asked_of_suspect(arrest) == "Asked: nationality"
