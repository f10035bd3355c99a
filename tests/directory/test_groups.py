"""One bad user group harms no other: it keeps its last answer with its age, and the technician is told why."""

import pytest

from bot.domain.people import AccountKind, Role
from bot.store.redis_stores import RedisStores
from tests.directory.conftest import Reading
from workers.alarm.sources import lost_groups, unread_lists


def hired(reading: Reading) -> None:
    """Somebody new in each of two groups."""
    reading.workspace.seed(
        {
            "people": {"guy": {"id": "U0GUY"}, "sid": {"id": "U0SID"}},
            "groups": {
                "fim": {"id": "S0FIM", "users": ["fay", "guy"]},
                "sup": {"id": "S0SUP", "users": ["sam", "sid"]},
            },
        }
    )


@pytest.mark.parametrize("code", ["no_such_subteam", "missing_scope", "internal_error"])
def test_a_group_that_slack_refuses_keeps_its_last_answer_and_the_others_move_on(
    reading: Reading, code: str
) -> None:
    reading.go_on(3)
    read_at = reading.known.holders[Role.FIM].read_at
    hired(reading)
    reading.workspace.fault("error", "usergroups.users.list", error=code, usergroup="S0FIM")
    reading.go_on(90)
    bad, good = reading.known.holders[Role.FIM], reading.known.holders[Role.SUPERVISOR]
    assert (bad.members, bad.read_at, bad.trouble) == ({"U0FAY"}, read_at, code)
    assert (good.members, good.trouble) == ({"U0SAM", "U0SID"}, "")
    assert bad.age(reading.machine.now) > 60 > good.age(reading.machine.now)


def test_a_disabled_group_is_one_that_is_not_given(reading: Reading) -> None:
    reading.go_on(3)
    reading.workspace.seed({"groups": {"fim": {"id": "S0FIM", "users": ["fay"], "disabled": True}}})
    reading.go_on(90)
    assert reading.directory.on_duty(Role.FIM) == {"U0FAY"}
    assert reading.known.holders[Role.FIM].trouble == "no_such_subteam"


def test_the_technician_reads_which_group_why_and_since_when_and_that_it_is_over(reading: Reading) -> None:
    reading.go_on(3)
    fault = reading.workspace.fault(
        "error", "usergroups.users.list", error="no_such_subteam", usergroup="S0FIM"
    )
    reading.go_on(90)
    (first,) = unread_lists(reading.known).values()
    assert first is not None
    assert "FIM (S0FIM), since " in first.says
    assert "no_such_subteam" in first.says
    reading.go_on(120)
    assert [*unread_lists(reading.known).values()] == [first], "the same words, so it is told once"
    reading.workspace.clear_faults(fault)
    reading.go_on(61)
    assert unread_lists(reading.known) == {}


def test_a_group_that_has_to_wait_is_asked_once_slack_lets_it(reading: Reading) -> None:
    reading.workspace.fault("rate_limited", "usergroups.users.list", seconds=30, count=1)
    reading.go_on(2)
    assert not reading.refresh.is_begun
    reading.go_on(32)
    assert reading.directory.on_duty(Role.FIM) == {"U0FAY"}
    assert reading.known.holders[Role.FIM].trouble == ""


def test_of_two_bots_the_newer_answer_counts(reading: Reading, redis_stores: RedisStores) -> None:
    reading.go_on(3)
    other = Reading(reading.workspace, redis_stores)
    hired(reading)
    reading.workspace.fault("error", "usergroups.users.list", error="internal_error", count=3)
    reading.machine.now += 60
    reading.go_on(1)
    other.machine.now = reading.machine.now
    other.go_on(1)
    reading.go_on(1)
    assert reading.directory.on_duty(Role.FIM) == {"U0FAY", "U0GUY"}


def test_a_workspace_without_user_groups_names_its_people(
    redis_stores: RedisStores, reading: Reading
) -> None:
    named = Reading(
        reading.workspace,
        redis_stores,
        groups={},
        people={Role.FIM: frozenset({"U0FAY", "U0SAM"}), Role.OFFICER: frozenset({"U0CAL"})},
    )
    named.go_on(2)
    assert named.directory.actor("U0SAM").roles == {Role.FIM}  # type: ignore[union-attr]
    assert named.directory.on_duty(Role.OFFICER) == {"U0CAL"}
    assert named.directory.age(Role) == 0
    assert named.workspace.calls("usergroups.users.list") == []


def test_kinds_of_accounts_are_told_apart(redis_stores: RedisStores, reading: Reading) -> None:
    kinds = {
        "gus": ({"restricted": True}, AccountKind.GUEST),
        "una": ({"ultra_restricted": True}, AccountKind.GUEST),
        "stan": ({"team": "T0ELSE"}, AccountKind.STRANGER),
        "lee": ({"deleted": True}, AccountKind.DEACTIVATED),
        "slackbot": (None, AccountKind.MACHINE),
        "missing": (None, AccountKind.MACHINE),
        "fay": (None, AccountKind.MEMBER),
    }
    reading.workspace.seed({"people": {name: about for name, (about, _) in kinds.items() if about}})
    everybody = [each for each in kinds if each != "missing"]
    reading.workspace.seed({"groups": {"fim": {"id": "S0FIM", "users": everybody}}})
    reading.go_on(3)
    ids = {each["name"]: each["id"] for each in reading.workspace.info["people"]} | {"slackbot": "USLACKBOT"}
    assert {name: reading.directory.account(ids[name]) for name in kinds} == {
        name: kind for name, (_, kind) in kinds.items()
    }
    assert reading.directory.on_duty(Role.FIM) == {"U0FAY"}


def test_people_of_a_listed_workspace_are_the_forces(reading: Reading, redis_stores: RedisStores) -> None:
    reading.workspace.seed({"people": {"stan": {"id": "U0STAN", "team": "T0ELSE"}}})
    listed = Reading(reading.workspace, redis_stores, workspaces=frozenset({"T0ELSE"}))
    listed.go_on(2)
    assert listed.directory.account("U0STAN") is AccountKind.MEMBER


def test_a_group_that_is_lost_for_good_keeps_no_health_green_and_a_mere_time_out_does(
    reading: Reading,
) -> None:
    reading.go_on(3)
    assert lost_groups(reading.known) == []
    fault = reading.workspace.fault("server_error", "usergroups.users.list", usergroup="S0FIM")
    reading.go_on(90)
    assert lost_groups(reading.known) == []
    reading.workspace.clear_faults(fault)
    reading.workspace.seed({"groups": {"fim": {"id": "S0FIM", "users": ["fay"], "disabled": True}}})
    reading.go_on(90)
    (said,) = lost_groups(reading.known)
    assert said.startswith("Slack does not give the user group of FIM: there is no such user group")
