"""Which bots live on which Slack app, of every installation on this server.

Slack hands each press to any one connection of an app, whoever made it: two installations on the same tokens take each
half of them. So this key, alone of all, stands outside of any prefix. Times are the server's, since machines differ.
"""

from hashlib import sha256
from typing import cast
from uuid import uuid4

from msgspec import Struct
from redis import Redis

ALIVE = 8.0  # seconds since the newest sign of life
LINGERS = 120.0  # seconds for which Slack may still count the connection of a bot that was killed
_KEPT = 3600  # seconds for which a key outlives its last bot


class Standing(Struct, frozen=True, kw_only=True):
    alive: int = 0  # bots of this installation
    recent: int = 0  # these, and those that were killed a moment ago
    others: tuple[str, ...] = ()  # prefixes of other installations that are alive
    is_seen: bool = False  # a bot of this installation sees another copy


class RedisCopies:
    def __init__(self, redis: Redis, prefix: str) -> None:
        self._redis = redis
        self._prefix = prefix
        self._me = f"{prefix} {uuid4().hex}"

    def beat(self, app: str, *, sees_another: bool) -> None:
        now, (beats, sightings) = self._now(), _keys(app)
        both = self._redis.pipeline(transaction=True)
        both.zadd(beats, {self._me: now})
        if sees_another:
            both.zadd(sightings, {self._me: now})
        else:
            both.zrem(sightings, self._me)
        for key in (beats, sightings):
            both.zremrangebyscore(key, "-inf", now - LINGERS)
            both.expire(key, _KEPT)
        both.execute()

    def leave(self, app: str) -> None:
        """Politely: its connection is closed with it, and Slack does not count it any more."""
        for key in _keys(app):
            self._redis.zrem(key, self._me)

    def standing(self, app: str) -> Standing:
        now, (beats, sightings) = self._now(), _keys(app)
        found = self._since(beats, now - LINGERS)
        ours = [at for prefix, at in found if prefix == self._prefix]
        others = {prefix for prefix, at in found if prefix != self._prefix and at > now - ALIVE}
        return Standing(
            alive=sum(at > now - ALIVE for at in ours),
            recent=len(ours),
            others=tuple(sorted(others)),
            is_seen=any(prefix == self._prefix for prefix, _ in self._since(sightings, now - ALIVE)),
        )

    def _since(self, key: str, oldest: float) -> list[tuple[str, float]]:
        found = self._redis.zrangebyscore(key, oldest, "+inf", withscores=True)
        return [(name.decode().partition(" ")[0], at) for name, at in cast(list[tuple[bytes, float]], found)]

    def _now(self) -> float:
        seconds, micros = self._redis.time()
        return seconds + micros / 1e6


def _keys(app: str) -> tuple[str, str]:
    name = f"slack-app:{sha256(app.encode()).hexdigest()[:32]}"
    return f"{name}:bots", f"{name}:sightings"
