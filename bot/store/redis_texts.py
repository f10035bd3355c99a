"""Texts that can be answered, in a Redis server. Who is texted stands there under a blind name."""

from collections.abc import Mapping, Sequence
from typing import cast

import msgspec
from redis import Redis

from bot.ports.texts import CODES, FIRST_CODE, STRIDE, Pages, ReplyTurn, SentText
from bot.store.connection import load_script
from bot.store.keys import Keys

_REPLIES_KEPT = 9 * 86_400  # seconds: GOV.UK Notify shows a reply for seven days
_SAID_KEPT = 2 * 86_400


class RedisTexts:
    def __init__(self, redis: Redis, keys: Keys) -> None:
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
        return {
            code: msgspec.json.decode(pages, type=Pages)
            for code, pages in zip(names, cast(list[bytes | None], stands), strict=True)
            if pages is not None
        }

    def _blind(self, person: str) -> str:
        return self._keys.blind("texted", person)

    def sent(self, text: SentText) -> None:
        self._redis.hset(self._keys.texts_sent, text.receipt, msgspec.json.encode(text))

    def on_their_way(self) -> Sequence[SentText]:
        kept = cast(list[bytes], self._redis.hvals(self._keys.texts_sent))
        return [msgspec.json.decode(each, type=SentText) for each in kept]

    def settle(self, receipt: str) -> None:
        self._redis.hdel(self._keys.texts_sent, receipt)

    def take(self, reply: str, machine_now: float, lease: float) -> ReplyTurn:
        answer = self._take([self._keys.reply(reply)], [machine_now, lease, _REPLIES_KEPT])
        return ReplyTurn(answer.decode())

    def done(self, reply: str) -> None:
        self._redis.set(self._keys.reply(reply), "done", ex=_REPLIES_KEPT)

    def said_before(self, number: str, words: str, machine_now: float, within: float) -> bool:
        at = cast(bytes | None, self._redis.get(self._said(number, words)))
        return at is not None and abs(machine_now - float(at)) < within

    def note_said(self, number: str, words: str, machine_now: float) -> None:
        self._redis.set(self._said(number, words), str(machine_now), ex=_SAID_KEPT)

    def _said(self, number: str, words: str) -> str:
        return self._keys.said(f"{number}\n{words}")
