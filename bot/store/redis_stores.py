"""All ports behind one Redis server."""

from msgspec import Struct
from redis import Redis

from bot.domain.case import Case
from bot.domain.fold import fold
from bot.domain.handover import Roster
from bot.store.chain import Chain
from bot.store.cipher import Cipher, NoCipher
from bot.store.codec import EntryCodec
from bot.store.envelope import Envelopes
from bot.store.key_check import KeyCheck
from bot.store.keys import Keys
from bot.store.redis_cases import RedisCases
from bot.store.redis_drafts import RedisDrafts
from bot.store.redis_due import RedisDue
from bot.store.redis_notes import (
    RedisArrivals,
    RedisDocuments,
    RedisHeartbeats,
    RedisMetrics,
    RedisRequests,
)
from bot.store.redis_outbox import RedisOutbox
from bot.store.redis_record import RedisRecords
from bot.store.redis_rosters import RedisRosters, fold_roster
from bot.store.snapshots import Snapshots
from bot.store.store_limits import REQUESTS_KEPT


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
        self.requests = RedisRequests(redis, keys, requests_kept)
        self.arrivals = RedisArrivals(redis, keys, self.requests, self.rosters)
