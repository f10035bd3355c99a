"""All ports behind one Redis server."""

from msgspec import Struct
from redis import Redis

from bot.store.chain import Chain
from bot.store.cipher import Cipher, Plain
from bot.store.codec import Codec
from bot.store.keys import Keys
from bot.store.limits import REQUESTS_KEPT
from bot.store.redis_cases import RedisCases
from bot.store.redis_due import RedisDue
from bot.store.redis_notes import RedisHeartbeats, RedisMetrics, RedisRequests
from bot.store.redis_outbox import RedisOutbox


class Secrets(Struct, frozen=True, kw_only=True):
    """Kept outside the server; losing them loses the lookups and the proof, not the cases."""

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
        self.cases = RedisCases(redis, keys, Codec(cipher or Plain()), Chain(secrets.chain))
        self.due = RedisDue(redis, keys)
        self.outbox = RedisOutbox(redis, keys)
        self.metrics = RedisMetrics(redis, keys)
        self.heartbeats = RedisHeartbeats(redis, keys)
        self.requests = RedisRequests(redis, keys, requests_kept)
