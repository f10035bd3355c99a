"""Whether the record key is the one that the record was begun with.

With another key nothing fails by itself: lanes, drafts and incident numbers have other names, so what waits is not
found, and the chain of every case looks forged. So a value that only the right key makes stands in the record.
"""

from hmac import compare_digest, digest
from typing import cast

from redis import Redis

from bot.store.errors import WrongKey
from bot.store.keys import Keys
from bot.store.redis_cases import RedisCases

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

    def _found(self) -> bytes | None:
        return cast(bytes | None, self._redis.get(self._key))

    def _looks_forged(self) -> bool:
        """From the first entry on, and so does every other record: that was no forger. What cannot be read at all is
        damaged, and says nothing of the key."""
        readable, _ = self._cases.readable(self._cases.open_refs()[:_LOOKED_AT])
        firsts = [self._cases.broken_at(case.ref) for case in readable]
        return bool(firsts) and all(first == 1 for first in firsts)
