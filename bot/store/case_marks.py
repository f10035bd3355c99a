"""How far each case has come, by the tally that every release's append writes with the step itself."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, cast

from redis import Redis

from bot.ports.cases import Mark
from bot.store.keys import Keys
from bot.store.redis_damaged import text
from bot.store.tallies import MARK

_AT_ONCE = 5_000  # in one command: the server does nothing else meanwhile

_Tallies = Mapping[bytes, bytes | None]


class _Told(NamedTuple):
    tallies: _Tallies
    marks: Mapping[str, Mark | None]


class CaseMarks:
    def __init__(self, redis: Redis, keys: Keys, before: str) -> None:
        """`before`: what a reference is appended to, in the name of its tally."""
        self._redis = redis
        self._keys = keys
        self._before = before.encode()
        self._last = _Told({}, {})  # of what was open

    def of(self, refs: Sequence[str]) -> Mapping[str, Mark | None]:
        return _marks(self._tallies([ref.encode() for ref in refs]))

    def of_open(self) -> Mapping[str, Mark | None]:
        """All tallies are read at each call; what follows from them is made anew where any of them is another."""
        tallies = self._tallies(list(cast(set[bytes], self._redis.smembers(self._keys.open))))
        if tallies == self._last.tallies:
            return self._last.marks
        marks = _marks(tallies)
        self._last = _Told(tallies, marks)
        return marks

    def _tallies(self, refs: Sequence[bytes]) -> _Tallies:
        parts = [refs[start : start + _AT_ONCE] for start in range(0, len(refs), _AT_ONCE)]
        asked = self._redis.pipeline(transaction=False)
        for some in parts:
            asked.hmget(self._keys.tallies, [self._before + ref for ref in some])
        found: dict[bytes, bytes | None] = {}
        for some, stored in zip(parts, asked.execute(raise_on_error=False), strict=True):
            # No list where there are no tallies any more: somebody damaged them.
            found.update(zip(some, stored if isinstance(stored, list) else [None] * len(some), strict=True))
        return found


def _marks(tallies: _Tallies) -> Mapping[str, Mark | None]:
    told = (tally[:MARK] if tally and len(tally) >= MARK else None for tally in tallies.values())
    return dict(zip(map(text, tallies), told, strict=True))
