"""Given a record that somebody changed, when the bots look through it, then FIM and technician read of it once, a child
who was taken off the lists is looked at again, and what is as the bot wrote it is never told."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.store.connection import for_store
from bot.store.redis_stores import RedisStores
from bot.time import CaseClock
from tests.contract.steps import START, note, report
from workers.alarm import record_round
from workers.alarm.matters import Matters
from workers.alarm.record_round import RecordRound, checked, tampered
from workers.ways_out.ways import Sent

pytestmark = pytest.mark.redis

LONDON = ZoneInfo("Europe/London")
REFS = [f"MC-26-000{number}" for number in range(1, 8)]
REF = REFS[2]


class Machine:
    def __init__(self) -> None:
        self.now = 1_772_460_000.0

    def seconds(self) -> float:
        return self.now


class Night:
    """Two bots on one record of seven cases, and what is told."""

    def __init__(self, stores: RedisStores, redis: Any, prefix: str) -> None:
        self.machine, self.redis, self.prefix, self.stores = Machine(), redis, prefix, stores
        clock = CaseClock(self.machine, started=self.machine.now, origin=START + timedelta(hours=1))
        self.told: list[str] = []
        for ref in REFS:
            stores.cases.append(step := report(ref, wake=90))
            stores.cases.append(note(step.case, at=7, wake=90))
        bots = [RedisStores(redis, stores.house.masters, prefix=prefix) for _ in range(2)]
        self.rounds = [RecordRound(bot.checks, bot.documents, clock, self.machine) for bot in bots]
        self.matters = [self.matters_of(bot) for bot in bots]

    def matters_of(self, stores: RedisStores) -> Matters:
        return Matters(
            [lambda: tampered(stores.documents, LONDON)], stores, self.send, self.machine, remind=1800
        )

    def send(self, _: str, __: str, said: str) -> Sent:
        self.told.append(said)
        return Sent(taken=("e-mail",))

    def goes_on(self, looks: int = 1) -> None:
        for _ in range(looks):
            for each in self.rounds:
                each.look()
            for _ in range(3):
                for each in self.matters:
                    each.look()
                self.machine.now += 10

    def key(self, ref: str) -> str:
        return f"{self.prefix}:case:{ref}"


@pytest.fixture
def night(
    redis_url: str, redis_stores: RedisStores, prefix: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Night]:
    monkeypatch.setattr(record_round, "SLICE", 3)
    with for_store(redis_url) as redis:
        yield Night(redis_stores, redis, prefix)


def test_of_a_record_as_it_was_written_nothing_is_told(night: Night) -> None:
    night.goes_on(7)
    assert night.told == []
    whole = checked(night.stores.documents).whole
    assert whole is not None and whole > START


def test_a_child_who_was_taken_off_both_lists_is_looked_at_again_at_once(night: Night) -> None:
    night.goes_on(5)
    for name in ("open", "due"):
        night.redis.srem(f"{night.prefix}:open", REF)
        night.redis.zrem(f"{night.prefix}:due", REF)
        night.rounds[0].look()
        assert REF in night.stores.cases.open_refs(), name
        assert REF in night.stores.due.waiting(START + timedelta(days=1), 99)
    night.goes_on(5)
    (said,) = night.told
    assert f"{REF}: it is open, and was missing from the list of open cases; " in said
    assert "the time at which it is to be looked at was gone" in said
    assert (
        "That is mended, and its clocks run: open the case, and look what is overdue. Unless you know" in said
    )
    assert all(REF not in line for each in night.matters for line in each.standing), "for /healthz"
    night.machine.now += 90_000
    night.goes_on(4)
    assert night.told == [said], "it ends silently"


def test_an_older_snapshot_is_made_anew(night: Night) -> None:
    older = night.redis.hget(night.key(REF), "snapshot")
    case = night.stores.cases.load(REF)
    assert case is not None
    night.stores.cases.append(step := note(case, at=9, wake=90))
    night.redis.hset(night.key(REF), "snapshot", older)
    night.goes_on(5)
    assert night.stores.cases.readable([REF])[0] == [step.case]
    (said,) = night.told
    assert "its snapshot) was changed" in said and "Lists may have shown something older." in said


def test_what_was_changed_is_told_once_and_once_more_when_it_is_put_back(night: Night) -> None:
    night.goes_on(5)
    whole = night.redis.lrange(f"{night.key(REF)}:entries", 0, -1)
    night.redis.lset(f"{night.key(REF)}:entries", 0, whole[0][:-1] + bytes([whole[0][-1] ^ 1]))
    night.goes_on(12)
    (said,) = night.told
    assert said.startswith(
        f"The record is not as the bot wrote it. {REF}: entry 1 is not as the bot wrote it, some time after 14:4"
    )
    assert "Do not trust what the case says: ask who has it" in said and said.endswith(f"verify {REF}")
    night.redis.lset(f"{night.key(REF)}:entries", 0, whole[0])
    night.goes_on(5)
    assert night.told[1:] == [f"{REF} is as the bot wrote it again."]


def test_a_bot_that_alone_has_seen_the_newer_state_tells_the_others(night: Night) -> None:
    tallies, name = f"{night.prefix}:tallies", f"case:{REF}"
    keys = [night.key(REF), f"{night.key(REF)}:entries"]
    older, tally = {key: night.redis.dump(key) for key in keys}, night.redis.hget(tallies, name)
    case = night.stores.cases.load(REF)
    assert case is not None
    night.stores.cases.append(note(case, at=9, wake=90))
    for _ in range(4):
        night.rounds[0].look()
    for key, stored in older.items():
        night.redis.restore(key, 0, stored, replace=True)
    night.redis.hset(tallies, name, tally)
    night.goes_on(8)
    assert len(night.told) == 1 and "it was put back to an older state, without entry 3" in night.told[0]


def test_of_many_it_is_told_how_many(night: Night) -> None:
    for ref in REFS:
        night.redis.rpop(f"{night.key(ref)}:entries")
    night.goes_on(8)
    (said,) = night.told
    assert "7 cases, MC-26-0001, MC-26-0002, MC-26-0003 and more" in said
