"""Documents in a Redis server: one hash, name → document.

What nobody of ours has written, or has written long ago, is not believed and is not read: whoever asked goes on with
what it knew, and whoever writes the document writes it anew.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import cast

from msgspec.structs import replace
from redis import Redis

from bot.ports.damaged import Damaged, DamageKind, Doubt
from bot.ports.tampered import Tampered, TamperKind
from bot.store.connection import Pipeline, load_script
from bot.store.document_seal import DocumentSeal, Doubted, is_stamped
from bot.store.house_keys import HouseKeys
from bot.store.keys import Keys
from bot.store.old_records import Clear
from bot.store.one_reading import read_anew, read_together
from bot.store.redis_damaged import RedisDamaged, text
from bot.store.sealing import NotOpened
from bot.time import MachineClock

_OF_ROLES = ("who is who", "everybody", "planned turns")

_LEAPS = (0, 100, 10_000, 1_000_000, 100_000_000)
"""Microseconds: with each try further ahead of who else is writing it."""


class RedisDocuments:
    """Sealed under the house key: they name who works here, who holds which role, and what each was told."""

    def __init__(
        self, redis: Redis, keys: Keys, damaged: RedisDamaged, house: HouseKeys, machine: MachineClock
    ) -> None:
        self._redis = redis
        self._key = keys.documents
        self._damaged = damaged
        self._machine = machine
        self._seal = DocumentSeal(house, machine)
        self._put = load_script(redis, "document_put")
        damaged.puts_documents_back_by(self.put_back)

    # Reading

    def get(self, name: str) -> bytes | None:
        return read_together(self, name, self.all_of)

    def all_of(self, names: Sequence[str]) -> list[bytes | None]:
        if not names:
            return []
        return self.opened(names, cast(list[bytes | None], self._redis.hmget(self._key, names)))

    def tampered(self) -> Iterator[Tampered]:
        """What is not believed of all that lies there, and what was found before and is kept for the technician."""
        self.all_of([text(name) for name in cast(list[bytes], self._redis.hkeys(self._key))])
        for found in self._damaged.all():
            if found.kind is DamageKind.DOCUMENT:
                since = datetime.fromtimestamp(found.at, UTC) if found.at else None
                yield Tampered(kind=TamperKind.DOCUMENT, ref=found.name, since=since)

    def stamps(self) -> dict[str, int]:
        """How new each is that says who holds which role; 0 where it is not believed."""
        stored = cast(list[bytes | None], self._redis.hmget(self._key, _OF_ROLES))
        return {
            name: self._seal.stamp_of(name, each or b"") for name, each in zip(_OF_ROLES, stored, strict=True)
        }

    def ask(self, asked: Pipeline, names: Sequence[str]) -> None:
        """For `opened`, among other questions."""
        asked.hmget(self._key, names)

    def opened(self, names: Sequence[str], stored: Sequence[bytes | None]) -> list[bytes | None]:
        return [self._opened(*each) for each in zip(names, stored, strict=True)]

    def _opened(self, name: str, stored: bytes | None) -> bytes | None:
        try:
            return stored and self._believed(name, stored)
        except NotOpened as why:
            self._kept(name, stored or b"", why.doubt if isinstance(why, Doubted) else Doubt.NONE)
            return None

    def _believed(self, name: str, stored: bytes) -> bytes | None:
        try:
            return self._seal.opened(name, stored, self._seal.newest(name))
        except Doubted as why:
            if why.doubt is not Doubt.OLDER:
                raise
        # Another thread may have read a newer one while the answer to this one was on its way.
        newest, again = self._seal.newest(name), self._stored(name)
        return again and self._seal.opened(name, again, newest)

    def _kept(self, name: str, stored: bytes, doubt: Doubt = Doubt.NONE) -> None:
        found = Damaged(
            kind=DamageKind.DOCUMENT, name=name, key=self._key, field=name, stored=stored, doubt=doubt
        )
        self._damaged.keep_found(replace(found, at=self._machine.seconds()) if doubt else found)

    def keep_damaged(self, name: str, found: bytes) -> None:  # noqa: ARG002 - kept as it lies there, sealed
        stored = self._stored(name)
        if stored is not None:
            self._kept(name, stored)

    def _stored(self, name: str) -> bytes | None:
        return cast(bytes | None, self._redis.hget(self._key, name))

    # Writing

    def put(self, name: str, document: bytes) -> None:
        read_anew(name)
        above, known = 0, b""
        for leap in _LEAPS:
            stamp = self._seal.stamp(name, above + leap)
            anew = self._seal.sealed(name, stamp, document)
            known = self._put([self._key], [name, stamp, anew, known])
            if not known:
                return self._seal.note(name, stamp)
            above = self._seal.stamp_of(name, known)
        self._redis.hset(self._key, name, anew)
        return None

    def in_clear(self) -> Iterator[Clear]:
        """Those from before there were stamps, or keys: to be sealed as they are. What cannot be read is left."""
        for name, stored in cast(dict[bytes, bytes], self._redis.hgetall(self._key)).items():
            if not is_stamped(stored) and (said := self._opened(text(name), stored)) is not None:
                yield Clear(self._key, text(name), stored, partial(self._seal.sealed_now, text(name), said))

    def put_back(self, name: str, stored: bytes) -> None:
        """From a backup, or mended by hand: written anew, unless it is the newest as it lay there."""
        read_anew(name)
        try:
            said = None if self._seal.is_newest(name, stored) else self._seal.said_in(name, stored)
        except NotOpened:
            said = None
        if said is None:
            self._redis.hset(self._key, name, stored)
        else:
            self.put(name, said)
