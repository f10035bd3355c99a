"""Forty thousand accounts, and Slack's own limits on: who is on duty is known first, and nobody is forgotten."""

from collections.abc import Iterator

import pytest

from bot.directory_document import DOCUMENT, load, load_everybody
from bot.domain.people import AccountKind, Role
from bot.store.redis_stores import RedisStores
from sandbox.runner import running_workspace
from tests.directory.conftest import GROUPS, MANIFEST, SEED, Reading
from tests.waiting import in_time

ACCOUNTS = 40_000
ON_DUTY = 250


@pytest.fixture(scope="module")
def crowd() -> dict[str, dict[str, object]]:
    """A third of them left. Those on duty stand at the end of Slack's list."""
    return {
        f"p{number}": {"id": f"U{number:08}", "real_name": f"P C {number}", "deleted": number % 3 == 0}
        for number in range(ACCOUNTS)
    }


@pytest.fixture
def large(redis_stores: RedisStores, crowd: dict[str, dict[str, object]]) -> Iterator[Reading]:
    officers = [each["id"] for each in list(crowd.values())[-ON_DUTY:]]
    seed = {
        "people": crowd | SEED["people"],
        "groups": SEED["groups"] | {"officers": {"id": "S0OFF", "users": officers}},
    }
    with running_workspace(MANIFEST, seed) as workspace:
        yield Reading(workspace, redis_stores, groups=GROUPS | {Role.OFFICER: "S0OFF"})


def test_everybody_who_holds_a_role_is_known_within_two_minutes_and_everybody_at_all_soon_after(
    large: Reading,
) -> None:
    known_after = large.seconds_until(lambda: large.refresh.is_begun, 120)
    listed_after = known_after + large.seconds_until(lambda: large.known.listed_at is not None, 180)
    print(f"{ON_DUTY} on duty known after {known_after} s, {ACCOUNTS} accounts after {listed_after} s")
    assert known_after <= 120
    everybody = load_everybody(large.stores.documents)
    assert everybody is not None
    assert len(everybody.people) == ACCOUNTS + len(SEED["people"]) + 2, "and the bot itself, and Slackbot"
    assert everybody.people["U00000003"].kind is AccountKind.DEACTIVATED
    assert any(call["status"] == 429 for call in large.workspace.calls("users.info")), "limits were on"


def test_what_each_press_reads_stays_small_and_quick(large: Reading) -> None:
    large.seconds_until(lambda: large.known.listed_at is not None, 180)
    document = large.stores.documents.get(DOCUMENT)
    assert document is not None
    assert len(document) < 100 * (ON_DUTY + 50)

    def a_hundred_read() -> None:
        for _ in range(100):
            assert load(large.stores.documents) is not None

    in_time(2.0, a_hundred_read)
    assert large.directory.name("U00000001") == "P C 1", "who is not on duty has a name, too"


def test_after_a_restart_who_was_known_can_act_at_once_and_the_list_is_not_read_again(large: Reading) -> None:
    large.seconds_until(lambda: large.known.listed_at is not None, 180)
    large.start()
    assert large.directory.actor("U0FAY").roles == {Role.FIM}  # type: ignore[union-attr]
    before = len(large.workspace.calls("users.list"))
    large.go_on(60)
    assert len(large.workspace.calls("users.list")) == before
    assert large.directory.actor("U0FAY").roles == {Role.FIM}  # type: ignore[union-attr]


def test_who_left_holds_nothing_within_two_minutes_however_long_the_list_is(large: Reading) -> None:
    large.seconds_until(lambda: large.known.listed_at is not None, 180)
    large.workspace.seed({"people": {"fay": {"id": "U0FAY", "deleted": True}}})
    large.seconds_until(lambda: not large.directory.on_duty(Role.FIM), 300)


def test_a_list_that_breaks_off_in_the_middle_is_gone_on_with(large: Reading) -> None:
    large.go_on(20)
    read = len(large.workspace.calls("users.list"))
    fault = large.workspace.fault("server_error", "users.list")
    large.go_on(10)
    assert large.known.list_trouble
    large.workspace.clear_faults(fault)
    large.seconds_until(lambda: large.known.listed_at is not None, 180)
    answered = [call for call in large.workspace.calls("users.list") if call["status"] == 200]
    assert read > 2
    assert len(answered) == 41, "each page once"
    assert large.known.list_trouble == ""
