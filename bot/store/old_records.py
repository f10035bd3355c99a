"""What was written before there were keys. Records: the same entries, sealed and chained anew, in one script or not at
all. Beside them: each row, draft and document by itself.
"""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, cast

from redis import Redis

from bot.ports.errors import Unreadable
from bot.store.codec import is_sealed
from bot.store.connection import load_script
from bot.store.house_keys import HouseKeys
from bot.store.redis_record import RedisRecords
from bot.store.tally_book import TallyBook

_TRIES = 5  # somebody may write to it meanwhile


class OldRecords:
    def __init__(self, redis: Redis, house: HouseKeys, tally_book: TallyBook) -> None:
        self._house = house
        self._tally_book = tally_book
        self._seal = load_script(redis, "seal_record")

    def seal(self, ref: str, records: RedisRecords[Any]) -> bool:
        """False where nothing of it is in clear. Raises Unreadable, also where its chain is broken: what cannot be
        proved is left as it is."""
        for _ in range(_TRIES):
            match self._try(ref, records):
                case b"nothing":
                    return False
                case b"sealed":
                    records.drop(ref)
                    return True
        raise Unreadable(ref, "it is being written to all the time")

    def _try(self, ref: str, records: RedisRecords[Any]) -> bytes:
        kept, tally = records.kept(ref), self._tally_book.read(ref, records)
        stored, wrapped = records.stored_with_key(ref)
        if not stored or all(map(is_sealed, (*stored, kept.snapshot or stored[0]))):
            return b"nothing"
        if records.chain.broken_at(ref, stored) is not None:
            raise Unreadable(ref, "its chain is broken")
        wrapped = wrapped or records.seal.keys.new(records.seal.name(ref), self._house.master())
        key = records.seal.key(ref, wrapped)
        envelopes = records.envelopes(ref, stored, wrapped)
        snapshot = records.snapshot_of(ref, key, records.opened(ref, stored, wrapped))
        anew = list(records.chained(ref, key, envelopes))
        counted = self._tally_book.again(ref, records, tally, anew)
        told = [wrapped, self._house.wrapped(), stored[-1], kept.snapshot or b"", snapshot]
        places = [
            records.entries_of(ref),
            records.place_of(ref),
            self._house.root_key,
            self._tally_book.place,
        ]
        answer: bytes = self._seal(places, [*told, records.seal.name(ref), tally.stored, counted, *anew])
        return answer


class Clear(NamedTuple):
    """Something that lies in clear, and how it is to be sealed. The sealing raises Unreadable where it cannot be."""

    key: str
    field: str  # "" where it lies under a key of its own
    stored: bytes
    sealed: Callable[[], bytes]


class InClear:
    """What is read while somebody takes or changes it is left to them: whatever they write is sealed."""

    def __init__(self, redis: Redis, *kinds: Callable[[], Iterable[Clear]]) -> None:
        self._kinds = kinds
        self._put = load_script(redis, "put")

    def seal(self) -> int:
        return sum(self._one(found) for kind in self._kinds for found in kind())

    def _one(self, found: Clear) -> int:
        try:
            sealed = found.sealed()
        except (Unreadable, ValueError):  # damaged: whoever reads it keeps it for the technician
            return 0
        if sealed == found.stored:  # a row of a record that had to be left in clear
            return 0
        return cast(int, self._put([found.key], [found.field, found.stored, sealed]))
