"""All ports behind one Redis server, and whether the record key is the right one."""

from hmac import compare_digest, digest
from typing import cast

from msgspec import Struct
from redis import Redis

from bot.domain.case import Case
from bot.domain.fold import fold
from bot.domain.handover import Roster
from bot.store.codec import Chain, EntryCodec, Snapshots
from bot.store.envelope import Cipher, Envelopes, NoCipher
from bot.store.errors import WrongKey
from bot.store.keys import REQUESTS_KEPT, Keys
from bot.store.redis_cases import RedisCases, RedisDue
from bot.store.redis_drafts import RedisDrafts, RedisRosters, fold_roster
from bot.store.redis_outbox import (
    RedisArrivals,
    RedisDocuments,
    RedisHeartbeats,
    RedisMetrics,
    RedisOutbox,
    RedisRequests,
)
from bot.store.redis_record import RedisRecords
from bot.store.redis_texts import RedisTexts


class Secrets(Struct, frozen=True, kw_only=True):
    """Kept outside the server. Losing one loses the proof, or the lookups and what waits in the lanes; never a case."""

    chain: bytes  # proves that the record is as it was written
    index: bytes  # blinds incident numbers, person_refs and lanes in key names

    def __repr__(self) -> str:
        return "Secrets(…)"


class RedisStores:
    """`redis` comes from `bot.store.connection.for_store`; `prefix` sets installations on one server apart."""

    def __init__(
        self,
        redis: Redis,
        secrets: Secrets,
        *,
        prefix: str = "missing",
        cipher: Cipher | None = None,
        requests_kept: int = REQUESTS_KEPT,
    ) -> None:
        keys = Keys(prefix, secrets.index)
        envelopes = Envelopes(cipher or NoCipher())
        codec, chain = EntryCodec(envelopes), Chain(secrets.chain)
        cases = RedisRecords(redis, keys, codec, chain, Snapshots(envelopes, Case), fold)
        roster_keys = Keys(prefix, secrets.index, kind="roster")
        rosters = RedisRecords(redis, roster_keys, codec, chain, Snapshots(envelopes, Roster), fold_roster)
        self.drafts = RedisDrafts(redis, keys, envelopes)
        self.cases = RedisCases(redis, keys, cases, self.drafts)
        self.rosters = RedisRosters(rosters)
        self.key_check = KeyCheck(redis, keys, secrets.chain, self.cases)
        self.due = RedisDue(redis, keys)
        self.outbox = RedisOutbox(redis, keys)
        self.metrics = RedisMetrics(redis, keys)
        self.heartbeats = RedisHeartbeats(redis, keys)
        self.documents = RedisDocuments(redis, keys)
        self.texts = RedisTexts(redis, keys)
        self.requests = RedisRequests(redis, keys, requests_kept)
        self.arrivals = RedisArrivals(redis, keys, self.requests, self.rosters)


# Whether the record key is the one that the record was begun with.

_LOOKED_AT = 5  # cases of a record that was begun before the value stood in it


class KeyCheck:
    def __init__(self, redis: Redis, keys: Keys, secret: bytes, cases: RedisCases) -> None:
        self._redis = redis
        self._key = keys.key_check
        self._seal = digest(secret, b"key check", "sha256").hex().encode()
        self._cases = cases

    def check(self) -> None:
        """Raises WrongKey, and StoreUnavailable. The first one who asks an empty record puts the value there."""
        found = self._found()
        if found is None:
            if self._looks_forged():
                raise WrongKey
            self._redis.setnx(self._key, self._seal)
            found = self._found()
        if found is None or not compare_digest(found, self._seal):
            raise WrongKey

    def is_right(self) -> bool | None:
        """Without putting anything there; None of an empty record, which any key can begin."""
        found = self._found()
        return None if found is None else compare_digest(found, self._seal)

    def _found(self) -> bytes | None:
        return cast(bytes | None, self._redis.get(self._key))

    def _looks_forged(self) -> bool:
        """From the first entry on, and so does every other record: that was no forger. What cannot be read at all is
        damaged, and says nothing of the key."""
        readable, _ = self._cases.readable(self._cases.open_refs()[:_LOOKED_AT])
        firsts = [self._cases.broken_at(case.ref) for case in readable]
        return bool(firsts) and all(first == 1 for first in firsts)
