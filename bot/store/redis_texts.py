"""Texts that can be answered, in a Redis server. Who is texted stands there under a blind name."""

import re
from collections.abc import Mapping, Sequence
from typing import cast

import msgspec
from redis import Redis

from bot.ports.damaged import DamageKind
from bot.ports.texts import CODES, FIRST_CODE, STRIDE, Pages, ReplyTurn, SentText
from bot.store.connection import load_script
from bot.store.keys import Keys
from bot.store.redis_damaged import RedisDamaged, as_number, text

_REPLIES_KEPT = 9 * 86_400  # seconds: GOV.UK Notify shows a reply for seven days
_SAID_KEPT = 2 * 86_400


class RedisTexts:
    def __init__(self, redis: Redis, keys: Keys, damaged: RedisDamaged) -> None:
        self._damaged = damaged
        self._redis = redis
        self._keys = keys
        self._code = load_script(redis, "text_code")
        self._take = load_script(redis, "text_take")

    def code(self, person: str, pages: Pages) -> int:
        of_whom = (self._blind(person), msgspec.json.encode(pages))
        return int(self._code([self._keys.text_codes], [*of_whom, FIRST_CODE, STRIDE, CODES]))

    def codes(self, person: str) -> Mapping[int, Pages]:
        whose = f"{self._blind(person)}#".encode()
        names = [FIRST_CODE + number for number in range(CODES)]
        stands = self._redis.hmget(self._keys.text_codes, [whose + str(code).encode() for code in names])
        found = zip(names, cast(list[bytes | None], stands), strict=True)
        read = {code: self._pages(whose + str(code).encode(), pages) for code, pages in found if pages}
        return {code: pages for code, pages in read.items() if pages is not None}

    def _pages(self, field: bytes, stored: bytes) -> Pages | None:
        try:
            return msgspec.json.decode(stored, type=Pages)
        except ValueError:
            self._damaged.keep(DamageKind.TEXT, text(field), self._keys.text_codes, text(field), stored)
            return None

    def _blind(self, person: str) -> str:
        return self._keys.blind("texted", person)

    def sent(self, text: SentText) -> None:
        self._redis.hset(self._keys.texts_sent, text.receipt, msgspec.json.encode(text))

    def on_their_way(self) -> Sequence[SentText]:
        kept = cast(dict[bytes, bytes], self._redis.hgetall(self._keys.texts_sent))
        read = [self._sent(receipt, each) for receipt, each in kept.items()]
        return [each for each in read if each is not None]

    def _sent(self, receipt: bytes, stored: bytes) -> SentText | None:
        """One that cannot be read is asked about no more."""
        try:
            return msgspec.json.decode(stored, type=SentText)
        except ValueError:
            self._damaged.take(DamageKind.TEXT, text(receipt), self._keys.texts_sent, text(receipt), stored)
            return None

    def settle(self, receipt: str) -> None:
        self._redis.hdel(self._keys.texts_sent, receipt)

    def forget(self, ref: str) -> None:
        """What stands for pages of this case alone: nobody can answer those any more."""
        for key in (self._keys.text_codes, self._keys.texts_sent):
            kept = cast(dict[bytes, bytes], self._redis.hgetall(key))
            gone = [name for name, value in kept.items() if _is_of(ref, name) or _is_of(ref, value)]
            if gone:
                self._redis.hdel(key, *cast(list[str], gone))

    def take(self, reply: str, machine_now: float, lease: float) -> ReplyTurn:
        answer = self._take([self._keys.reply(reply)], [machine_now, lease, _REPLIES_KEPT])
        return ReplyTurn(answer.decode())

    def done(self, reply: str) -> None:
        self._redis.set(self._keys.reply(reply), "done", ex=_REPLIES_KEPT)

    def said_before(self, number: str, words: str, machine_now: float, within: float) -> bool:
        at = cast(bytes | None, self._redis.get(self._said(number, words)))
        said_at = as_number(at) if at is not None else None
        return said_at is not None and abs(machine_now - said_at) < within

    def note_said(self, number: str, words: str, machine_now: float) -> None:
        self._redis.set(self._said(number, words), str(machine_now), ex=_SAID_KEPT)

    def _said(self, number: str, words: str) -> str:
        return self._keys.said(f"{number}\n{words}")


_REF = re.compile(rb'"ref":"([^"]*)"')


def _is_of(ref: str, stored: bytes) -> bool:
    """Of that case and of no other."""
    return {found.decode("ascii", "replace") for found in _REF.findall(stored)} == {ref}
