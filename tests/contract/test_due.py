"""Deadlines: never early, most overdue first, and a lost holder costs one lease."""

from datetime import timedelta

import pytest

from bot.ports.stores import Stores
from tests.contract.steps import MACHINE, minutes, note, report, step

LEASE = 5.0


@pytest.fixture
def three(stores: Stores) -> Stores:
    for ref, wake in (("MC-26-0001", 10), ("MC-26-0002", 5), ("MC-26-0003", 7)):
        stores.cases.append(report(ref, wake=wake))
    return stores


def test_the_most_overdue_comes_first(three: Stores) -> None:
    assert three.due.claim(minutes(10), MACHINE, 2, LEASE) == ["MC-26-0002", "MC-26-0003"]
    assert three.due.claim(minutes(10), MACHINE, 2, LEASE) == ["MC-26-0001"]


def test_of_two_due_at_one_moment_the_older_case_comes_first(three: Stores) -> None:
    """Whichever was written last: a replay reads alike from memory and through Redis."""
    for ref in ("MC-26-0003", "MC-26-0002"):
        case = three.cases.load(ref)
        assert case is not None
        three.cases.append(note(case, wake=10))
    assert three.due.claim(minutes(10), MACHINE, 9, LEASE) == ["MC-26-0001", "MC-26-0002", "MC-26-0003"]


def test_nothing_comes_early_and_the_due_moment_itself_counts(three: Stores) -> None:
    assert three.due.claim(minutes(5) - timedelta(microseconds=1), MACHINE, 9, LEASE) == []
    assert three.due.claim(minutes(5), MACHINE, 9, LEASE) == ["MC-26-0002"]


def test_a_wake_up_between_two_milliseconds_is_not_early(stores: Stores) -> None:
    stores.cases.append(report("MC-26-0001", wake=5 + 0.4 / 60_000))
    assert stores.due.claim(minutes(5), MACHINE, 9, LEASE) == []
    assert stores.due.claim(minutes(5 + 1 / 60_000), MACHINE, 9, LEASE) == ["MC-26-0001"]


def test_what_is_claimed_is_nobody_elses_until_the_lease_ends(three: Stores) -> None:
    claimed = three.due.claim(minutes(10), MACHINE, 9, LEASE)
    assert three.due.claim(minutes(10), MACHINE + 4.9, 9, LEASE) == []
    assert three.due.claim(minutes(10), MACHINE + 5, 9, LEASE) == claimed


def test_a_claim_from_before_the_machines_clock_was_set_back_holds_nobody_up(three: Stores) -> None:
    claimed = three.due.claim(minutes(10), MACHINE, 9, LEASE)
    assert three.due.claim(minutes(10), MACHINE - 3600, 9, LEASE) == claimed


def test_a_case_that_came_back_is_still_the_most_overdue(three: Stores) -> None:
    assert three.due.claim(minutes(10), MACHINE, 1, LEASE) == ["MC-26-0002"]
    assert three.due.claim(minutes(10), MACHINE + 6, 1, LEASE) == ["MC-26-0002"]


def test_a_step_ends_the_claim_and_says_when_to_look_again(three: Stores) -> None:
    three.due.claim(minutes(5), MACHINE, 9, LEASE)
    case = three.cases.load("MC-26-0002")
    assert case is not None
    three.cases.append(step(case, wake=6))
    assert three.due.claim(minutes(6), MACHINE + 1, 9, LEASE) == ["MC-26-0002"]


def test_a_case_that_was_acted_on_does_not_come_back_with_its_old_lease(three: Stores) -> None:
    three.due.claim(minutes(5), MACHINE, 9, LEASE)
    case = three.cases.load("MC-26-0002")
    assert case is not None
    three.cases.append(note(case, wake=60))
    assert three.due.claim(minutes(6), MACHINE + LEASE + 1, 9, LEASE) == []


def test_a_case_without_a_wake_up_is_never_due(three: Stores) -> None:
    case = three.cases.load("MC-26-0002")
    assert case is not None
    three.cases.append(note(case, wake=None))
    assert three.due.claim(minutes(10_000), MACHINE, 9, LEASE) == ["MC-26-0003", "MC-26-0001"]


def test_next_at_is_the_soonest_that_nobody_has(three: Stores) -> None:
    assert three.due.next_at() == minutes(5)
    three.due.claim(minutes(5), MACHINE, 9, LEASE)
    assert three.due.next_at() == minutes(7)


def test_an_empty_index_has_no_next(stores: Stores) -> None:
    assert stores.due.next_at() is None


def test_overdue_counts_what_is_claimed_as_well(three: Stores) -> None:
    three.due.claim(minutes(5), MACHINE, 9, LEASE)
    assert three.due.overdue(minutes(7)) == 2
    assert three.due.overdue(minutes(4)) == 0


def test_a_case_that_was_acted_on_counts_once(three: Stores) -> None:
    three.due.claim(minutes(5), MACHINE, 9, LEASE)
    case = three.cases.load("MC-26-0002")
    assert case is not None
    three.cases.append(note(case, wake=6))
    assert three.due.overdue(minutes(6)) == 1


def test_a_case_can_be_woken_sooner_and_never_later(three: Stores) -> None:
    three.due.wake("MC-26-0001", minutes(3))
    three.due.wake("MC-26-0002", minutes(9))
    assert three.due.claim(minutes(5), MACHINE, 9, LEASE) == ["MC-26-0001", "MC-26-0002"]


def test_a_case_that_was_never_to_be_looked_at_can_be_woken(stores: Stores) -> None:
    stores.cases.append(report("MC-26-0001", wake=None))
    stores.due.wake("MC-26-0001", minutes(3))
    assert stores.due.waiting(minutes(3), 9) == {"MC-26-0001": minutes(3)}


def test_a_case_that_is_being_looked_at_is_not_woken(three: Stores) -> None:
    three.due.claim(minutes(5), MACHINE, 9, LEASE)
    three.due.wake("MC-26-0002", minutes(1))
    assert three.due.claim(minutes(5), MACHINE, 9, LEASE) == []
    assert three.due.waiting(minutes(5), 9) == {"MC-26-0002": minutes(5)}


def test_what_waits_is_told_with_its_time_claimed_or_not(three: Stores) -> None:
    three.due.claim(minutes(5), MACHINE, 9, LEASE)
    assert list(three.due.waiting(minutes(7), 9).items()) == [
        ("MC-26-0002", minutes(5)),
        ("MC-26-0003", minutes(7)),
    ]
    assert list(three.due.waiting(minutes(10), 2)) == ["MC-26-0002", "MC-26-0003"]
    assert three.due.waiting(minutes(4), 9) == {}
