"""Slack says that somebody left, is a guest now, or is in a group no more: dropped with the next second."""

from typing import Any

import pytest

from bot.domain.people import AccountKind, Role
from tests.directory.conftest import Reading


def hears(reading: Reading, **event: Any) -> None:
    reading.refresh.heard(None, {"type": "events_api", "payload": {"event": event}}, None)


def left_group(reading: Reading, group: str, *people: str) -> None:
    hears(reading, type="subteam_members_changed", subteam_id=group, removed_users=list(people))


@pytest.fixture
def settled(reading: Reading) -> Reading:
    reading.go_on(3)
    assert reading.directory.on_duty(Role.FIM) == {"U0FAY"}
    return reading


def test_who_is_in_the_group_no_more_holds_its_role_no_more(settled: Reading) -> None:
    settled.workspace.person("sam").regroup("fim", ["sam"])
    left_group(settled, "S0FIM", "U0FAY")
    settled.go_on(1)
    assert settled.directory.on_duty(Role.FIM) == {"U0SAM"}


def test_while_slack_gives_no_group_its_word_is_enough_to_drop_somebody(settled: Reading) -> None:
    settled.workspace.fault("error", "usergroups.users.list", error="internal_error")
    left_group(settled, "S0FIM", "U0FAY")
    settled.go_on(1)
    assert settled.directory.on_duty(Role.FIM) == frozenset()


def test_a_word_that_came_late_drops_nobody_for_longer_than_it_takes_to_ask(settled: Reading) -> None:
    left_group(settled, "S0FIM", "U0FAY")
    settled.go_on(2)
    assert settled.directory.on_duty(Role.FIM) == {"U0FAY"}


def test_of_a_group_that_is_nobody_s_role_nothing_is_made(settled: Reading) -> None:
    left_group(settled, "S0CHESS", "U0FAY")
    settled.go_on(1)
    assert settled.directory.on_duty(Role.FIM) == {"U0FAY"}


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ({"deleted": True}, AccountKind.DEACTIVATED),
        ({"is_restricted": True}, AccountKind.GUEST),
        ({"team_id": "T0ELSE"}, AccountKind.STRANGER),
    ],
)
def test_who_counts_no_more_is_nobody_with_the_next_second(
    settled: Reading, said: dict[str, Any], kind: AccountKind
) -> None:
    hears(settled, type="user_change", user={"id": "U0FAY", "name": "fay", **said})
    settled.go_on(1)
    assert settled.directory.account("U0FAY") is kind
    assert settled.directory.actor("U0FAY") is None


def test_who_counts_again_does_with_the_next_second(settled: Reading) -> None:
    hears(settled, type="user_change", user={"id": "U0FAY", "name": "fay", "deleted": True})
    settled.go_on(1)
    hears(settled, type="user_change", user={"id": "U0FAY", "name": "fay", "real_name": "Fay Marsh"})
    settled.go_on(1)
    assert settled.directory.account("U0FAY") is AccountKind.MEMBER
