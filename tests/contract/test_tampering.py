"""Given a record that the bot wrote, when somebody who can write to the server, and has no key, changes it, then it is
told what was done to which entries, and since when."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bot.domain.handover import Roster
from bot.ports.rosters import ROSTER
from bot.ports.tampered import Tampered, TamperKind
from bot.store.codec import Chain, Snapshots
from bot.store.connection import for_store
from bot.store.redis_stores import RedisStores
from bot.store.sealing import BOX
from bot.store.tallies import Tallies, Tally, as_told
from tests.contract.sealed_records import laid_in_clear
from tests.contract.steps import minutes, note, report, step
from tests.contract.test_rosters import OFFERED, moved

pytestmark = pytest.mark.redis

REF, OTHER = "MC-26-0001", "MC-26-0002"
K = TamperKind


@pytest.fixture
def redis(redis_url: str) -> Iterator[Any]:
    with for_store(redis_url) as redis:
        yield redis


class Record:
    """A case of six entries, a minute apart, due at minute 30; and what an enemy does to it."""

    def __init__(self, stores: RedisStores, redis: Any, prefix: str) -> None:
        self.stores = stores
        self.redis = redis
        self.prefix = prefix
        self.entries = f"{prefix}:case:{REF}:entries"
        self.record = f"{prefix}:case:{REF}"
        stores.cases.append(report(OTHER, wake=40))
        stores.cases.append(report(REF, wake=30))
        self.goes_on(1, 2, 3, 4, 5)

    def goes_on(self, *at: float) -> None:
        for minute in at:
            case = self.stores.cases.load(REF)
            assert case is not None
            self.stores.cases.append(note(case, f"said at {minute}", at=minute, wake=30))

    def found(self, ref: str = REF) -> list[Tampered]:
        """By a process that saw nothing of it before."""
        return list(RedisStores(self.redis, self._masters, prefix=self.prefix).checks.check(ref))

    @property
    def _masters(self) -> Any:
        return self.stores.house.masters

    def dumped(self) -> dict[bytes, bytes]:
        """All keys of the case alone."""
        keys = [self.entries.encode(), self.record.encode()]
        return {key: self.redis.dump(key) for key in keys}

    def put_back(self, dumped: dict[bytes, bytes]) -> None:
        for key, value in dumped.items():
            self.redis.restore(key, 0, value, replace=True)

    def swap(self, first: int, second: int) -> None:
        one, other = self.redis.lindex(self.entries, first), self.redis.lindex(self.entries, second)
        self.redis.lset(self.entries, first, other)
        self.redis.lset(self.entries, second, one)

    def drop(self, *places: int) -> Any:
        for place in places:
            self.redis.lset(self.entries, place, b"gone")
        return self.redis.lrem(self.entries, 0, b"gone")

    def edit(self, place: int) -> Any:
        entry = bytearray(self.redis.lindex(self.entries, place))
        entry[-3] ^= 1
        return self.redis.lset(self.entries, place, bytes(entry))

    def forged(self, after: int) -> bytes:
        """As somebody makes one up who has no key."""
        before = self.redis.lindex(self.entries, after)
        return Chain(lambda: b"no key of ours").link(REF, before, self.redis.lindex(self.entries, 2)[33:])


@pytest.fixture
def record(redis_stores: RedisStores, redis: Any, prefix: str) -> Record:
    return Record(redis_stores, redis, prefix)


def seen(found: list[Tampered]) -> list[tuple[TamperKind, int | None, int | None]]:
    return [(each.kind, each.first, each.last) for each in found]


def test_as_it_was_written_nothing_is_found(record: Record) -> None:
    assert [record.found(ref) for ref in (REF, OTHER, ROSTER)] == [[], [], []]
    assert record.stores.checks.suspects() == []
    assert set(record.stores.checks.refs()) == {REF, OTHER, ROSTER}


Deed = Callable[[Record], Any]
DONE: dict[str, tuple[Deed, list[tuple[TamperKind, int | None, int | None]], float | None]] = {
    "an edited field": (lambda r: r.edit(2), [(K.EDITED, 3, None)], 1),
    "the first one edited": (lambda r: r.edit(0), [(K.EDITED, 1, None)], None),
    "a dropped event": (lambda r: r.drop(2), [(K.DROPPED, 3, 3)], 1),
    "two dropped events": (lambda r: r.drop(1, 2), [(K.DROPPED, 2, 3)], 0),
    "two swapped": (lambda r: r.swap(2, 3), [(K.SWAPPED, 3, 4)], 1),
    "two far ones swapped": (lambda r: r.swap(1, 4), [(K.SWAPPED, 2, 5)], 0),
    "a cut tail": (lambda r: r.redis.ltrim(r.entries, 0, 3), [(K.CUT, 5, 6)], 3),
    "a forged event at the end": (
        lambda r: r.redis.rpush(r.entries, r.forged(5)),
        [(K.FORGED, 7, None)],
        5,
    ),
    "a forged event in between": (
        lambda r: r.redis.linsert(r.entries, "AFTER", r.redis.lindex(r.entries, 1), r.forged(1)),
        [(K.FORGED, 3, None)],
        1,
    ),
    "a forged event in the place of one": (
        lambda r: r.redis.lset(r.entries, 2, r.forged(1)),
        [(K.EDITED, 3, None)],
        1,
    ),
    "an event written twice": (
        lambda r: r.redis.rpush(r.entries, r.redis.lindex(r.entries, 2)),
        [(K.FORGED, 7, None)],
        5,
    ),
    "an edited snapshot": (
        lambda r: r.redis.hset(r.record, "snapshot", r.redis.hget(r.record, "snapshot")[:-1] + b"?"),
        [(K.SNAPSHOT, None, None)],
        5,
    ),
    "a snapshot that is gone": (lambda r: r.redis.hdel(r.record, "snapshot"), [(K.SNAPSHOT, None, None)], 5),
    "a key that is gone": (lambda r: r.redis.hdel(r.record, "key"), [(K.KEY, None, None)], None),
    "a key of another case": (
        lambda r: r.redis.hset(r.record, "key", r.redis.hget(r.record.replace(REF, OTHER), "key")),
        [(K.KEY, None, None)],
        None,
    ),
    "erased by no purge": (lambda r: r.redis.hset(r.record, "key", b""), [(K.KEY, None, None)], None),
    "all entries gone": (lambda r: r.redis.delete(r.entries), [(K.GONE, 1, 6)], 5),
    "all of it gone": (lambda r: r.redis.delete(r.entries, r.record), [(K.GONE, 1, 6)], 5),
    "a count that is gone": (
        lambda r: r.redis.hdel(f"{r.prefix}:tallies", f"case:{REF}"),
        [(K.TALLY, None, None)],
        5,
    ),
    "a count of another case": (
        lambda r: r.redis.hset(
            f"{r.prefix}:tallies", f"case:{REF}", r.redis.hget(f"{r.prefix}:tallies", f"case:{OTHER}")
        ),
        [(K.TALLY, None, None)],
        5,
    ),
    "a case missing from open": (
        lambda r: r.redis.srem(f"{r.prefix}:open", REF),
        [(K.NOT_OPEN, None, None)],
        5,
    ),
    "a case missing from due": (lambda r: r.redis.zrem(f"{r.prefix}:due", REF), [(K.NOT_DUE, None, None)], 5),
    "a case put off": (
        lambda r: r.redis.zincrby(f"{r.prefix}:due", 60_000, REF),
        [(K.NOT_DUE, None, None)],
        5,
    ),
    "claimed by nobody": (
        lambda r: (r.redis.zrem(f"{r.prefix}:due", REF), r.redis.zadd(f"{r.prefix}:due:claimed", {REF: 1})),
        [(K.NOT_DUE, None, None)],
        5,
    ),
    "edited here and dropped there": (
        lambda r: [r.edit(4), r.drop(1)],
        [(K.DROPPED, 2, 2), (K.EDITED, 5, None)],
        0,
    ),
}


@pytest.mark.parametrize("done", DONE)
def test_what_was_done_is_found_where_it_is_and_since_when(record: Record, done: str) -> None:
    deed, expected, since = DONE[done]
    deed(record)
    found = record.found()
    assert seen(found) == expected
    assert found[0].since == (None if since is None else minutes(since))
    assert [record.found(ref) for ref in (OTHER, ROSTER)] == [[], []]


def test_a_quick_look_at_all_notices_what_holds_up_a_case(record: Record, redis: Any, prefix: str) -> None:
    checks = record.stores.checks
    for done in (
        "a case missing from open",
        "a case missing from due",
        "a case put off",
        "claimed by nobody",
    ):
        DONE[done][0](record)
        assert checks.suspects() == [REF], done
        checks.mend(REF)
        assert (checks.suspects(), record.found()) == ([], []), done
    redis.ltrim(record.entries, 0, 2)
    assert checks.suspects() == [REF]


def test_what_is_being_looked_at_is_not_amiss(record: Record) -> None:
    assert set(record.stores.due.claim(minutes(60), 1.0, 9, 5.0)) == {REF, OTHER}
    assert (record.found(), record.stores.checks.suspects()) == ([], [])
    record.redis.srem(f"{record.prefix}:open", REF)
    record.stores.checks.mend(REF)
    assert record.stores.due.claim(minutes(60), 2.0, 9, 5.0) == [], "who holds the lease keeps it"


def test_a_cut_tail_is_found_with_a_snapshot_that_was_folded_anew(record: Record) -> None:
    record.redis.ltrim(record.entries, 0, 3)
    record.redis.hdel(record.record, "snapshot")
    assert seen(record.found())[0] == (K.CUT, 5, 6)
    record.goes_on(20, 21)
    found = record.found()
    assert (seen(found), found[0].since) == ([(K.GONE_ON, 5, 6)], minutes(5))
    record.goes_on(22, 23)
    assert seen(record.found()) == [(K.GONE_ON, 5, 6)], "it is not forgotten, however far the case goes on"


@pytest.mark.parametrize("later", [0, 3])
def test_so_is_one_whose_count_was_taken_away_too(record: Record, later: int) -> None:
    record.redis.ltrim(record.entries, 0, 3)
    record.redis.hdel(record.record, "snapshot")
    record.redis.hdel(f"{record.prefix}:tallies", f"case:{REF}")
    record.goes_on(*range(20, 20 + later))
    assert (K.TALLY, 5 if later else None, None) in seen(record.found())


@pytest.mark.parametrize("later", [0, 1, 4])
def test_an_older_state_that_was_put_back_is_found(record: Record, later: int) -> None:
    older = record.dumped()
    record.goes_on(6, 7)
    record.put_back(older)
    assert seen(record.found()) == [(K.PUT_BACK, 7, 8)]
    record.goes_on(*range(20, 20 + later))
    assert seen(record.found()) == [(K.GONE_ON if later else K.PUT_BACK, 7, 8)]


def test_with_its_count_it_is_found_by_who_has_seen_the_newer_one(record: Record) -> None:
    """And then by everybody."""
    tallies, name = f"{record.prefix}:tallies", f"case:{REF}"
    older, tally = record.dumped(), record.redis.hget(tallies, name)
    record.goes_on(6, 7)
    assert record.stores.checks.check(REF) == ()
    record.put_back(older)
    record.redis.hset(tallies, name, tally)
    assert seen(list(record.stores.checks.check(REF))) == [(K.PUT_BACK, 7, 8)]
    assert seen(record.found()) == [(K.PUT_BACK, 7, 8)]


def test_what_was_put_back_from_a_backup_is_whole_again(record: Record) -> None:
    whole = record.redis.lrange(record.entries, 0, -1)
    record.redis.ltrim(record.entries, 0, 3)
    assert record.found()
    record.redis.rpush(record.entries, *whole[4:])
    assert record.found() == []


def test_an_older_snapshot_is_found_and_nobody_decides_from_it(record: Record) -> None:
    older = record.redis.hget(record.record, "snapshot")
    record.goes_on(6)
    newest = record.stores.cases.load(REF)
    record.redis.hset(record.record, "snapshot", older)
    assert seen(record.found()) == [(K.SNAPSHOT, None, None)]
    assert record.stores.cases.load(REF) == newest


def test_a_snapshot_made_up_in_clear_is_found_and_not_believed(record: Record) -> None:
    """It needs no key: once, all snapshots were so."""
    case = record.stores.cases.load(REF)
    other = record.stores.cases.load(OTHER)
    assert case is not None and other is not None
    record.redis.hset(record.record, "snapshot", Snapshots(type(case)).encode(case.version, other))
    assert seen(record.found()) == [(K.SNAPSHOT, None, None)]
    assert record.stores.cases.load(REF) == case
    assert case in record.stores.cases.open_cases().cases


def test_an_entry_made_up_in_clear_is_found_and_not_believed(record: Record) -> None:
    made_up = b"0" * 64 + b'\n{"v":1,"at":"2026-03-02T13:50:00Z","by":"U-X","type":"Noted","step":"x"}\n{}'
    record.redis.rpush(record.entries, made_up)
    record.redis.hdel(record.record, "snapshot")
    assert seen(record.found())[0] == (K.FORGED, 7, None)
    assert record.stores.cases.readable([REF])[0] == []


def test_a_closed_case_in_the_set_of_open_ones_is_found(record: Record) -> None:
    case = record.stores.cases.load(REF)
    assert case is not None
    record.stores.checks.mend(REF)
    record.redis.sadd(f"{record.prefix}:open", "MC-26-0099")
    assert seen(record.found("MC-26-0099")) == [(K.GONE, None, None)]


@pytest.mark.parametrize("is_taken", [False, True])
def test_a_look_of_the_timer_hides_nothing(record: Record, is_taken: bool) -> None:
    """It moves the time at which the case is looked at next, and counts as it does."""
    record.redis.ltrim(record.entries, 0, 3)
    record.redis.hdel(record.record, "snapshot")
    if is_taken:
        record.redis.hdel(f"{record.prefix}:tallies", f"case:{REF}")
    case = record.stores.cases.load(REF)
    assert case is not None
    record.stores.cases.append(step(case, wake=50))
    assert seen(record.found())[0] == ((K.TALLY, 5, None) if is_taken else (K.CUT, 5, 6))


# What is no tampering.


def test_what_lay_in_clear_is_counted_once_it_is_sealed(record: Record) -> None:
    for is_counted in (True, False):
        laid_in_clear(record.stores, record.redis, record.prefix, REF)
        if not is_counted:
            record.redis.hdel(f"{record.prefix}:tallies", f"case:{REF}")
        record.stores.rotation.rotate()
        assert record.found() == []
        record.redis.srem(f"{record.prefix}:open", REF)
        assert seen(record.found()) == [(K.NOT_OPEN, None, None)]
        record.stores.checks.mend(REF)


def test_a_record_that_was_sealed_and_not_counted_is_counted_then(record: Record) -> None:
    uncounted(record)
    assert record.found() == []
    record.stores.rotation.rotate()
    record.redis.ltrim(record.entries, 0, 3)
    assert seen(record.found())[0] == (K.CUT, 5, 6)


def uncounted(record: Record) -> None:
    """As it was written before there were counts."""
    chain, before = record.stores.cases._records.chain, None
    for place, entry in enumerate(record.redis.lrange(record.entries, 0, -1)):
        before = chain.link(REF, before, entry[33:], BOX)
        record.redis.lset(record.entries, place, before)
    record.redis.hdel(f"{record.prefix}:tallies", f"case:{REF}")


def test_hand_overs_that_went_on_with_what_can_be_read_are_as_they_were_written(record: Record) -> None:
    record.stores.rosters.append(moved(Roster(), OFFERED, wake=30))
    record.redis.rpush(f"{record.prefix}:roster:{ROSTER}:entries", b"\xff")
    assert seen(record.found(ROSTER)) == [(K.FORGED, 2, None)]
    record.stores.go_on_with_hand_overs()
    assert record.found(ROSTER) == []
    record.redis.zrem(f"{record.prefix}:due", ROSTER)
    assert seen(record.found(ROSTER)) == [(K.NOT_DUE, None, None)]


def test_an_erased_case_is_as_it_was_written(record: Record) -> None:
    record.stores.cases.forget(REF)
    assert record.found() == []
    record.redis.rpop(record.entries)
    assert seen(record.found()) == [(K.CUT, 6, 6)]


def test_a_record_from_before_there_were_counts_is_read_and_given_one(record: Record) -> None:
    laid_in_clear(record.stores, record.redis, record.prefix, REF)
    record.redis.hdel(f"{record.prefix}:tallies", f"case:{REF}")
    assert record.found() == []
    record.goes_on(6)
    assert record.found() == []
    record.redis.ltrim(record.entries, 0, 5)
    assert seen(record.found())[0] == (K.CUT, 7, 7)


def test_a_step_of_a_program_from_before_does_not_look_like_one(record: Record) -> None:
    """It counts nothing."""
    tallies, name = f"{record.prefix}:tallies", f"case:{REF}"
    laid_in_clear(record.stores, record.redis, record.prefix, REF)
    count = record.redis.hget(tallies, name)
    record.goes_on(6)
    laid_in_clear(record.stores, record.redis, record.prefix, REF)
    record.redis.hset(tallies, name, count)
    assert record.found() == []


def test_a_count_says_what_it_says() -> None:
    tallies = Tallies(lambda: b"key")
    tally = Tally(count=7, link=b"l" * 16, wake=None, at=1_772_458_800_500, is_open=True)
    stored = tallies.closed("case:x", tally)
    assert (tallies.opened("case:x", stored), as_told(stored)) == (tally, tally)
    assert len(stored) < 64, "longer values leave the server's compact form"
    assert tallies.opened("case:y", stored) is tallies.opened("case:x", stored[:-1] + b"?") is None
    assert as_told(b"short") is None
