"""Every record in a Redis server, whichever its kind: the cases, and the one of hand-overs."""

from collections.abc import Iterator
from typing import Any

from bot.ports.rosters import ROSTER
from bot.store.redis_record import RedisRecords


class AllRecords:
    def __init__(self, cases: RedisRecords[Any], rosters: RedisRecords[Any]) -> None:
        self._cases = cases
        self._rosters = rosters

    def of(self, ref: str) -> RedisRecords[Any]:
        """Those among which that reference is."""
        return self._rosters if ref == ROSTER else self._cases

    def refs(self) -> Iterator[str]:
        """Of each that has entries, and of the hand-overs; once each, though the server may name one twice."""
        yield ROSTER
        yield from set(self._cases.refs())
