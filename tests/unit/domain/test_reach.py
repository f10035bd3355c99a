"""Given who holds a role and what Slack knows of them, would a page reach anybody?"""

from datetime import UTC, datetime, timedelta

from bot.domain.people import AccountKind, Role
from bot.domain.reach import Quiet, Reach, ReachFacts, RoleReach, Unheard

NOW = datetime(2026, 3, 14, 2, 0, tzinfo=UTC)
NIGHT = Quiet(start=NOW - timedelta(hours=4), end=NOW + timedelta(hours=5))


def fims(*people: str, **known: object) -> RoleReach:
    given = ReachFacts(holders={Role.FIM: frozenset(people)}, **known)  # type: ignore[arg-type]
    return Reach(facts=given, now=NOW).of(Role.FIM)


def test_one_of_two_in_do_not_disturb_leaves_somebody_who_hears() -> None:
    reach = fims("UFAY", "UKIM", quiet={"UFAY": NIGHT})
    assert [holder.quiet_until for holder in reach.holders] == [NIGHT.end, None]
    assert reach.unheard is None
    assert reach.quiet_until is None


def test_a_whole_rung_in_do_not_disturb_hears_nothing_until_the_first_of_them_does() -> None:
    longer = Quiet(start=NIGHT.start, end=NIGHT.end + timedelta(hours=1))
    reach = fims("UFAY", "UKIM", quiet={"UFAY": longer, "UKIM": NIGHT})
    assert reach.is_manned
    assert reach.unheard is Unheard.QUIET
    assert reach.quiet_until == NIGHT.end


def test_do_not_disturb_that_has_ended_or_not_begun_is_none() -> None:
    ended = Quiet(start=NOW - timedelta(hours=8), end=NOW)
    to_come = Quiet(start=NOW + timedelta(seconds=1), end=NOW + timedelta(hours=8))
    assert fims("UFAY", quiet={"UFAY": ended}).unheard is None
    assert fims("UFAY", quiet={"UFAY": to_come}).unheard is None


def test_a_deactivated_holder_leaves_the_rung_empty() -> None:
    reach = fims("UFAY", accounts={"UFAY": AccountKind.DEACTIVATED})
    assert not reach.is_manned
    assert reach.unheard is Unheard.UNREACHABLE


def test_a_guest_in_the_group_holds_nothing_beside_a_member_who_does() -> None:
    reach = fims("UFAY", "UGUY", accounts={"UGUY": AccountKind.GUEST}, quiet={"UFAY": NIGHT})
    assert reach.is_manned
    assert reach.unheard is Unheard.QUIET


def test_who_is_outside_of_the_channel_is_not_notified() -> None:
    assert fims("UFAY", inside={Role.FIM: frozenset()}).unheard is Unheard.UNREACHABLE
    assert fims("UFAY", inside={Role.FIM: frozenset({"UFAY"})}).unheard is None


def test_where_nobody_knows_nothing_is_held_against_anybody() -> None:
    reach = fims("UFAY")
    assert reach.holders[0].in_channel is None
    assert reach.unheard is None


def test_a_place_that_lets_nothing_in_is_heard_by_nobody() -> None:
    assert fims("UFAY", refused={Role.FIM: "is_archived"}).unheard is Unheard.REFUSED


def test_a_role_that_nobody_holds_is_empty_and_not_called_unheard() -> None:
    reach = fims()
    assert not reach.is_manned
    assert reach.unheard is None


def test_a_list_that_was_never_read_or_is_older_than_its_deadline_is_old() -> None:
    assert Reach(facts=ReachFacts(), now=NOW).is_old
    assert Reach(facts=ReachFacts(directory_age=timedelta(minutes=11)), now=NOW).is_old
    assert not Reach(facts=ReachFacts(directory_age=timedelta(minutes=9)), now=NOW).is_old


def test_an_owner_is_a_rung_of_one() -> None:
    reach = Reach(
        facts=ReachFacts(quiet={"UOLA": NIGHT}, accounts={"UBEN": AccountKind.DEACTIVATED}), now=NOW
    )
    assert reach.of(Role.OWNER, "UOLA").unheard is Unheard.QUIET
    assert not reach.of(Role.OWNER, "UBEN").is_manned
    assert not reach.of(Role.OWNER).holders
