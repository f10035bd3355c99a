"""What a desk may rely on, whatever keeps the cases."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from msgspec.structs import replace

from bot.domain import events
from bot.domain.likeness import Trace, traces
from bot.ports.cases import OpenCases
from bot.ports.errors import Conflict, DuplicateIncident
from bot.ports.stores import Stores
from tests.contract.steps import START, minutes, note, report, row, step

REF = "MC-26-0001"


def test_what_was_appended_is_read_back(stores: Stores) -> None:
    first = report(REF)
    stores.cases.append(first)
    second = note(first.case, at=5)
    stores.cases.append(second)

    assert stores.cases.load(REF) == second.case
    assert stores.cases.entries(REF) == [*first.entries, *second.entries]


def test_an_unknown_case_is_nothing(stores: Stores) -> None:
    assert stores.cases.load("MC-26-9999") is None
    assert stores.cases.entries("MC-26-9999") == []
    assert stores.cases.find_incident("LOG-9999") is None
    assert stores.cases.episodes("P-9999") == []


def test_every_case_is_named_closed_or_not(stores: Stores) -> None:
    assert stores.cases.refs() == []
    for ref in ("MC-26-0002", REF):
        stores.cases.append(report(ref, incident=f"LOG-{ref}"))
    assert stores.cases.refs() == [REF, "MC-26-0002"]


def test_references_count_up_within_their_year(stores: Stores) -> None:
    drawn = [stores.cases.new_ref(year) for year in (2026, 2026, 2027)]
    assert drawn == ["MC-26-0001", "MC-26-0002", "MC-27-0001"]


def test_the_second_of_two_writers_is_told_and_writes_nothing(stores: Stores) -> None:
    opened = report(REF, wake=5).case
    stores.cases.append(report(REF, wake=5))
    winner = note(opened, "first", wake=10)
    stores.cases.append(winner)

    with pytest.raises(Conflict):
        stores.cases.append(note(opened, "second", wake=1, outgoing=(row(),)))

    assert stores.cases.load(REF) == winner.case
    assert len(stores.cases.entries(REF)) == 2
    assert stores.due.next_at() == minutes(10)
    assert stores.outbox.lanes() == []


def test_the_same_words_by_the_same_person_at_the_same_moment_are_another_step(stores: Stores) -> None:
    opened = report(REF)
    stores.cases.append(opened)
    stores.cases.append(note(opened.case, "Called"))
    with pytest.raises(Conflict):
        stores.cases.append(note(opened.case, "Called"))


def test_a_case_is_not_opened_twice(stores: Stores) -> None:
    stores.cases.append(report(REF))
    with pytest.raises(Conflict):
        stores.cases.append(report(REF))


def test_nothing_is_added_to_a_case_that_is_not_there(stores: Stores) -> None:
    with pytest.raises(Conflict):
        stores.cases.append(note(report(REF).case))
    assert stores.cases.load(REF) is None


def test_writers_who_try_again_lose_nothing(stores: Stores) -> None:
    stores.cases.append(report(REF))

    def write(name: str) -> None:
        for number in range(25):
            _note_until_taken(stores, f"{name} {number}")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, ["ann", "ben", "cat", "dan"]))

    noted = [entry.event.text for entry in stores.cases.entries(REF) if isinstance(entry.event, events.Noted)]
    assert sorted(noted) == sorted(f"{name} {n}" for name in ("ann", "ben", "cat", "dan") for n in range(25))
    case = stores.cases.load(REF)
    assert case is not None and case.version == 101


def _note_until_taken(stores: Stores, text: str) -> None:
    while True:
        case = stores.cases.load(REF)
        assert case is not None
        try:
            return stores.cases.append(note(case, text))
        except Conflict:
            continue


def test_an_incident_number_has_one_case_and_finds_it(stores: Stores) -> None:
    stores.cases.append(report(REF, incident="LOG-77", wake=5))

    with pytest.raises(DuplicateIncident) as taken:
        stores.cases.append(report("MC-26-0002", incident="LOG-77", wake=1))

    assert taken.value.ref == REF
    assert stores.cases.find_incident("LOG-77") == REF
    assert stores.cases.load("MC-26-0002") is None
    assert stores.due.next_at() == minutes(5)


def test_cases_without_an_incident_number_are_not_each_others_double(stores: Stores) -> None:
    for ref in ("MC-26-0001", "MC-26-0002"):
        opened = report(ref)
        unnumbered = replace(opened.case, incident="")
        stores.cases.append(replace(opened, case=unnumbered))
    assert stores.cases.find_incident("") is None


def test_episodes_of_a_child_come_in_the_order_police_were_told(stores: Stores) -> None:
    stores.cases.append(report("MC-26-0001", person="P-1", told=30))
    stores.cases.append(report("MC-26-0002", person="P-1", told=10))
    stores.cases.append(report("MC-26-0003", person="P-2", told=20))
    assert stores.cases.episodes("P-1") == ["MC-26-0002", "MC-26-0001"]


def test_a_corrected_person_ref_moves_the_episode(stores: Stores) -> None:
    opened = report(REF, person="P-1")
    stores.cases.append(opened)
    stores.cases.append(
        step(opened.case, events.Corrected(field="child.person_ref", to="P-2", why="Typed wrong"))
    )
    assert stores.cases.episodes("P-1") == []
    assert stores.cases.episodes("P-2") == [REF]


def test_a_corrected_time_moves_the_episode_within_its_line(stores: Stores) -> None:
    later = report("MC-26-0002", person="P-1", told=10)
    stores.cases.append(report(REF, person="P-1", told=0))
    stores.cases.append(later)
    told = minutes(-60).isoformat()
    stores.cases.append(step(later.case, events.Corrected(field="reported_at", to=told, why="Typed wrong")))
    assert stores.cases.episodes("P-1") == ["MC-26-0002", REF]


def test_a_likely_episode_is_found_by_its_traces_the_newest_of_each(stores: Stores) -> None:
    for number, told in ((1, 30), (2, 10), (3, 20)):
        stores.cases.append(report(f"MC-26-000{number}", told=told))
    name = [trace for trace in traces(report(REF).case) if trace.kind == "name"]
    assert stores.cases.alike(name, 9) == ["MC-26-0001", "MC-26-0002", "MC-26-0003"]
    assert stores.cases.alike(name, 2) == ["MC-26-0001", "MC-26-0003"]
    assert stores.cases.alike([], 9) == []
    assert stores.cases.alike([Trace("born", "Wren Hale")], 9) == []


def test_a_corrected_name_leaves_no_trace_of_the_wrong_one(stores: Stores) -> None:
    opened = report(REF)
    stores.cases.append(opened)
    wrong = traces(opened.case) - traces(report(REF, name="Sol Vane").case)
    mended = step(opened.case, events.Corrected(field="child.name", to="Sol Vane", why="Misheard"))
    stores.cases.append(mended)
    assert stores.cases.alike(wrong, 9) == []
    assert stores.cases.alike(traces(mended.case), 9) == [REF]


def test_a_child_of_no_person_ref_has_no_episodes(stores: Stores) -> None:
    stores.cases.append(report(REF))
    assert stores.cases.episodes("") == []


def test_a_closed_case_leaves_the_open_ones_until_it_is_reopened(stores: Stores) -> None:
    first, second = report(REF), report("MC-26-0002")
    stores.cases.append(first)
    stores.cases.append(second)
    closed = step(first.case, events.Closed(reason="Home"))
    stores.cases.append(closed)
    assert stores.cases.open_refs() == ["MC-26-0002"]

    stores.cases.append(step(closed.case, events.Reopened(why="Gone again")))
    assert stores.cases.open_refs() == [REF, "MC-26-0002"]


def test_many_cases_are_read_in_the_order_asked_for(stores: Stores) -> None:
    for ref in ("MC-26-0001", "MC-26-0002"):
        stores.cases.append(report(ref))
    found = stores.cases.readable(["MC-26-0002", "MC-26-0404", "MC-26-0001"])[0]
    assert [case.ref for case in found] == ["MC-26-0002", "MC-26-0001"]
    assert stores.cases.readable([])[0] == []


def test_the_open_cases_come_together(stores: Stores) -> None:
    first, second = report(REF), report("MC-26-0002")
    stores.cases.append(first)
    stores.cases.append(second)
    stores.cases.append(step(first.case, events.Closed(reason="Home")))
    assert stores.cases.open_cases() == OpenCases(cases=(second.case,))


def test_a_step_without_entries_moves_the_wake_up_and_nothing_else(stores: Stores) -> None:
    opened = report(REF, wake=5)
    stores.cases.append(opened)
    stores.cases.append(step(opened.case, wake=20))
    assert stores.due.next_at() == minutes(20)
    assert stores.cases.load(REF) == opened.case
    assert stores.cases.entries(REF) == list(opened.entries)


def test_a_step_without_entries_gives_way_too(stores: Stores) -> None:
    opened = report(REF, wake=5)
    stores.cases.append(opened)
    stores.cases.append(note(opened.case, wake=10))
    with pytest.raises(Conflict):
        stores.cases.append(step(opened.case, wake=60))
    assert stores.due.next_at() == minutes(10)


def test_times_keep_their_microseconds(stores: Stores) -> None:
    at = 1 / 60 / 1_000_000
    opened = report(REF, at=at)
    stores.cases.append(opened)
    assert stores.cases.entries(REF)[0].at == START.replace(microsecond=1)
