"""The master key of a record changed under it, and what was written before there were keys sealed (docs/security.md).

Each case by itself: whatever stops it, what is done stays done, and the next run goes on.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from msgspec import Struct
from redis import Redis

from bot.ports.errors import StoreUnavailable, Unreadable
from bot.store.all_records import AllRecords
from bot.store.case_keys import FORGOTTEN
from bot.store.connection import load_script
from bot.store.errors import UnknownKey
from bot.store.house_keys import ROOT, HouseKeys
from bot.store.master_keys import master_of
from bot.store.old_records import InClear, OldRecords
from bot.store.redis_record import RedisRecords
from bot.store.sealing import NotOpened
from bot.store.tally_book import TallyBook


class Rotated(Struct, frozen=True, kw_only=True):
    """What a run has done, and what is left to be looked at."""

    master: str  # the id of the key that the record is under now
    wrapped: int = 0  # keys of cases that were under another one
    sealed: int = 0  # records that were in clear
    beside: int = 0  # rows of the outbox, drafts and documents that were
    left: tuple[str, ...] = ()  # references that could not be dealt with: their record is damaged
    under: dict[str, int]  # id → how many keys are under it now, the root with them


class Rotation:
    def __init__(
        self,
        redis: Redis,
        house: HouseKeys,
        records: AllRecords,
        in_clear: InClear,
        tally_book: TallyBook,
    ) -> None:
        self._redis = redis
        self._house = house
        self._old = OldRecords(redis, house, tally_book)
        self._tally_book = tally_book
        self._in_clear = in_clear
        self._all = records
        self._put = load_script(redis, "put")

    def rotate(self) -> Rotated:
        """Puts everything under the first of the keys that were given. Raises WrongKey, StoreUnavailable."""
        master = self._house.masters.first.id
        self._wrap_root(master)
        wrapped, sealed, left = 0, 0, list[str]()
        for ref, records in self._records():
            try:
                wrapped += self._wrap(ref, records, master)
                sealed += self._old.seal(ref, records)
                self._tally_book.begin(ref, records)
            except (Unreadable, UnknownKey, NotOpened):
                left.append(ref)
        beside = 0 if self._house.is_closed() else self._in_clear.seal()  # else it is somebody else's
        if not left:
            self._close()
        if sealed or beside:
            self._rewrite_files()
        return Rotated(
            master=master,
            wrapped=wrapped,
            sealed=sealed,
            beside=beside,
            left=tuple(sorted(left)),
            under=self.in_use(),
        )

    def in_use(self) -> dict[str, int]:
        """Id of a master key → how many keys are under it."""
        root = self._house.stored()
        found = [root] if root else []
        found += [key for ref, records in self._records() if (key := records.kept(ref).key)]
        return dict(Counter(master_of(each) for each in found))

    def _wrap_root(self, master: str) -> None:
        """First: from now on no new case's key is wrapped under another one."""
        self._house.read_again()
        before = self._house.wrapped()
        if master_of(before) != master:
            anew = self._house.masters.wrap_anew(ROOT, before, master)
            self._put([self._house.root_key], ["", before, anew])
            self._house.read_again()

    def _close(self) -> None:
        """Last: from now on nothing in clear is believed."""
        before = self._house.wrapped()
        if not self._house.is_closed():
            self._put([self._house.root_key], ["", before, self._house.closed()])
            self._house.read_again()

    def _wrap(self, ref: str, records: RedisRecords[Any], master: str) -> bool:
        before = records.kept(ref).key
        if before is None or before == FORGOTTEN or master_of(before) == master:
            return False
        anew = self._house.masters.wrap_anew(records.seal.name(ref), before, master)
        return bool(self._put([records.place_of(ref)], ["key", before, anew]))

    def _records(self) -> Iterator[tuple[str, RedisRecords[Any]]]:
        """Every one. What comes while they are looked for is under the new key already."""
        for ref in self._all.refs():
            yield ref, self._all.of(ref)

    def _rewrite_files(self) -> None:
        """What lay there in clear is in the server's file until it writes that anew."""
        with suppress(StoreUnavailable):  # it is at that already, or keeps no such file
            self._redis.bgrewriteaof()
