"""A connection that breaks after the server did the work: the retry must know its own work."""

from collections.abc import Iterator

import pytest

from bot.store.connection import for_store
from bot.store.redis_stores import RedisStores
from tests.conftest import SECRETS
from tests.contract.lossy import LossyWire, lossy_wire
from tests.contract.steps import MACHINE, note, report, row
from tests.contract.test_processing_log import of

pytestmark = pytest.mark.redis

REF = "MC-26-0001"
SCRIPT = b"EVALSHA"


@pytest.fixture
def wire(redis_url: str) -> Iterator[LossyWire]:
    with lossy_wire(redis_url) as wire:
        yield wire


@pytest.fixture
def distant(wire: LossyWire, prefix: str) -> Iterator[RedisStores]:
    """The same corner as `redis_stores`, at the other end of the wire."""
    with for_store(wire.url) as redis:
        yield RedisStores(redis, SECRETS, prefix=prefix)


def test_a_new_case_is_opened_once(wire: LossyWire, distant: RedisStores) -> None:
    opened = report(REF, wake=5, outgoing=(row("cases"),))
    wire.lose_reply_to(SCRIPT)
    distant.cases.append(opened)
    assert wire.lost == 1
    assert distant.cases.entries(REF) == list(opened.entries)
    assert len(distant.outbox.pending("cases", 9)) == 1


def test_a_step_is_written_once(wire: LossyWire, distant: RedisStores) -> None:
    opened = report(REF)
    distant.cases.append(opened)
    wire.lose_reply_to(SCRIPT)
    distant.cases.append(note(opened.case))
    assert wire.lost == 1
    assert len(distant.cases.entries(REF)) == 2
    assert [line.action for line in distant.log_reader.newest(9)] == ["reported", "noted"]


def test_a_step_is_known_even_after_somebody_else_wrote(
    wire: LossyWire, distant: RedisStores, redis_stores: RedisStores
) -> None:
    opened = report(REF)
    distant.cases.append(opened)
    mine = note(opened.case, "mine")
    theirs = note(mine.case, "theirs")
    wire.lose_reply_to(SCRIPT, meanwhile=lambda: redis_stores.cases.append(theirs))

    distant.cases.append(mine)

    assert distant.cases.load(REF) == theirs.case
    assert distant.cases.entries(REF) == [*opened.entries, *mine.entries, *theirs.entries]
    assert distant.cases.broken_at(REF) is None


def test_a_lane_is_not_kept_from_the_one_who_has_it(wire: LossyWire, distant: RedisStores) -> None:
    wire.lose_reply_to(SCRIPT)
    token = distant.outbox.claim("cases", MACHINE, 10)
    assert wire.lost == 1
    assert token is not None
    assert distant.outbox.sending("cases", token, [], MACHINE)


def test_a_request_is_not_taken_for_seen_by_its_own_retry(wire: LossyWire, distant: RedisStores) -> None:
    wire.lose_reply_to(SCRIPT)
    assert not distant.requests.seen_before("Ev1", 1)
    assert wire.lost == 1
    assert distant.requests.seen_before("Ev1", 2)


def test_a_line_of_the_processing_log_stands_there_once(wire: LossyWire, distant: RedisStores) -> None:
    distant.processing_log.note(of("fay"))
    wire.lose_reply_to(SCRIPT)
    distant.processing_log.note(of("sam"), of("ola"))
    assert wire.lost == 1
    wire.lose_reply_to(SCRIPT)
    distant.processing_log.link()
    assert distant.log_reader.newest(9) == [of("fay"), of("sam"), of("ola")]
    assert (distant.processing_log.waiting, distant.log_reader.check()) == (0, [])
