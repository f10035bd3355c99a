"""Whatever lies on the server may go bad: it stops nothing else, it is kept for the technician and said once, and it
can be put back or struck off."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from msgspec import Struct

from bot import directory_document, plan_document
from bot.domain.events import Entry, HandoverOffered, Noted
from bot.domain.handover import Roster, advance_roster
from bot.domain.people import Role
from bot.domain.planned import Plan
from bot.ports import reach_answers
from bot.ports.cases import Sought
from bot.ports.damaged import DamageKind
from bot.ports.destination import Destination
from bot.ports.drafts import DraftPlace, Saved, SavedDraft
from bot.ports.errors import Unreadable
from bot.ports.metrics import Metric
from bot.ports.places import case_key, older_key
from bot.ports.rosters import ROSTER, RosterAppend
from bot.ports.stores import RateLimits, Stores
from bot.ports.texts import SentText, TextedPage
from bot.ports.ways_tried import Way, WayAnswer, WaysTried, WayTried
from bot.store.connection import for_store
from bot.store.redis_copies import Count, RedisCopies
from bot.store.redis_outbox import RedisRateLimits
from bot.store.redis_stores import RedisStores
from bot.views.wording import damage_words
from tests.conftest import SECRETS
from tests.contract.steps import MACHINE, START, minutes, report, row, step
from tests.contract.test_processing_log import of

BAD, WELL = "MC-26-0001", "MC-26-0002"
FIM = Destination("role:fim")
PLACE = DraftPlace("U-CAL", "report")
TEXTED = (TextedPage(BAD, 2, Role.FIM),)
NOISE = b"\xff\x00 noise"
PAGER = Way("fim", "pager")
APP = "https://slack.com T1 B1"

pytestmark = pytest.mark.redis


def draft(heard: float = 100.0) -> SavedDraft:
    return SavedDraft(view="V1", since=START, heard=heard, metadata="{}", values={})


def saved(view: str = "V1") -> Saved:
    return Saved(place=PLACE, view=view, machine_now=MACHINE, until=MACHINE + 60, said="all of it")


class Record(Struct):
    """One of everything, on a real server."""

    redis: Any
    stores: RedisStores
    limits: RateLimits
    copies: RedisCopies
    prefix: str

    def fill(self) -> None:
        stores = self.stores
        for ref in (BAD, WELL):
            assert stores.cases.new_ref(2026) == ref
            rows = (row("cases", ref=ref), row("role:fim", ref=ref))
            stores.cases.append(report(ref, person="P-77", wake=1, outgoing=rows))
        offered = Entry(at=START, by="U-FLO", event=HandoverOffered(role=Role.FIM, to="U-FAY"))
        roster = advance_roster(Roster(), offered)
        stores.rosters.append(RosterAppend(roster=roster, entries=(offered,), expected=0, wake_at=minutes(9)))
        stores.due.claim(minutes(2), MACHINE, 1, 5)
        token = stores.outbox.claim(FIM, MACHINE, 10)
        assert token is not None
        (waiting, _) = stores.outbox.pending(FIM, 2)
        stores.outbox.sending(FIM, token, [waiting.id], MACHINE)
        stores.outbox.sent(FIM, token, [], {case_key(BAD): "C1:1.5", older_key(FIM, BAD): "C1:1.5"})
        stores.metrics.count(Metric.REPLIES)
        stores.heartbeats.beat("timer", MACHINE)
        stores.drafts.keep(PLACE, draft(), MACHINE, MACHINE + 60)
        stores.texts.code("kim", TEXTED)
        stores.texts.sent(SentText(receipt="r1", way=PAGER, label="pager", pages=TEXTED, at=START))
        stores.texts.take("reply", MACHINE, 30)
        stores.texts.note_said("kim", "Noted.", MACHINE)
        stores.processing_log.note(of("fay"))
        stores.processing_log.link()
        stores.key_check.check()
        stores.arrivals.arrive("request", 1, directory_document.DOCUMENT)
        directory_document.save(stores.documents, directory_document.NOTHING)
        directory_document.save_everybody(
            stores.documents, directory_document.Everybody(read_at=1.0, people={})
        )
        reach_answers.save(stores.documents, reach_answers.ReachAnswers(at=MACHINE))
        reach_answers.note_shut(stores.documents, "C1", reach_answers.Shut("is_archived", MACHINE))
        plan_document.save(stores.documents, Plan())
        WaysTried(stores.documents).note(PAGER, WayTried(at=START, answer=WayAnswer.TAKEN))
        self.limits.enter("C1", MACHINE)
        self.limits.enter_edit(MACHINE, is_patient=False)
        self.limits.hold(FIM, MACHINE)
        self.limits.fell(FIM)
        self.limits.refuse(FIM, "is_archived")
        self.copies.beat(APP)
        self.copies.may_count(APP)
        self.copies.note(APP, Count(connections=1))

    def go_on(self) -> None:
        """Everything that is asked of the record in a minute; of the one thing that went bad, too. Raises nothing."""
        stores = self.stores
        stores.arrivals.arrive("another", 2, directory_document.DOCUMENT, reach_answers.DOCUMENT)
        stores.arrivals.arrive("request", 3, directory_document.DOCUMENT)
        gathered = stores.cases.gather(
            Sought(incident="LOG-9", person_ref="P-77", traces=frozenset(), year=2026), 9
        )
        assert gathered.ref not in (BAD, WELL)
        stores.cases.append(
            report(gathered.ref, person="P-77", outgoing=(row("role:fim", ref=gathered.ref),))
        )
        assert stores.cases.load(gathered.ref) is not None
        self._another_step()
        stores.cases.open_cases()
        stores.due.claim(minutes(20), MACHINE + 9, 100, 5)
        stores.due.next_at(), stores.due.overdue(minutes(20)), stores.due.waiting(minutes(20), 9)
        for lane in stores.outbox.lanes():
            token = stores.outbox.claim(lane, MACHINE + 30, 10)
            assert token is not None, "a lease that ran out"
            ids = [each.id for each in stores.outbox.pending(lane, 99)]
            stores.outbox.doubtful(lane)
            assert stores.outbox.sending(lane, token, ids, MACHINE + 31)
            assert stores.outbox.put_back(lane, token, ids)
            stores.outbox.release(lane, token)
            assert stores.outbox.claim(lane, MACHINE + 32, 10) == token + 1
        (
            stores.outbox.card(case_key(BAD)),
            stores.outbox.listed(older_key(FIM, BAD)),
            stores.outbox.cases_shown(),
        )
        stores.metrics.count(Metric.REPLIES), stores.metrics.read()
        stores.heartbeats.beats(), stores.heartbeats.beat("timer", MACHINE)
        stores.drafts.find(PLACE, MACHINE), stores.drafts.was_saved(saved())
        stores.drafts.keep(PLACE, draft(heard=200.0), MACHINE, MACHINE + 60)
        assert stores.drafts.find(PLACE, MACHINE) == draft(heard=200.0)
        stores.texts.codes("kim"), stores.texts.on_their_way()
        code = stores.texts.code("kim", (TextedPage(WELL, 3, Role.FIM),))
        assert code in stores.texts.codes("kim")
        stores.texts.take("reply", MACHINE + 40, 30), stores.texts.said_before("kim", "Noted.", MACHINE, 9)
        stores.log_reader.newest(9), stores.processing_log.link()
        stores.key_check.check()
        stores.rosters.known()
        directory_document.load(stores.documents), directory_document.load_everybody(stores.documents)
        reach_answers.load(stores.documents), plan_document.load(stores.documents)
        reach_answers.note_shut(stores.documents, "C2", reach_answers.Shut("is_archived", MACHINE))
        WaysTried(stores.documents).of(PAGER)
        self.limits.holds(), self.limits.refused(), self.limits.opens("C1"), self.limits.fell(FIM)
        assert self.limits.enter("C1", MACHINE + 9) == MACHINE + 9
        self.limits.enter_edit(MACHINE + 9, is_patient=False), self.limits.shut("C1", MACHINE + 9)
        self.copies.standing(APP), self.copies.may_count(APP)
        stores.unreadable_entries()

    def _another_step(self) -> None:
        """On each case, unless it is the one that went bad."""
        for ref in (BAD, WELL):
            try:
                case = self.stores.cases.load(ref)
            except Unreadable:
                continue
            assert case is not None
            self.stores.cases.append(
                step(case, Noted(text="Rang the school"), outgoing=(row("cases", ref=ref),))
            )

    def places(self) -> list[tuple[bytes, bytes | int | None]]:
        """Every value that lies there: its key, and its field or its number. But the root: all is sealed under it, so
        without it nothing starts, which says so (docs/security.md)."""
        found: list[tuple[bytes, bytes | int | None]] = []
        for key in sorted(self.redis.scan_iter(match="*", count=1000)):
            if self.prefix.encode() not in key or key.endswith(b":root"):
                continue
            match self.redis.type(key):
                case b"hash":
                    found += [(key, field) for field in sorted(self.redis.hkeys(key))]
                case b"list":
                    found += [(key, number) for number in range(self.redis.llen(key))]
                case b"string":
                    found.append((key, None))
        return found

    def values(self) -> dict[tuple[bytes, bytes | int | None], bytes]:
        """All of them but the metrics, as a backup has them."""
        return {
            (key, where): self._value(key, where) for key, where in self.places() if b"metrics" not in key
        }

    def _value(self, key: bytes, where: bytes | int | None) -> bytes:
        if where is None:
            return bytes(self.redis.get(key))
        found = self.redis.lindex(key, where) if isinstance(where, int) else self.redis.hget(key, where)
        return bytes(found)

    def strike(self, key: bytes, where: bytes | int | None) -> None:
        if where is None:
            self.redis.set(key, NOISE)
        elif isinstance(where, int):
            self.redis.lset(key, where, NOISE)
        else:
            self.redis.hset(key, where, NOISE)

    def as_it_was(self) -> Callable[[], None]:
        keys = [key for key in self.redis.scan_iter(match="*", count=1000) if self.prefix.encode() in key]
        kept = {key: self.redis.dump(key) for key in keys}

        def back() -> None:
            for key in [
                key for key in self.redis.scan_iter(match="*", count=1000) if self.prefix.encode() in key
            ]:
                self.redis.delete(key)
            for key, value in kept.items():
                self.redis.restore(key, 0, value)

        return back


@pytest.fixture
def record(redis_url: str, prefix: str) -> Iterator[Record]:
    with for_store(redis_url) as redis:
        record = Record(
            redis=redis,
            stores=RedisStores(redis, SECRETS, prefix=prefix),
            limits=RedisRateLimits(redis, prefix, edits_a_minute=40),
            copies=RedisCopies(redis, prefix),
            prefix=prefix,
        )
        record.fill()
        yield record


def test_whatever_one_thing_goes_bad_everything_else_goes_on(record: Record) -> None:
    places = record.places()
    assert len(places) > 50
    back = record.as_it_was()
    record.go_on()
    back()
    broken = []
    for key, where in places:
        record.strike(key, where)
        try:
            record.go_on()
        except Exception as error:  # noqa: BLE001 - each is told at the end
            broken.append(f"{key!r} {where!r}: {type(error).__name__} {error}")
        back()
    assert broken == []


def strike(record: Record, kind: DamageKind) -> str:
    """Something of that kind. Its id from then on."""
    keys = record.stores.outbox._keys
    codes = record.redis.hkeys(keys.text_codes)
    code = next(field for field in codes if field.endswith(b"#47"))
    lane = keys.lane(FIM)
    (second, _) = (each.id for each in reversed(record.stores.outbox.pending(FIM, 2)))
    key, where, name = {
        DamageKind.ROW: (f"{lane}:rows", second, second),
        DamageKind.DOCUMENT: (keys.documents, "planned turns", "planned turns"),
        DamageKind.PLACE: (keys.cards, case_key(BAD), case_key(BAD)),
        DamageKind.DRAFT: (keys.draft(PLACE), None, keys.draft(PLACE).rpartition(":")[2]),
        DamageKind.TEXT: (keys.text_codes, code, code.decode()),
        DamageKind.PACE: (keys.heartbeats, "timer", f"{keys.heartbeats}:timer"),
    }[kind]
    record.strike(key.encode(), where.encode() if isinstance(where, str) else where)
    return f"{kind}:{name}"


KEPT = [
    kind for kind in DamageKind if kind not in (DamageKind.ENTRY, DamageKind.CONSULTATION, DamageKind.DUE)
]


@pytest.mark.parametrize("kind", KEPT)
def test_it_is_kept_as_it_lay_said_once_and_struck_off(record: Record, kind: DamageKind) -> None:
    id = strike(record, kind)
    for _ in range(3):
        read_all(record)
    (found,) = record.stores.damaged.all()
    assert (found.id, found.stored, found.mended) == (id, NOISE, False)
    assert record.stores.metrics.read()[Metric.DAMAGED] == 1
    assert damage_words.line(found).startswith(id) and "noise" not in damage_words.line(found)
    record.stores.damaged.dismiss(found)
    assert record.stores.damaged.all() == []


def read_all(record: Record) -> None:
    """What the processes read by themselves."""
    stores = record.stores
    stores.outbox.pending(FIM, 99), stores.outbox.card(case_key(BAD)), stores.heartbeats.beats()
    stores.drafts.find(PLACE, MACHINE), stores.texts.codes("kim"), plan_document.load(stores.documents)


@pytest.mark.parametrize("kind", KEPT)
def test_it_is_put_back_where_it_lay(record: Record, kind: DamageKind) -> None:
    backup = record.values()
    strike(record, kind)
    read_all(record)
    (found,) = record.stores.damaged.all()
    record.stores.damaged.restore(found, backup[found.key.encode(), found.field.encode() or None])
    read_all(record)
    assert record.stores.damaged.all() == []
    assert record.values() == backup


def test_a_name_in_the_due_index_that_is_none_leaves_it(record: Record) -> None:
    stores = record.stores
    record.redis.zadd(stores.outbox._keys.due, {NOISE: 1})
    assert stores.due.claim(minutes(20), MACHINE + 9, 100, 5) == [BAD, WELL, ROSTER]
    assert stores.due.claim(minutes(20), MACHINE + 20, 100, 5) == [BAD, WELL, ROSTER]
    assert [found.kind for found in stores.damaged.all()] == [DamageKind.DUE]


def test_a_line_of_the_processing_log_stays_there_and_the_others_are_read(record: Record) -> None:
    stores, keys = record.stores, record.stores.outbox._keys
    record.redis.xadd(keys.consultations, {"said": NOISE})
    before = stores.log_reader.newest(99)
    record.redis.rpush(keys.log, NOISE)
    stores.processing_log.note(of("sam"))
    assert stores.log_reader.newest(99) == [*before, of("sam")]
    assert [found.kind for found in stores.damaged.all()] == [DamageKind.CONSULTATION] * 2
    assert record.redis.xlen(keys.consultations) == 1
    assert record.redis.lindex(keys.log, -2) == NOISE


def test_an_entry_of_a_record_is_put_back_from_a_backup(record: Record) -> None:
    stores, key = record.stores, record.stores.outbox._keys.entries(BAD)
    (was,) = stores.cases.stored(BAD)
    record.strike(key.encode(), 0)
    (found,) = stores.unreadable_entries()
    assert (found.id, found.stored) == (f"entry:{BAD}:1", NOISE)
    stores.damaged.restore(found, was)
    assert stores.unreadable_entries() == []
    assert stores.cases.broken_at(BAD) is None


def test_a_document_that_cannot_be_read_is_as_if_there_were_none_in_memory_too(stores: Stores) -> None:
    stores.documents.put("planned turns", NOISE)
    assert plan_document.load(stores.documents) == Plan()
    (found,) = stores.damaged.all()
    assert found.id == "document:planned turns"
    plan_document.save(stores.documents, Plan())
    stores.damaged.restore(found, found.stored)
    assert stores.documents.get("planned turns") == NOISE
    assert stores.damaged.all() == []


def test_hand_overs_are_known_as_far_as_they_can_be_read(record: Record) -> None:
    stores = record.stores
    roster = stores.rosters.load()
    gone = Entry(at=START, by="U-FAY", event=HandoverOffered(role=Role.MPC, to="U-MAX"))
    stores.rosters.append(
        RosterAppend(roster=advance_roster(roster, gone), entries=(gone,), expected=1, wake_at=None)
    )
    keys = stores.rosters._records._keys
    record.redis.hset(keys.record(ROSTER), "snapshot", NOISE)
    record.redis.lset(keys.entries(ROSTER), 1, NOISE)
    with pytest.raises(Unreadable):
        stores.rosters.load()
    assert stores.rosters.known().offers == roster.offers
    assert stores.arrivals.arrive("one", 9, "who is who").roster.offers == roster.offers
    kept = stores.go_on_with_hand_overs()
    assert stores.rosters.load().offers == roster.offers
    assert stores.rosters.load().version == 2, "later entries name earlier ones by their number"
    assert stores.rosters.broken_at() is None
    assert record.redis.lindex(kept, 1) == NOISE
