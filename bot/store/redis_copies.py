"""Which bots live on which Slack app, of every installation on this server.

Slack hands each press to any one connection of an app, whoever made it: two installations on the same tokens take each
half of them. So this key, alone of all, stands outside of any prefix. Times are the server's, since machines differ.
"""

from hashlib import sha256
from typing import cast
from uuid import uuid4

import msgspec
from msgspec import Struct
from redis import Redis

ALIVE = 8.0  # seconds since the newest sign of life
LINGERS = 120.0  # seconds for which Slack may still count the connection of a bot that was killed
_COUNTS = 40.0  # seconds that a count may take, until another bot makes it
_KEPT = 3600  # seconds for which a key outlives its last bot

# Taken by one of those that ask, until `ARGV[2]`; not before the moment that is written there, unless a clock that was
# set back since made that absurd.
_TAKE = """
local opens = tonumber(redis.call('GET', KEYS[1]) or '0') or 0
if opens > tonumber(ARGV[1]) and opens <= tonumber(ARGV[1]) + tonumber(ARGV[3]) then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3])
return 1
"""


class Count(Struct, frozen=True, kw_only=True):
    """What a bot of this installation made of Slack's newest count."""

    connections: int
    too_many: int = 0  # counts in a row, with this one, that had more than all of ours explain
    is_another: bool = False
    is_sure: bool = True


class Standing(Struct, frozen=True, kw_only=True):
    alive: int = 0  # bots of this installation
    recent: int = 0  # these, those that were killed a moment ago, and lines that were cut then
    others: tuple[str, ...] = ()  # prefixes of other installations that are alive
    count: Count | None = None


class RedisCopies:
    def __init__(self, redis: Redis, prefix: str) -> None:
        self._redis = redis
        self._prefix = prefix
        self._me = f"{prefix} {uuid4().hex}"
        self._take = redis.register_script(_TAKE)

    def beat(self, app: str) -> None:
        now, key = self._now(), _bots(app)
        both = self._redis.pipeline(transaction=True)
        both.zadd(key, {self._me: now})
        both.zremrangebyscore(key, "-inf", now - LINGERS)
        both.expire(key, _KEPT)
        both.execute()

    def linger(self, app: str) -> None:
        """Our last line was left: like a bot that was killed, it may still be counted."""
        self._redis.zadd(_bots(app), {f"{self._prefix} line-{uuid4().hex}": self._now() - ALIVE})

    def leave(self, app: str) -> None:
        """Politely: its connection is closed with it, and Slack does not count it any more."""
        self._redis.zrem(_bots(app), self._me)

    def may_count(self, app: str) -> bool:
        """By one bot of this installation, where it is time again."""
        now = self._now()
        taken = self._take(keys=[self._key(app, "counting")], args=[repr(now), repr(now + _COUNTS), _KEPT])
        return bool(taken)

    def count_in(self, app: str, seconds: float) -> None:
        """The next count, not before."""
        self._redis.set(self._key(app, "counting"), repr(self._now() + seconds), ex=_KEPT)

    def note(self, app: str, count: Count) -> None:
        self._redis.set(self._key(app, "count"), msgspec.json.encode(count), ex=_KEPT)

    def standing(self, app: str) -> Standing:
        now = self._now()
        found = self._since(_bots(app), now - LINGERS)
        count = cast(bytes | None, self._redis.get(self._key(app, "count")))
        ours = [at for prefix, at in found if prefix == self._prefix]
        others = {prefix for prefix, at in found if prefix != self._prefix and at > now - ALIVE}
        return Standing(
            alive=sum(at > now - ALIVE for at in ours),
            recent=len(ours),
            others=tuple(sorted(others)),
            count=_read(count),
        )

    def _key(self, app: str, what: str) -> str:
        return f"{_name(app)}:{self._prefix}:{what}"

    def _since(self, key: str, oldest: float) -> list[tuple[str, float]]:
        found = self._redis.zrangebyscore(key, oldest, "+inf", withscores=True)
        return [(name.decode().partition(" ")[0], at) for name, at in cast(list[tuple[bytes, float]], found)]

    def _now(self) -> float:
        seconds, micros = self._redis.time()
        return seconds + micros / 1e6


def _read(count: bytes | None) -> Count | None:
    """One that cannot be read is made anew within minutes."""
    try:
        return msgspec.json.decode(count, type=Count) if count else None
    except ValueError:
        return None


def _bots(app: str) -> str:
    return f"{_name(app)}:bots"


def _name(app: str) -> str:
    return f"slack-app:{sha256(app.encode()).hexdigest()[:32]}"
