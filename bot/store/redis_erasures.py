"""What is kept of exports, of who asked to erase a case, and of each case that was erased: sealed under the house key.

Nobody without that key makes one: a case whose key is gone, and of which none of these opens, was erased by nobody.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar, cast

from msgspec import Struct, json
from redis import Redis

from bot.domain.erasing import Erasure, ErasureAsked, Exported
from bot.ports.errors import Erased
from bot.store.house_keys import HouseKeys
from bot.store.keys import Keys
from bot.store.sealing import BOX, NotOpened, place

Said = TypeVar("Said", bound=Struct)


class _SealedNotes(Generic[Said]):
    """`CaseNotes` of one kind."""

    def __init__(self, redis: Redis, house: HouseKeys, key: str, kind: type[Said]) -> None:
        self._redis = redis
        self._house = house
        self._key = key
        self._kind = kind

    def of(self, ref: str) -> Said | None:
        stored = cast(bytes | None, self._redis.hget(self._key, ref))
        return self._opened(ref, stored) if stored is not None else None

    def stored(self, ref: str, said: Said) -> bytes | None:
        """As it lies there, where that is what is said of the case."""
        found = cast(bytes | None, self._redis.hget(self._key, ref))
        return found if found is not None and self._opened(ref, found) == said else None

    def all(self) -> Iterator[Said]:
        found = cast(dict[bytes, bytes], self._redis.hgetall(self._key))
        opened = (
            self._opened(ref.decode("ascii", "replace"), stored) for ref, stored in sorted(found.items())
        )
        return (each for each in opened if each is not None)

    def put(self, ref: str, said: Said) -> None:
        self._redis.hset(self._key, ref, self.sealed(ref, said))

    def drop(self, ref: str) -> None:
        self._redis.hdel(self._key, ref)

    def sealed(self, ref: str, said: Said) -> bytes:
        return BOX + self._house.data().seal(json.encode(said), self._place(ref))

    def _opened(self, ref: str, stored: bytes) -> Said | None:
        try:
            opened = self._house.data().open(stored[len(BOX) :], self._place(ref))
            return json.decode(opened, type=self._kind)
        except (NotOpened, ValueError):
            return None

    def _place(self, ref: str) -> bytes:
        return place(self._kind.__name__, ref)


class RedisErasures:
    def __init__(self, redis: Redis, keys: Keys, house: HouseKeys) -> None:
        self.exported = _SealedNotes(redis, house, keys.exports, Exported)
        self.asked = _SealedNotes(redis, house, keys.erasures_asked, ErasureAsked)
        self.done = _SealedNotes(redis, house, keys.erasures, Erasure)

    @contextmanager
    def told_of(self, ref: str) -> Iterator[None]:
        """Says when it was erased, where it was."""
        try:
            yield
        except Erased:
            left = self.done.of(ref)
            raise Erased(ref, left.at if left else None) from None
