"""Whether a channel is private to the force: of what is known, and of what is not."""

import pytest

from bot.domain.people import AccountKind
from bot.domain.safe_places import UNKNOWN, Fault, PlaceFacts, Safety, safety

OURS = {"fay": AccountKind.MEMBER, "kim": AccountKind.MEMBER}


def test_a_private_channel_of_the_forces_own_people_is_safe() -> None:
    assert safety(PlaceFacts(is_private=True, people=OURS)) == Safety()
    assert safety(PlaceFacts(is_private=True, people=OURS)).is_safe


@pytest.mark.parametrize(
    ("facts", "fault"),
    [
        (PlaceFacts(is_private=False, people=OURS), Fault.PUBLIC),
        (PlaceFacts(is_private=True, shared_with=frozenset({"T0ELSE"}), people=OURS), Fault.SHARED),
        (PlaceFacts(is_private=True, offered_to=frozenset({"T0ELSE"}), people=OURS), Fault.OFFERED),
        (PlaceFacts(is_private=True, people=OURS | {"stan": AccountKind.STRANGER}), Fault.STRANGERS),
        (PlaceFacts(is_private=True, people=OURS | {"gus": AccountKind.GUEST}), Fault.GUESTS),
        (PlaceFacts(is_private=True, people=OURS | {"lunch": AccountKind.MACHINE}), Fault.APPS),
    ],
)
def test_one_thing_that_is_wrong_is_enough(facts: PlaceFacts, fault: Fault) -> None:
    assert safety(facts) == Safety(faults=(fault,))
    assert not safety(facts).is_safe


def test_all_that_is_wrong_is_said_and_once_each() -> None:
    people = OURS | {"gus": AccountKind.GUEST, "una": AccountKind.GUEST, "stan": AccountKind.STRANGER}
    found = safety(PlaceFacts(is_private=False, people=people))
    assert found.faults == (Fault.PUBLIC, Fault.STRANGERS, Fault.GUESTS)


def test_who_was_deactivated_reads_nothing_any_more() -> None:
    assert safety(PlaceFacts(is_private=True, people=OURS | {"lee": AccountKind.DEACTIVATED})).is_safe


def test_what_nobody_knows_is_not_safe_and_nothing_is_called_wrong() -> None:
    assert safety(None) == UNKNOWN
    assert not UNKNOWN.is_safe and UNKNOWN.faults == ()


def test_of_whom_nobody_knows_what_they_are_makes_it_unsafe_and_not_wrong() -> None:
    found = safety(PlaceFacts(is_private=True, people=OURS | {"new": AccountKind.UNKNOWN}))
    assert (found.is_safe, found.faults) == (False, ())


def test_where_nobody_knows_who_is_in_it_what_slack_says_of_the_channel_still_counts() -> None:
    assert safety(PlaceFacts(is_private=True)) == UNKNOWN
    assert safety(PlaceFacts(is_private=False)).faults == (Fault.PUBLIC,)


def test_what_is_known_to_be_wrong_is_said_though_more_may_be() -> None:
    found = safety(PlaceFacts(is_private=False, people={"new": AccountKind.UNKNOWN}))
    assert (found.is_known, found.faults) == (False, (Fault.PUBLIC,))
