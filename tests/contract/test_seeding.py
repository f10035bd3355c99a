"""Given a benchmark that wants many open cases, when they are seeded, then they are cases like any, and quiet where
they are to be."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from benchmarks.seeding import Many, Record, put
from bot.domain.facts import Grade
from bot.outgoing import CASES
from bot.store.connection import for_store
from bot.store.master_keys import MasterKeys
from bot.store.redis_stores import RedisStores
from tests.contract.steps import START
from tests.world import PEOPLE

pytestmark = pytest.mark.redis
KEY = b"a key of the benchmark"


@pytest.fixture
def record(redis_url: str, prefix: str) -> Record:
    return Record(url=redis_url, key=KEY, prefix=prefix)


@pytest.fixture
def stores(record: Record) -> Iterator[RedisStores]:
    with for_store(record.url) as redis:
        yield RedisStores(redis, MasterKeys(KEY), prefix=record.prefix)


def test_each_is_one_case_with_an_owner_and_nothing_is_due_for_most_of_an_hour(
    record: Record, stores: RedisStores
) -> None:
    put(record, Many(many=130, first=START, people=PEOPLE, grade=Grade.MEDIUM, taken=True), range(130))
    found, unread = stores.cases.readable(stores.cases.open_refs())
    assert (len(found), unread) == (130, ())
    assert {(case.owner, case.running_grade) for case in found} == {("fay", Grade.MEDIUM)}
    assert not any(stores.cases.broken_at(case.ref) for case in found)
    soonest = stores.due.next_at()
    assert soonest is not None and soonest > START + timedelta(minutes=50)
    assert not stores.outbox.lanes(), "their cards hang since long ago"


def test_all_come_due_in_the_same_second_where_nobody_has_taken_them_and_their_cards_wait(
    record: Record, stores: RedisStores
) -> None:
    put(record, Many(many=5, first=START, people=PEOPLE, grade=Grade.MEDIUM, shown=True), range(5))
    due = START + timedelta(minutes=15)
    assert (stores.due.overdue(due - timedelta(seconds=1)), stores.due.overdue(due)) == (0, 5)
    assert len(stores.outbox.pending(CASES, 100)) >= 5


def test_they_are_told_one_after_another_with_risks_in_turn(record: Record, stores: RedisStores) -> None:
    apart = timedelta(seconds=1)
    cases = Many(many=4, first=START, people=PEOPLE, apart=apart, risks=(("cse",), ()))
    for hand in range(2):  # as two processes would
        put(record, cases, range(hand, 4, 2))
    found, _ = stores.cases.readable(stores.cases.open_refs())
    told = sorted((case.told_at - START, bool(case.risk.high_since)) for case in found)
    assert told == [(number * apart, number % 2 == 0) for number in range(4)]
