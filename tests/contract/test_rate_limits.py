"""One post a second in a channel, from all processes together; what Slack asked for on top. Memory and Redis alike."""

from collections.abc import Iterator
from functools import partial

import pytest

from bot.ports.stores import RateLimits
from bot.store.connection import for_store
from bot.store.memory_rate_limits import MemoryRateLimits
from bot.store.redis_outbox import RedisRateLimits
from config.settings import EDITS_A_MINUTE

NOW = 1_772_458_800.123456
close = partial(pytest.approx, rel=0, abs=1e-3)  # the usual tolerance, relative, is half an hour at this size


@pytest.fixture(params=["memory", pytest.param("redis", marks=pytest.mark.redis)])
def rate_limits(request: pytest.FixtureRequest, prefix: str) -> Iterator[RateLimits]:
    if request.param == "memory":
        yield MemoryRateLimits(edits_a_minute=EDITS_A_MINUTE)
        return
    with for_store(request.getfixturevalue("redis_url")) as redis:
        yield RedisRateLimits(redis, prefix, edits_a_minute=EDITS_A_MINUTE)


def test_one_post_passes_and_the_next_learns_when_it_may(rate_limits: RateLimits) -> None:
    assert rate_limits.enter("C1", NOW) <= NOW
    assert rate_limits.enter("C1", NOW + 0.5) == close(NOW + 1)
    assert rate_limits.enter("C1", NOW + 1) <= NOW + 1


def test_a_post_that_may_not_pass_does_not_push_the_others_back(rate_limits: RateLimits) -> None:
    rate_limits.enter("C1", NOW)
    rate_limits.enter("C1", NOW + 0.9)
    assert rate_limits.enter("C1", NOW + 1) <= NOW + 1


def test_edits_are_so_many_a_minute_and_the_patient_leave_room(rate_limits: RateLimits) -> None:
    """Slack takes 50 from all channels together."""
    for number in range(30):
        assert rate_limits.enter_edit(NOW + number, is_patient=True) <= NOW + number
    assert rate_limits.enter_edit(NOW + 30, is_patient=True) == close(NOW + 60)
    for number in range(14):
        assert rate_limits.enter_edit(NOW + 30 + number, is_patient=False) <= NOW + 30 + number
    assert rate_limits.enter_edit(NOW + 44, is_patient=False) == close(NOW + 60)
    assert rate_limits.enter_edit(NOW + 60, is_patient=False) <= NOW + 60


def test_edits_made_before_the_machines_clock_was_set_back_do_not_count(rate_limits: RateLimits) -> None:
    for _ in range(44):
        rate_limits.enter_edit(NOW, is_patient=False)
    assert rate_limits.enter_edit(NOW - 3600, is_patient=False) <= NOW - 3600


def test_channels_do_not_wait_for_each_other(rate_limits: RateLimits) -> None:
    rate_limits.enter("C1", NOW)
    assert rate_limits.enter("C2", NOW) <= NOW


def test_the_longer_of_two_waits_holds(rate_limits: RateLimits) -> None:
    rate_limits.shut("C1", NOW + 30)
    rate_limits.shut("C1", NOW + 5)
    assert rate_limits.opens("C1") == close(NOW + 30)
    assert rate_limits.enter("C1", NOW + 29) == close(NOW + 30)


def test_a_gate_shut_before_the_machines_clock_was_set_back_is_open(rate_limits: RateLimits) -> None:
    rate_limits.enter("C1", NOW)
    assert rate_limits.enter("C1", NOW - 3600) <= NOW - 3600
    assert rate_limits.enter("C1", NOW - 3600) == close(NOW - 3599)


def test_a_wait_from_before_the_machines_clock_was_set_back_is_not_the_longer_one(
    rate_limits: RateLimits,
) -> None:
    rate_limits.shut("C1", NOW + 30)
    rate_limits.shut("C1", NOW - 3600 + 5)
    assert rate_limits.opens("C1") == close(NOW - 3595)


def test_lanes_are_held_each_for_itself(rate_limits: RateLimits) -> None:
    rate_limits.hold("cases", NOW + 1)
    rate_limits.hold("role:fim", NOW + 2)
    rate_limits.hold("cases", NOW + 3)
    assert rate_limits.holds() == close({"cases": NOW + 3, "role:fim": NOW + 2})


def test_falls_are_counted_until_it_goes_well(rate_limits: RateLimits) -> None:
    assert [rate_limits.fell("cases"), rate_limits.fell("cases"), rate_limits.fell("role:fim")] == [1, 2, 1]
    rate_limits.recovered("cases")
    rate_limits.recovered("person:ola")
    assert rate_limits.falls("cases") == 0
    assert rate_limits.fell("cases") == rate_limits.falls("cases") == 1
