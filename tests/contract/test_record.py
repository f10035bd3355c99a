"""What lies on the server: whole, provable, and silent about people."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.ports.cases import OpenCases
from bot.ports.errors import Unreadable
from bot.ports.outbox import Outgoing
from bot.store.codec import Chain
from bot.store.connection import for_store
from bot.store.redis_stores import RedisStores
from tests.contract.steps import note, report, row, step

pytestmark = pytest.mark.redis

REF = "MC-26-0001"


@pytest.fixture
def redis(redis_url: str) -> Any:
    return for_store(redis_url)


@pytest.fixture
def entries(prefix: str) -> str:
    """The key under which the case's entries lie."""
    return f"{prefix}:case:{REF}:entries"


@pytest.fixture
def written(redis_stores: RedisStores) -> RedisStores:
    """A case of four entries."""
    step = report(REF, person="P-1")
    redis_stores.cases.append(step)
    for text in ("one", "two", "three"):
        step = note(step.case, text)
        redis_stores.cases.append(step)
    return redis_stores


def another_byte(stored: bytes, at: int = -1) -> bytes:
    changed = bytearray(stored)
    changed[at] ^= 1
    return bytes(changed)


def test_a_record_as_it_was_written_is_whole(written: RedisStores) -> None:
    assert written.cases.broken_at(REF) is None


def test_a_changed_entry_is_found(written: RedisStores, redis: Any, entries: str) -> None:
    redis.lset(entries, 2, another_byte(written.cases.stored(REF)[2]))
    assert written.cases.broken_at(REF) == 3


@pytest.mark.parametrize("damage", [b"not an entry", b'{"v":99}\n{}'])
def test_one_case_that_cannot_be_read_hides_no_other(
    written: RedisStores, redis: Any, entries: str, damage: bytes
) -> None:
    other = report("MC-26-0002")
    written.cases.append(other)
    redis.hset(entries.removesuffix(":entries"), "snapshot", b"not a snapshot")
    redis.lset(entries, 1, damage)
    assert written.cases.open_cases() == OpenCases(cases=(other.case,), unreadable=(REF,))


def test_a_case_whose_entries_make_no_case_hides_no_other(
    written: RedisStores, redis: Any, entries: str
) -> None:
    """The first entry is gone: what is left can be read, but not folded."""
    redis.hset(entries.removesuffix(":entries"), "snapshot", b"not a snapshot")
    redis.lpop(entries)
    assert written.cases.open_cases() == OpenCases(cases=(), unreadable=(REF,))
    with pytest.raises(Unreadable, match=REF):
        written.cases.load(REF)


@pytest.mark.parametrize("damage", [b"not a snapshot", b"", b"\xff\xfe"])
def test_a_damaged_snapshot_is_folded_anew_from_the_entries(
    written: RedisStores, redis: Any, prefix: str, damage: bytes
) -> None:
    before = written.cases.load(REF)
    redis.hset(f"{prefix}:case:{REF}", "snapshot", damage)
    assert written.cases.load(REF) == before


@pytest.mark.parametrize("at", [0, 4, 5, 40, -1])
def test_so_is_one_of_which_a_single_byte_is_another(
    written: RedisStores, redis: Any, prefix: str, at: int
) -> None:
    before, record = written.cases.load(REF), f"{prefix}:case:{REF}"
    redis.hset(record, "snapshot", another_byte(redis.hget(record, "snapshot"), at))
    assert written.cases.load(REF) == before


@pytest.mark.parametrize(
    "damage", [b"not an entry", b"\xff\xfe", b'{"v":99}\n{}', pytest.param(None, id="one byte")]
)
def test_a_case_with_a_damaged_entry_is_unreadable_by_its_reference(
    written: RedisStores, redis: Any, entries: str, damage: bytes | None
) -> None:
    stored = written.cases.stored(REF)[1]
    redis.lset(entries, 1, another_byte(stored) if damage is None else damage)
    redis.hdel(entries.removesuffix(":entries"), "snapshot")
    for read in (written.cases.load, written.cases.entries):
        with pytest.raises(Unreadable) as why:
            read(REF)
        assert why.value.ref == REF
        assert why.value.__cause__ is None and "Wren" not in str(why.value)


def test_a_dropped_entry_is_found(written: RedisStores, redis: Any, entries: str) -> None:
    redis.lrem(entries, 1, written.cases.stored(REF)[1])
    assert written.cases.broken_at(REF) == 2


def test_entries_in_another_order_are_found(written: RedisStores, redis: Any, entries: str) -> None:
    second, third = written.cases.stored(REF)[1:3]
    redis.lset(entries, 1, third)
    redis.lset(entries, 2, second)
    assert written.cases.broken_at(REF) == 2


def test_an_entry_cut_off_the_end_is_found(written: RedisStores, redis: Any, entries: str) -> None:
    redis.rpop(entries)
    assert written.cases.broken_at(REF) == 4


def test_a_record_copied_to_another_case_is_found(written: RedisStores, redis: Any, entries: str) -> None:
    redis.copy(entries, entries.replace(REF, "MC-26-0002"))
    assert written.cases.broken_at("MC-26-0002") == 1


def test_a_record_made_with_another_key_is_found(written: RedisStores, redis: Any, prefix: str) -> None:
    *_, last = written.cases.stored(REF)
    redis.rpush(f"{prefix}:case:{REF}:entries", Chain(lambda: b"another").link(REF, last, b"forged"))
    assert written.cases.broken_at(REF) == 5


def test_a_lost_snapshot_is_folded_from_the_entries(written: RedisStores, redis: Any, prefix: str) -> None:
    before = written.cases.load(REF)
    redis.hdel(f"{prefix}:case:{REF}", "snapshot")
    assert written.cases.load(REF) == before
    assert written.cases.readable([REF])[0] == [before]


@pytest.mark.parametrize(
    "snapshot", [b'{"shape":"older","version":4}\n{"not":"a case"}', b"not even an envelope"]
)
def test_a_snapshot_of_another_shape_is_folded_anew(
    written: RedisStores, redis: Any, prefix: str, snapshot: bytes
) -> None:
    before = written.cases.load(REF)
    redis.hset(f"{prefix}:case:{REF}", "snapshot", snapshot)
    assert written.cases.load(REF) == before


def test_no_key_names_a_person(redis_stores: RedisStores, redis: Any, prefix: str) -> None:
    waiting: tuple[Outgoing, ...] = (row("person:U-OLA", kind="offer"), row("role:fim"))
    opened = report(REF, incident="LOG-77", person="P-1", wake=5, outgoing=waiting)
    redis_stores.cases.append(opened)
    redis_stores.outbox.claim("person:U-OLA", 1.0, 5)
    redis_stores.outbox.sending("person:U-OLA", 1, [waiting[0].id], 1.0)

    names = [key.decode() for key in redis.scan_iter(f"{prefix}:*")]

    assert len(names) > 10
    for personal in ("LOG-77", "P-1", "U-OLA", "U-CAL", "Wren", "Hale", "wren", "hale"):
        assert not [name for name in names if personal in name]


def test_a_time_without_a_zone_is_not_recorded(redis_stores: RedisStores) -> None:
    opened = step(None, *(entry.event for entry in report(REF).entries))
    naive = datetime(2026, 3, 2, 13, 40, tzinfo=UTC).replace(tzinfo=None)
    entries = tuple(type(entry)(at=naive, by=entry.by, event=entry.event) for entry in opened.entries)
    with pytest.raises(ValueError, match="zone"):
        redis_stores.cases.append(type(opened)(case=opened.case, entries=entries, expected=0, wake_at=None))
    assert redis_stores.cases.load(REF) is None
