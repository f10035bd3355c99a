"""A case that cannot be read keeps nobody from the others, and whoever asks for it is told what to do instead."""

from collections.abc import Iterator

import pytest

from bot.domain.facts import Child
from bot.domain.people import Role
from bot.ports.stores import Stores
from bot.store.redis_stores import RedisStores
from tests.damage import Damage
from tests.handlers.evening import REPORT, Evening, an_evening, id_of, typed
from tests.handlers.test_report import PAGE_1
from tests.handlers.test_shortcut import NEW, WHICH, said
from tests.handlers.test_threads import ask, ask_anywhere
from tests.world import answers

pytestmark = pytest.mark.redis

BAD, WELL = "MC-26-0001", "MC-26-0002"
INSTEAD = f"Not done. {BAD} cannot be read. Work it from the incident log, and call the technician."


@pytest.fixture
def evening(redis_stores: RedisStores) -> Iterator[Evening]:
    """Two open cases of one child, both HIGH and both paged to the FIM."""
    with an_evening(stores=redis_stores) as running:
        for number in (1, 2):
            child = Child(name="Rowan Pike", age=13, person_ref="P-77")
            running.report(
                1, by=id_of("cal"), incident=f"LOG-{number}", child=child, markers=answers("abduction")
            )
        running.until(1)
        yield running


@pytest.fixture
def damage(evening: Evening) -> Damage:
    """Not begun yet."""
    stores: Stores = evening.stores
    return Damage(stores, BAD)


def test_acknowledging_many_acknowledges_the_others(evening: Evening, damage: Damage) -> None:
    cases = [evening.case(ref) for ref in (BAD, WELL)]
    digest = evening.post(evening.screens.digest(cases, Role.FIM), "fim")
    damage.strike()
    evening.person("fay").click("acknowledge_many", on=digest, confirm=True)
    evening.told("fay", f"You know about 1.\n{BAD}: {INSTEAD}")
    assert evening.state("fim-aware", WELL) == "met"


def test_a_step_on_it_is_refused_with_what_to_do(evening: Evening, damage: Damage) -> None:
    card = evening.post(evening.screens.card(evening.case()))
    damage.strike()
    evening.person("ola").click("take", on=card)
    evening.told("ola", INSTEAD)


def test_so_is_a_question_about_it(evening: Evening, damage: Damage) -> None:
    damage.strike()
    ask_anywhere(evening, f"status {BAD}")
    evening.told("sam", INSTEAD)


def test_and_one_that_only_its_history_could_answer(evening: Evening, damage: Damage) -> None:
    damage.strike(snapshot=False)
    ask_anywhere(evening, f"status {BAD}")
    evening.told("sam", INSTEAD)


def test_a_question_about_the_childs_other_case_names_it(evening: Evening, damage: Damage) -> None:
    card = evening.post(evening.screens.card(evening.case(WELL)))
    damage.strike()
    ask(evening, card, "any previous?")
    evening.workspace.expect(f"Could not be read, and not counted: {BAD}. Look in the incident log.", "cases")


def test_information_is_added_to_the_others(evening: Evening, damage: Damage) -> None:
    damage.strike()
    sam = evening.person("sam")
    sam.shortcut("add_information", on=said(evening, "Seen at the bus station"))
    assert evening.opened("sam", WHICH).says(f"1 case could not be read:* {BAD}. Call the technician.")
    sam.submit(typed({"case": WELL}))
    evening.opened("sam", NEW)


def test_a_new_report_is_saved(evening: Evening, damage: Damage) -> None:
    damage.strike()
    evening.missing("cal")
    evening.opened("cal", PAGE_1)
    evening.person("cal").submit(typed({**REPORT, "person_ref": "P-77"}))
    assert evening.opened("cal", "Risk: MC-26-0003").says(f"{BAD} could not be read")
