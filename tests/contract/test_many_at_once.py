"""Many cases in one go, each by itself: what holds of one append holds of each, whatever becomes of the others."""

from bot.domain.case import Case
from bot.ports.stores import Stores
from tests.contract.steps import minutes, note, report, row

REFS = ("MC-26-0001", "MC-26-0002", "MC-26-0003")


def opened(stores: Stores) -> list[Case]:
    for ref in REFS:
        stores.cases.append(report(ref, wake=5))
    return stores.cases.load_each(REFS)


def test_many_are_loaded_as_each_by_itself(stores: Stores) -> None:
    assert opened(stores) == [stores.cases.load(ref) for ref in REFS]


def test_what_is_not_there_is_left_out(stores: Stores) -> None:
    opened(stores)
    found = stores.cases.load_each(["MC-26-0404", REFS[1], "MC-26-0405"])
    assert [case.ref for case in found] == [REFS[1]]
    assert stores.cases.load_each([]) == []


def test_each_is_written_whole(stores: Stores) -> None:
    steps = [
        note(case, wake=20 + number, outgoing=(row(ref=case.ref, id=f"row of {case.ref}"),))
        for number, case in enumerate(opened(stores))
    ]
    assert stores.cases.append_each(steps) == [True, True, True]
    for step in steps:
        assert stores.cases.load(step.case.ref) == step.case
        assert stores.cases.entries(step.case.ref)[1:] == list(step.entries)
    assert [each.ref for each in stores.outbox.pending("cases", 9)] == list(REFS)
    assert stores.due.next_at() == minutes(20)


def test_one_that_lost_its_race_writes_nothing_and_holds_up_no_other(stores: Stores) -> None:
    first, raced, last = opened(stores)
    stores.cases.append(winner := note(raced, "Somebody got in first", wake=30))
    steps = [note(case, wake=1, outgoing=(row(ref=case.ref),)) for case in (first, raced, last)]
    assert stores.cases.append_each(steps) == [True, False, True]
    assert stores.cases.load(raced.ref) == winner.case
    assert len(stores.cases.entries(raced.ref)) == 2
    assert [each.ref for each in stores.outbox.pending("cases", 9)] == [first.ref, last.ref]
    assert stores.due.waiting(minutes(99), 9)[raced.ref] == minutes(30)


def test_one_that_lost_its_race_can_be_loaded_and_written_again(stores: Stores) -> None:
    _, raced, _ = opened(stores)
    stores.cases.append(note(raced, "Somebody got in first"))
    assert stores.cases.append_each([note(raced)]) == [False]
    (now,) = stores.cases.load_each([raced.ref])
    assert stores.cases.append_each([note(now)]) == [True]
    assert stores.cases.append_each([]) == []
