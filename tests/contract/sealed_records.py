"""A record as it lay on the server before there were keys."""

from collections.abc import Callable
from typing import Any

from msgspec import json

from bot.domain.case import Case
from bot.ports.drafts import DraftPlace
from bot.store.codec import Chain, EntryCodec, Snapshots, encode_outgoing
from bot.store.envelope import parts
from bot.store.house_keys import ROOT
from bot.store.master_keys import number_of
from bot.store.redis_stores import RedisStores
from bot.store.sealing import KEY_LENGTH


def not_closed(stores: RedisStores, redis: Any) -> None:
    """From now on what lies in clear is believed, by processes that are started then, as this one is."""
    house = stores.house
    root = house.masters.unwrap(ROOT, house.wrapped())[:KEY_LENGTH]
    redis.set(house.root_key, house.master().wrap(ROOT, root, number_of(house.wrapped())))
    house._opened = None


def laid_in_clear(stores: RedisStores, redis: Any, prefix: str, ref: str) -> None:
    """The same entries and snapshot."""
    case, entries = stores.cases.load(ref), stores.cases.entries(ref)
    assert case is not None
    not_closed(stores, redis)
    chain, codec, before = Chain(stores.house.chain), EntryCodec(), None
    record = f"{prefix}:case:{ref}"
    redis.delete(f"{record}:entries")
    for entry in entries:
        before = chain.link_in_clear(ref, before, codec.encode(entry, "0a1b2c3d4e5f"))
        redis.rpush(f"{record}:entries", before)
    redis.hset(record, "snapshot", Snapshots(Case).encode(case.version, case))
    redis.hdel(record, "key")


def beside_in_clear(
    stores: RedisStores, redis: Any, prefix: str, draft: DraftPlace
) -> Callable[[], list[bytes]]:
    """The rows that wait, a draft and each document, in clear. What lies there, whenever it is asked."""
    not_closed(stores, redis)
    found: list[tuple[str, bytes]] = []
    for lane in stores.outbox.lanes():
        rows = f"{stores.outbox._keys.lane(lane)}:rows"
        for row in stores.outbox.pending(lane, 99):
            redis.hset(rows, row.id, encode_outgoing(row))
            found.append((rows, row.id.encode()))
    kept = stores.drafts.find(draft, 0)
    (key,) = redis.scan_iter(f"{prefix}:draft:*")
    redis.set(key, parts(redis.get(key))[0] + b"\n" + json.encode(kept), keepttl=True)
    documents = f"{prefix}:documents"
    for name in redis.hkeys(documents):
        redis.hset(documents, name, stores.documents.get(name.decode()))
        found.append((documents, name))
    return lambda: [redis.get(key), *(redis.hget(*place) for place in found)]
