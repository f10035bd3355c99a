"""What one request asks of the record, asked in one go."""

from datetime import date

from msgspec.structs import replace

from bot.domain.facts import Child
from bot.domain.likeness import traces
from bot.ports.cases import Append, Sought
from bot.ports.drafts import DraftPlace, Saved
from bot.ports.stores import Stores
from tests.contract.steps import START
from tests.contract.test_drafts import typed
from tests.world import World

PLACE = DraftPlace("U-CAL", "report")
NOBODY = Sought(incident="LOG-9", person_ref="", traces=frozenset(), year=2026)


def with_a_case(stores: Stores) -> World:
    world = World(stores=stores)
    world.report(incident="LOG-1", child=Child(name="Rowan Pike", age=13, person_ref="P-77"))
    return world


def test_a_new_number_draws_a_reference_each_time(stores: Stores) -> None:
    assert [stores.cases.gather(NOBODY, 9).ref for _ in range(2)] == ["MC-26-0001", "MC-26-0002"]
    assert stores.cases.gather(replace(NOBODY, year=None), 9).ref == ""
    assert stores.cases.gather(NOBODY, 9).ref == "MC-26-0003"


def test_a_number_that_is_held_draws_none(stores: Stores) -> None:
    with_a_case(stores)
    for name in ("LOG-1", "MC-26-0001"):
        held = stores.cases.gather(replace(NOBODY, incident=name), 9)
        assert (held.holder, held.ref) == ("MC-26-0001", "")
    assert stores.cases.gather(NOBODY, 9).ref == "MC-26-0002"


def test_earlier_cases_come_by_person_and_by_trace(stores: Stores) -> None:
    world = with_a_case(stores)
    world.report(child=Child(name="Rowan Pyke", age=13))
    by_person = stores.cases.gather(replace(NOBODY, person_ref="P-77"), 9)
    assert by_person.episodes == ("MC-26-0001",)
    assert [case.ref for case in by_person.found] == ["MC-26-0001"]
    alike = stores.cases.gather(replace(NOBODY, traces=traces(world.case())), 9)
    assert (alike.episodes, [case.ref for case in alike.found]) == ((), ["MC-26-0001", "MC-26-0002"])
    assert alike.found[0] == world.case()


def test_however_many_share_a_name_so_many_are_read_and_who_was_born_that_day_is_among_them(
    stores: Stores,
) -> None:
    world = World(stores=stores)
    rowan = Child(name="Rowan Pike", age=13, born=date(2012, 5, 6))
    world.report(1, incident="LOG-1", child=rowan)
    for number in range(2, 8):
        world.report(number, incident=f"LOG-{number}", child=Child(name="Rowan Pike", age=13))
    found = stores.cases.gather(replace(NOBODY, traces=traces(world.case("MC-26-0001"))), 3).found
    assert {case.ref for case in found} == {"MC-26-0001", "MC-26-0006", "MC-26-0007"}


def test_a_step_forgets_the_draft_of_the_form_that_it_records(stores: Stores) -> None:
    world = with_a_case(stores)
    case = world.case()
    stores.drafts.keep(PLACE, typed("Rowan"), 100, 200)
    saved = Saved(place=PLACE, view="V1", machine_now=101, until=200)
    step = Append(case=case, entries=(), expected=case.version, wake_at=None, saved=saved)
    stores.cases.append(step)
    assert stores.drafts.find(PLACE, 102) is None
    stores.drafts.keep(PLACE, typed("Rowan P"), 103, 200)
    assert stores.drafts.find(PLACE, 104) is None, "a late word of the same form"


def test_a_request_hears_on_its_way_in_who_is_on_duty(stores: Stores) -> None:
    stores.documents.put("directory", b"{}")
    first, second = (stores.arrivals.arrive("Ev1", now, "directory") for now in (1, 2))
    assert (first.seen_before, second.seen_before) == (False, True)
    assert first.documents == (b"{}",)
    assert first.roster == stores.rosters.load()
    assert stores.arrivals.arrive("Ev2", START.hour, "nothing").documents == (None,)
