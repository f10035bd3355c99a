"""All ports behind one Redis server, and whether the record key is the right one."""

from collections.abc import Callable
from secrets import token_hex

from redis import Redis

from bot.domain.case import Case
from bot.domain.fold import fold
from bot.domain.handover import Roster
from bot.ports.damaged import Damaged
from bot.ports.destination import OutboxKind
from bot.ports.outbox import Outgoing
from bot.store.all_records import AllRecords
from bot.store.case_keys import CaseKeys
from bot.store.codec import Chain, Snapshots
from bot.store.eraser import Eraser
from bot.store.errors import NotBegun, RootGone, WrongKey
from bot.store.house_keys import HouseKeys, chain_of
from bot.store.keys import REQUESTS_KEPT, Keys
from bot.store.log_boxes import LogBoxes
from bot.store.master_keys import MasterKeys
from bot.store.old_records import InClear
from bot.store.redis_bell import RedisBell, RedisEar
from bot.store.redis_cases import RedisCases, RedisDue
from bot.store.redis_checks import RedisChecks
from bot.store.redis_damaged import RedisDamaged
from bot.store.redis_documents import RedisDocuments
from bot.store.redis_drafts import RedisDrafts, RedisRosters, fold_roster
from bot.store.redis_erasures import RedisErasures
from bot.store.redis_heads import RedisHeads
from bot.store.redis_log_reader import RedisLogReader
from bot.store.redis_notes import RedisArrivals, RedisHeartbeats, RedisMetrics, RedisRequests
from bot.store.redis_outbox import RedisOutbox
from bot.store.redis_processing_log import RedisProcessingLog
from bot.store.redis_record import RedisRecords
from bot.store.redis_texts import RedisTexts
from bot.store.rotation import Rotation
from bot.store.sealed import Seal, house_row
from bot.store.tally_book import TallyBook
from bot.time import HostClock, MachineClock


class RedisStores:
    """`redis` comes from `bot.store.connection.for_store`; `prefix` sets installations on one server apart; `beside` is
    the same record over another connection."""

    def __init__(
        self,
        redis: Redis,
        masters: MasterKeys,
        *,
        prefix: str = "missing",
        requests_kept: int = REQUESTS_KEPT,
        beside: "RedisStores | None" = None,
        machine: MachineClock | None = None,
    ) -> None:
        machine = machine or HostClock()
        house = HouseKeys(redis, prefix, masters, machine, beside.house if beside else None)
        case_keys = CaseKeys(masters)
        self._keys = keys = Keys(prefix, house.index)
        log_boxes = LogBoxes(house.log, house.log_chain)
        cases = RedisRecords(redis, keys, house, Seal("case", case_keys), Snapshots(Case), fold, log_boxes)
        roster_keys = Keys(prefix, house.index, kind="roster")
        roster_seal = Seal("roster", case_keys)
        rosters = RedisRecords(
            redis, roster_keys, house, roster_seal, Snapshots(Roster), fold_roster, log_boxes
        )
        records = AllRecords(cases, rosters)
        self.house: HouseKeys = house
        self.metrics = RedisMetrics(redis, keys)
        self.damaged = RedisDamaged(redis, keys, self.metrics)
        self.drafts = RedisDrafts(redis, keys, house, cases, self.damaged)
        self.erasures = RedisErasures(redis, keys, house)
        self.cases = RedisCases(redis, keys, cases, self.drafts, self.erasures)
        self.rosters = RedisRosters(rosters)
        self.key_check = KeyCheck(house, self.cases)
        self.due = RedisDue(redis, keys, self.damaged)
        self.bell = RedisBell(redis, keys)
        self.outbox = RedisOutbox(redis, keys, self.damaged, case_keys, house, row_sealing(records, house))
        self.heartbeats = RedisHeartbeats(redis, keys, self.damaged)
        self.documents = RedisDocuments(redis, keys, self.damaged, house, machine)
        self.checks = RedisChecks(redis, keys, records, [self.documents.tampered])
        in_clear = InClear(redis, self.outbox.in_clear, self.drafts.in_clear, self.documents.in_clear)
        self.rotation = Rotation(redis, house, records, in_clear, TallyBook(redis, keys))
        self.texts = RedisTexts(redis, keys, self.damaged)
        self.eraser = Eraser(
            redis, self.cases, self.erasures, self.outbox, self.texts, self.damaged, log_boxes
        )
        self.processing_log = RedisProcessingLog(redis, keys, log_boxes, self.metrics)
        self.log_reader = RedisLogReader(redis, keys, log_boxes, self.damaged)
        self.heads = RedisHeads(redis, house, records, self.documents, self.log_reader)
        self.requests = RedisRequests(redis, keys, requests_kept)
        self.arrivals = RedisArrivals(redis, self.documents, self.requests, self.rosters)

    def ear(self, listening: Redis) -> RedisEar:
        """Of one timer; `listening`: another connection to the same server."""
        return RedisEar(self.bell, listening, self._keys)

    def unreadable_entries(self) -> list[Damaged]:
        """Of every open case, and of the hand-overs: they lie where they were written, and hold their record up."""
        cases = [self.cases.damaged(ref) for ref in self.cases.open_refs()]
        return [each for found in (*cases, self.rosters.damaged()) for each in found]

    def go_on_with_hand_overs(self) -> str:
        """From what can be read of them. The key under which all that lay there is kept."""
        kept = f"{self._keys.damaged}:hand-overs:{token_hex(4)}"
        self.rosters.begin_anew(kept)
        return kept


def row_sealing(records: AllRecords, house: HouseKeys) -> Callable[[Outgoing], bytes]:
    """For a row that is written by itself. It raises Unreadable."""

    def sealed(row: Outgoing) -> bytes:
        if row.kind is OutboxKind.ERASED:
            return house_row(row, house.data())
        return records.of(row.ref).sealed_row(row)

    return sealed


# Whether this process was given the key that the record is under.

_LOOKED_AT = 5  # cases of a record that was begun before anything said which key that is


class KeyCheck:
    def __init__(self, house: HouseKeys, cases: RedisCases) -> None:
        self._house = house
        self._cases = cases

    def check(self) -> None:
        """Raises WrongKey, and StoreUnavailable. The first one who asks an empty record begins it with this key."""
        if self._house.is_gone():
            raise RootGone(self._house.root_key)
        if self._house.says_nothing() and self._looks_forged():
            raise WrongKey(self._house.masters.ids)
        self._house.read_again()
        self._house.wrapped()

    def look(self) -> None:
        """For who only reads. Raises NotBegun of an empty record, and what `check` raises."""
        if self._house.stored() is None and self.is_right() is None and not self._house.says_nothing():
            raise NotBegun(self._house.root_key)
        self.check()

    def is_right(self) -> bool | None:
        """Without putting anything there; None of an empty record, which any key can begin."""
        return self._house.is_right()

    def _looks_forged(self) -> bool:
        """From the first entry on, and so does every other record: that was no forger. What cannot be read at all is
        damaged, and says nothing of the key."""
        readable, _ = self._cases.readable(self._cases.open_refs()[:_LOOKED_AT])
        chain = Chain(lambda: chain_of(self._house.masters.first.secret))
        firsts = [chain.broken_at(case.ref, self._cases.stored(case.ref)) for case in readable]
        return bool(firsts) and all(first == 1 for first in firsts)
