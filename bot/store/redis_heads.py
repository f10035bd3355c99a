"""How far each record has come in a Redis server: for anchors, which are kept elsewhere."""

from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping, Sequence

from redis import Redis

from bot.ports.anchors import IN_CLEAR, PROCESSING_LOG, RecordStanding, Standings
from bot.store.all_records import AllRecords
from bot.store.codec import is_sealed, link_of
from bot.store.house_keys import HouseKeys
from bot.store.redis_damaged import text
from bot.store.redis_documents import RedisDocuments
from bot.store.redis_log_reader import RedisLogReader

_AT_ONCE = 200  # records in one round trip, which the server answers in one go
_MARK = 8  # bytes of a link: who has no key of the chain can only guess, and is told of nothing by it


class RedisHeads:
    def __init__(
        self,
        redis: Redis,
        house: HouseKeys,
        records: AllRecords,
        documents: RedisDocuments,
        log_reader: RedisLogReader,
    ) -> None:
        self._redis = redis
        self._house = house
        self._records = records
        self._documents = documents
        self._log_reader = log_reader

    def standings(self) -> Standings:
        found = self._asked(dict.fromkeys(self._records.refs(), -1))
        if (head := self._log_reader.head()) is not None:
            found[PROCESSING_LOG] = RecordStanding(head.lines, _short(bytes.fromhex(head.link)))
        records = {ref: standing for ref, standing in sorted(found.items()) if standing.entries}
        return Standings(
            records=records, documents=self._documents.stamps(), closed=self._house.is_closed_now()
        )

    def as_of(self, entries: Mapping[str, int]) -> Mapping[str, RecordStanding]:
        asked = {ref: number - 1 for ref, number in entries.items() if ref != PROCESSING_LOG}
        found = self._asked(asked)
        if (lines := entries.get(PROCESSING_LOG)) is not None:
            length, link = self._log_reader.stood(lines)
            found[PROCESSING_LOG] = RecordStanding(length, _short(link))
        return found

    def signature(self, total: str) -> str:
        return self._house.signed_anchor(total)

    def _asked(self, places: Mapping[str, int]) -> dict[str, RecordStanding]:
        """Reference → where in its list the entry lies whose mark is asked for."""
        found: dict[str, RecordStanding] = {}
        for some in _pages(list(places)):
            asked = self._redis.pipeline(transaction=True)
            for ref in some:
                key = self._records.of(ref).entries_of(ref)
                asked.llen(key)
                asked.lindex(key, places[ref])
            answers = asked.execute()
            for ref, entries, entry in zip(some, answers[::2], answers[1::2], strict=True):
                found[ref] = RecordStanding(entries, _mark(entry))
        return found


def _pages(refs: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(refs), _AT_ONCE):
        yield refs[start : start + _AT_ONCE]


def _mark(entry: bytes | None) -> str:
    if not entry:
        return ""
    if is_sealed(entry):
        return _short(link_of(entry))
    return IN_CLEAR + text(link_of(entry)[: 2 * _MARK])


def _short(link: bytes) -> str:
    return urlsafe_b64encode(link[:_MARK]).rstrip(b"=").decode()
