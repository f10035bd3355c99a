"""Given a record as each earlier release left it on the server, when this one reads it, then it is the same case.

`golden/records` has one for each format that was ever on the main branch, key by key as it lay on the server, and the
case that it is. A sample is never changed. Where the last one is not how records are written any more, add another.
"""

import json
from base64 import b64decode
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest

from bot.domain.events import Noted
from bot.domain.fold import fold
from bot.ports.destination import Destination
from bot.store.codec import is_counted
from bot.store.connection import for_store
from bot.store.envelope import parts
from bot.store.redis_stores import RedisStores
from tests.conftest import SECRETS
from tests.contract.steps import note, row, step
from tests.contract.test_codec import assert_kept

pytestmark = pytest.mark.redis

SAMPLES = sorted((Path(__file__).parent / "golden" / "records").glob("*.json"))
REF, LANE = "MC-26-0001", Destination("role:fim")
sample_of_each = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)


@pytest.fixture
def redis(redis_url: str) -> Iterator[Any]:
    with for_store(redis_url) as redis:
        yield redis


def laid(sample: Path, redis: Any, prefix: str) -> dict[str, Any]:
    """What the sample says, once it lies on the server."""
    said: dict[str, Any] = json.loads(sample.read_bytes())
    for name, content in said["keys"].items():
        _lay(redis, prefix + name.removeprefix("old"), *content.popitem())
    return said


def _lay(redis: Any, key: str, kind: str, stored: Any) -> None:
    match kind:
        case "string":
            redis.set(key, b64decode(stored))
        case "list":
            redis.rpush(key, *map(b64decode, stored))
        case "hash":
            redis.hset(key, mapping={field: b64decode(value) for field, value in stored.items()})
        case "set":
            redis.sadd(key, *map(b64decode, stored))
        case "zset":
            redis.zadd(key, {b64decode(member): score for member, score in stored})
        case _:
            raise AssertionError(kind)


def read(redis: Any, prefix: str) -> RedisStores:
    """As a process that is started on it."""
    stores = RedisStores(redis, SECRETS, prefix=prefix)
    stores.key_check.check()
    return stores


@sample_of_each
def test_it_is_the_same_case_and_its_clocks_and_pages_wait(sample: Path, redis: Any, prefix: str) -> None:
    said = laid(sample, redis, prefix)
    stores = read(redis, prefix)
    case, entries = stores.cases.load(REF), stores.cases.entries(REF)
    assert case is not None and case == fold(entries)
    assert_kept(said["case"], json.loads(msgspec.json.encode(case)))
    assert stores.cases.broken_at(REF) is None
    assert stores.cases.open_refs() == [REF]
    assert [waits.ref for waits in stores.outbox.pending(LANE, 9)] == [REF]
    assert stores.documents.get("note") == b'{"kept":"for ever"}'


@sample_of_each
def test_it_goes_on_and_is_sealed_whole(sample: Path, redis: Any, prefix: str) -> None:
    laid(sample, redis, prefix)
    stores = read(redis, prefix)
    case = stores.cases.load(REF)
    assert case is not None
    stores.cases.append(note(case, "Gone on"))
    stores.rotation.rotate()
    stores = read(redis, prefix)
    after = stores.cases.load(REF)
    assert after is not None and after.version == case.version + 1
    assert all(map(is_counted, redis.lrange(f"{prefix}:case:{REF}:entries", 0, -1)))
    assert stores.cases.broken_at(REF) is None and stores.checks.check(REF) == ()


def test_what_is_written_today_is_as_the_newest_sample(redis: Any, prefix: str) -> None:
    """Place by place: so that another way to seal, pack, chain, count or name things wants a sample."""
    laid(SAMPLES[-1], redis, prefix)
    again = f"{prefix}-again"
    redis.set(f"{again}:root", redis.get(f"{prefix}:root"))
    old, new, case = read(redis, prefix), read(redis, again), None
    for entry in old.cases.entries(REF):
        waits = (row(LANE),) if isinstance(entry.event, Noted) else ()
        append = step(case, entry.event, at=case.version if case else 0, wake=30, outgoing=waits)
        new.cases.append(append)
        case = append.case
    new.documents.put("note", old.documents.get("note") or b"")
    assert _shape(new, redis, again) == _shape(old, redis, prefix)


def _shape(stores: RedisStores, redis: Any, prefix: str) -> dict[str, Any]:
    """What is named, of which kind it is and how it begins, and what is in the envelopes of the case."""
    records = stores.cases._records
    stored, wrapped = records.stored_with_key(REF)
    heads = [list(json.loads(parts(envelope)[0])) for envelope in records.envelopes(REF, stored, wrapped)]
    keys = {key.decode().removeprefix(prefix): redis.type(key) for key in redis.scan_iter(f"{prefix}:*")}
    fields = redis.hgetall(f"{prefix}:case:{REF}")
    return {
        "keys": keys,
        "entries": [entry[:1] for entry in stored],
        "heads": heads,
        "fields": sorted(fields),
        "key": len(fields[b"key"]),
        "found by": [fields[name] for name in (b"incident", b"person", b"traces")],
        "snapshot": fields[b"snapshot"][:1],
        "tallies": [len(tally) for tally in redis.hvals(f"{prefix}:tallies")],
        "rows": [each[:1] for each in redis.hvals(f"{prefix}:{_lane(keys)}:rows")],
        "documents": [document[:1] for document in redis.hvals(f"{prefix}:documents")],
    }


def _lane(keys: Mapping[str, Any]) -> str:
    (name,) = {key.removesuffix(":rows").removeprefix(":") for key in keys if key.endswith(":rows")}
    return name
