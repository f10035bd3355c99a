"""Given a record that was begun with one key, when a program comes with another, then it is told so, and nothing of the
record changes."""

from collections.abc import Iterator

import pytest
from redis import Redis

from bot.store.connection import for_store
from bot.store.errors import RootGone, WrongKey
from bot.store.master_keys import MasterKeys
from bot.store.redis_stores import RedisStores
from tests.conftest import SECRETS
from tests.contract.steps import report
from tests.damage import Damage

pytestmark = pytest.mark.redis
OTHERS = MasterKeys(b"another record key")


@pytest.fixture
def redis(redis_url: str) -> Iterator[Redis]:
    with for_store(redis_url) as redis:
        yield redis


def keys_of(redis: Redis, prefix: str) -> set[bytes]:
    return set(redis.scan_iter(match=f"{prefix}:*"))


def test_the_key_that_began_the_record_is_right_for_ever(redis: Redis, prefix: str) -> None:
    for _ in range(2):
        RedisStores(redis, SECRETS, prefix=prefix).key_check.check()


def test_another_key_is_refused_and_nothing_is_written(redis: Redis, prefix: str) -> None:
    ours = RedisStores(redis, SECRETS, prefix=prefix)
    ours.key_check.check()
    ours.cases.append(report("MC-26-0001", wake=5))
    before = keys_of(redis, prefix)
    with pytest.raises(WrongKey, match="put the old key back"):
        RedisStores(redis, OTHERS, prefix=prefix).key_check.check()
    assert keys_of(redis, prefix) == before
    ours.key_check.check()


def test_a_record_from_before_the_check_is_known_by_its_chain(redis: Redis, prefix: str) -> None:
    ours = RedisStores(redis, SECRETS, prefix=prefix)
    ours.cases.append(report("MC-26-0001", wake=5))
    with pytest.raises(WrongKey):
        RedisStores(redis, OTHERS, prefix=prefix).key_check.check()
    ours.key_check.check()


def test_the_only_case_of_such_a_record_is_damaged_and_the_key_is_not_blamed(
    redis: Redis, prefix: str
) -> None:
    ours = RedisStores(redis, SECRETS, prefix=prefix)
    ours.cases.append(report("MC-26-0001", wake=5))
    Damage(ours, "MC-26-0001").strike()
    RedisStores(redis, SECRETS, prefix=prefix).key_check.check()


def test_one_damaged_record_among_others_is_no_wrong_key(redis: Redis, prefix: str) -> None:
    ours = RedisStores(redis, SECRETS, prefix=prefix)
    for number in (1, 2):
        ours.cases.append(report(f"MC-26-000{number}", wake=5))
    redis.lset(f"{prefix}:case:MC-26-0001:entries", 0, b"scribbled over")
    assert ours.cases.broken_at("MC-26-0001") == 1
    ours.key_check.check()


def test_a_record_whose_root_was_deleted_is_not_begun_anew(redis: Redis, prefix: str) -> None:
    """It would believe what is in clear, and its cases' keys open without it."""
    ours = RedisStores(redis, SECRETS, prefix=prefix)
    ours.cases.append(report("MC-26-0001", wake=5))
    root = redis.get(f"{prefix}:root")
    redis.delete(*(f"{prefix}:{name}" for name in ("root", "open", "due", "refs", "incidents")))
    started = RedisStores(redis, SECRETS, prefix=prefix)
    assert started.key_check.is_right() is False
    with pytest.raises(RootGone, match=f"{prefix}:root is gone from the record server"):
        started.key_check.check()
    assert redis.get(f"{prefix}:root") is None
    redis.set(f"{prefix}:root", root)
    started.key_check.check()


def test_each_installation_on_a_server_has_a_key_of_its_own(redis: Redis, prefix: str) -> None:
    RedisStores(redis, SECRETS, prefix=prefix).key_check.check()
    RedisStores(redis, OTHERS, prefix=f"{prefix}-other").key_check.check()
