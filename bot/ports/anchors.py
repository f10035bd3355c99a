"""How far each record has come, to be kept where nobody reaches who reaches the record."""

from collections.abc import Mapping
from typing import Protocol

from msgspec import Struct

IN_CLEAR = "~"
"""Begins the mark of an entry from before there were keys: `missing-bot keys rotate` makes another of it."""


PROCESSING_LOG = "PROCESSING-LOG"
"""Stands among the references for that log, which is a chain of its own: its lines are the entries."""


class RecordStanding(Struct, frozen=True, array_like=True):
    """Of one record. Nothing of what it says can be learned from it."""

    entries: int
    mark: str  # of the last of them: it depends on all entries up to there


class Standings(Struct, frozen=True, kw_only=True):
    """Of everything."""

    records: Mapping[str, RecordStanding]  # reference → its own
    documents: Mapping[str, int]  # name of each that says who holds which role → its stamp
    closed: bool  # nothing in clear is believed


class RecordHeads(Protocol):
    """All of these raise StoreUnavailable, and look at what lies on the server now."""

    def standings(self) -> Standings: ...

    def as_of(self, entries: Mapping[str, int]) -> Mapping[str, RecordStanding]:
        """Of the records that had so many entries: how many each has, and the mark of that one; "" where it is gone."""

    def signature(self, total: str) -> str:
        """Nobody can make it who has no key of this record."""
