"""The bell: a timer that rests is woken by what makes something due sooner, and trusts nothing that it cannot hear."""

import time
from collections.abc import Iterator
from threading import Thread

import pytest

from bot.store.connection import StoreClient, for_probing, for_store
from bot.store.redis_bell import UNHEARD, RedisEar
from bot.store.redis_stores import RedisStores
from tests.conftest import SECRETS
from tests.contract.steps import minutes, report, row
from tests.waiting import until
from workers.periodic import Stop

pytestmark = pytest.mark.redis

LONG = 2.0  # seconds: whoever rests so long was not woken; after three a line that says nothing is left


@pytest.fixture
def redis(redis_url: str) -> Iterator[StoreClient]:
    with for_store(redis_url) as redis:
        yield redis


@pytest.fixture
def stores(redis: StoreClient, prefix: str) -> RedisStores:
    return RedisStores(redis, SECRETS, prefix=prefix)


@pytest.fixture
def ear(stores: RedisStores, redis_url: str) -> Iterator[RedisEar]:
    with stores.ear(for_probing(redis_url)) as ear:
        until("it hears its own ring", lambda: rested(ear, 4 * UNHEARD) > 3 * UNHEARD)
        yield ear


def rested(ear: RedisEar, seconds: float = LONG, stop: Stop | None = None, *, is_time: bool = False) -> float:
    """How long it did."""
    began = time.monotonic()
    ear.rest(stop or Stop(), seconds, lambda: is_time)
    return time.monotonic() - began


def test_nobody_rings_it_rests(ear: RedisEar) -> None:
    assert rested(ear, 0.4) >= 0.4


def test_rows_that_are_written_wake_it(ear: RedisEar, stores: RedisStores) -> None:
    stores.cases.append(report("MC-26-0001", wake=10, outgoing=(row(),)))
    assert rested(ear) < LONG


def test_what_is_due_sooner_than_all_else_wakes_it(ear: RedisEar, stores: RedisStores) -> None:
    for ref, wake in (("MC-26-0001", 10), ("MC-26-0002", 5)):
        stores.cases.append(report(ref, wake=wake))
        assert rested(ear) < LONG


def test_a_case_that_is_woken_wakes_it(ear: RedisEar, stores: RedisStores) -> None:
    stores.due.wake("MC-26-0001", minutes(5))
    assert rested(ear) < LONG


def test_what_is_due_later_lets_it_rest(ear: RedisEar, stores: RedisStores) -> None:
    stores.cases.append(report("MC-26-0001", wake=10))
    rested(ear)
    stores.cases.append(report("MC-26-0002", wake=20))
    stores.due.wake("MC-26-0001", minutes(15))
    assert rested(ear, 0.3) >= 0.3


def test_each_timer_is_woken(ear: RedisEar, stores: RedisStores, redis_url: str) -> None:
    with stores.ear(for_probing(redis_url)) as other:
        until("it hears its own ring", lambda: rested(other, 4 * UNHEARD) > 3 * UNHEARD)
        stores.bell.ring()
        assert rested(ear) < LONG
        assert rested(other) < LONG


def test_a_clock_that_was_set_wakes_it(ear: RedisEar) -> None:
    assert rested(ear, is_time=True) < LONG


def test_it_is_told_to_stop_at_once(ear: RedisEar) -> None:
    stop = Stop()
    told = Thread(target=stop.set)
    told.start()
    assert rested(ear, stop=stop) < LONG
    told.join()


def test_a_line_that_was_cut_is_noticed_and_made_anew(
    ear: RedisEar, stores: RedisStores, redis: StoreClient
) -> None:
    for line in redis.client_list(_type="pubsub"):
        redis.client_kill_filter(_id=line["id"])
    until("it hears its own ring", lambda: rested(ear, 4 * UNHEARD) > 3 * UNHEARD)
    stores.bell.ring()
    assert rested(ear) < LONG


def test_a_timer_that_may_not_be_rung_looks_as_if_there_were_no_bell(
    redis: StoreClient, redis_url: str, prefix: str
) -> None:
    redis.execute_command("ACL", "SETUSER", prefix, "on", ">x", "~*", "+@all", "resetchannels")
    try:
        with for_store(redis_url) as theirs:
            theirs.connection_pool.connection_kwargs |= {"username": prefix, "password": "x"}
            stores = RedisStores(theirs, SECRETS, prefix=prefix)
            stores.cases.append(
                report("MC-26-0001", wake=10, outgoing=(row(),))
            )  # it is written all the same
            with stores.ear(for_probing(redis_url)) as ear:
                rests = [rested(ear) for _ in range(3)]
    finally:
        redis.execute_command("ACL", "DELUSER", prefix)
    assert max(rests) < LONG
