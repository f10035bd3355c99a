"""Given documents that say who holds which role, when somebody else writes to the record server, then nothing of theirs
is believed; and what damage or a clock does is no such thing."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from bot import directory_document, plan_document
from bot.directory_document import DOCUMENT, NOTHING, GroupAnswer, Snapshot
from bot.domain.people import Role
from bot.domain.planned import Plan
from bot.ports.damaged import DamageKind, Doubt
from bot.ports.destination import Destination
from bot.store.codec import encode_outgoing
from bot.store.connection import for_store
from bot.store.one_reading import in_one_reading
from bot.store.redis_stores import RedisStores
from tests.conftest import SECRETS
from tests.contract.sealed_records import not_closed
from tests.contract.steps import report, row

pytestmark = pytest.mark.redis

FORGED = Snapshot(holders={Role.FIM: GroupAnswer(members=frozenset({"U-MALLORY"}))}, people={})
TRUE = Snapshot(holders={Role.FIM: GroupAnswer(members=frozenset({"U-FIM"}))}, people={})
CASES = Destination("cases")
IN_CLEAR = b'{"holders":{"fim":{"members":["U-MALLORY"]}},"people":{}}'


class HandMachine:
    def __init__(self) -> None:
        self.at = 1_772_460_000.0

    def seconds(self) -> float:
        return self.at


@pytest.fixture
def redis(redis_url: str) -> Iterator[Any]:
    with for_store(redis_url) as redis:
        yield redis


@pytest.fixture
def machine() -> HandMachine:
    return HandMachine()


def process(redis: Any, prefix: str, machine: HandMachine | None = None) -> RedisStores:
    return RedisStores(redis, SECRETS, prefix=prefix, machine=machine)


def lies_there(redis: Any, prefix: str, stored: bytes | None = None) -> bytes:
    """The document as it is stored, once `stored` was put there by somebody who can do that."""
    if stored is not None:
        redis.hset(f"{prefix}:documents", DOCUMENT, stored)
    return bytes(redis.hget(f"{prefix}:documents", DOCUMENT))


def doubted_documents(stores: RedisStores) -> list[tuple[str, Doubt]]:
    return [(found.name, found.doubt) for found in stores.damaged.all()]


def test_one_in_clear_gives_nobody_a_role(redis: Any, prefix: str, machine: HandMachine) -> None:
    ours = process(redis, prefix, machine)
    directory_document.save(ours.documents, TRUE)
    lies_there(redis, prefix, IN_CLEAR)
    assert directory_document.load(ours.documents) is None
    assert directory_document.load(process(redis, prefix).documents) is None, "a process that is started anew"
    (found,) = ours.damaged.all()
    assert (found.kind, found.doubt, found.at) == (DamageKind.DOCUMENT, Doubt.NOT_OURS, machine.at)
    assert found.stored == IN_CLEAR
    directory_document.save(ours.documents, TRUE)
    assert directory_document.load(ours.documents) == TRUE


def test_one_that_is_put_back_is_known_by_who_read_a_newer_one(redis: Any, prefix: str) -> None:
    ours, theirs = process(redis, prefix), process(redis, prefix)
    directory_document.save(ours.documents, FORGED)  # who was once in the group
    old = lies_there(redis, prefix)
    directory_document.save(ours.documents, TRUE)
    assert directory_document.load(theirs.documents) == TRUE
    lies_there(redis, prefix, old)
    assert directory_document.load(theirs.documents) is None
    assert doubted_documents(theirs) == [(DOCUMENT, Doubt.OLDER)]
    directory_document.save(ours.documents, TRUE)
    assert directory_document.load(theirs.documents) == TRUE
    assert directory_document.load(process(redis, prefix).documents) == TRUE


def test_one_document_in_place_of_another_is_damage(redis: Any, prefix: str) -> None:
    ours = process(redis, prefix)
    plan_document.save(ours.documents, Plan())
    redis.hset(f"{prefix}:documents", DOCUMENT, redis.hget(f"{prefix}:documents", plan_document.DOCUMENT))
    assert directory_document.load(ours.documents) is None
    assert doubted_documents(ours) == [(DOCUMENT, Doubt.NONE)]


def test_it_is_said_once_with_the_moment_at_which_it_was_found(
    redis: Any, prefix: str, machine: HandMachine
) -> None:
    ours = process(redis, prefix, machine)
    directory_document.save(ours.documents, TRUE)
    lies_there(redis, prefix, IN_CLEAR)
    since = machine.at
    for _ in range(3):
        assert directory_document.load(ours.documents) is None
        machine.at += 60
    (found,) = ours.damaged.all()
    assert found.at == since


@pytest.mark.parametrize("stamp", [b"9999999999999999", b"             inf", b"             nan"])
def test_a_stamp_that_somebody_made_up_keeps_nobody_from_writing(
    redis: Any, prefix: str, stamp: bytes
) -> None:
    ours = process(redis, prefix)
    lies_there(redis, prefix, b"\x03" + stamp + b"whatever")
    directory_document.save(ours.documents, TRUE)
    assert directory_document.load(ours.documents) == TRUE


def test_the_last_one_put_counts_though_a_clock_is_behind(redis: Any, prefix: str) -> None:
    ahead, behind = HandMachine(), HandMachine()
    ahead.at += 3600
    ours, theirs = process(redis, prefix, ahead), process(redis, prefix, behind)
    for snapshot, by, reader in ((NOTHING, ours, theirs), (TRUE, theirs, ours), (NOTHING, theirs, ours)):
        directory_document.save(by.documents, snapshot)
        assert directory_document.load(reader.documents) == snapshot
    assert doubted_documents(ours) == []


def test_after_a_server_has_lost_everything_what_is_written_anew_counts(redis: Any, prefix: str) -> None:
    old, long_running = process(redis, prefix), process(redis, prefix)
    directory_document.save(old.documents, NOTHING)
    assert directory_document.load(long_running.documents) == NOTHING
    redis.delete(f"{prefix}:documents")
    directory_document.save(process(redis, prefix).documents, TRUE)
    assert directory_document.load(long_running.documents) == TRUE


def test_who_reads_while_others_XX(redis: Any, prefix: str) -> None:
    ours, theirs = process(redis, prefix), process(redis, prefix)

    def at_it(number: int) -> None:
        if number % 2:
            directory_document.save(ours.documents, TRUE)
        else:
            directory_document.load(theirs.documents)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(at_it, range(200)))
    assert doubted_documents(theirs) == []


# From before documents were sealed, or had stamps.


def test_one_from_before_is_read_until_it_is_written_anew(redis: Any, prefix: str) -> None:
    not_closed(process(redis, prefix), redis)
    lies_there(redis, prefix, IN_CLEAR)
    ours = process(redis, prefix)
    assert directory_document.load(ours.documents) == FORGED
    directory_document.save(ours.documents, TRUE)
    assert b"U-FIM" not in lies_there(redis, prefix)
    assert directory_document.load(process(redis, prefix).documents) == TRUE


def test_rotation_seals_all_of_them_and_from_then_on_none_is_believed(
    redis: Any, prefix: str, machine: HandMachine
) -> None:
    not_closed(process(redis, prefix), redis)
    lies_there(redis, prefix, IN_CLEAR)
    ours, running = process(redis, prefix), process(redis, prefix, machine)
    assert directory_document.load(running.documents) == FORGED
    ours.rotation.rotate()
    assert directory_document.load(running.documents) == FORGED, "sealed as it was"
    assert lies_there(redis, prefix) != IN_CLEAR
    lies_there(redis, prefix, IN_CLEAR)
    machine.at += 60
    for each in (running, process(redis, prefix)):
        assert directory_document.load(each.documents) is None
    assert doubted_documents(running) == [(DOCUMENT, Doubt.NOT_OURS)]


def test_rotation_makes_nothing_believed_that_somebody_else_has_put_there(redis: Any, prefix: str) -> None:
    ours = process(redis, prefix)
    ours.cases.append(report("MC-26-0001", outgoing=(row("cases", ref="MC-26-0001"),)))
    (waits,) = ours.outbox.pending(CASES, 9)
    rows = f"{ours.outbox._keys.lane(CASES)}:rows"
    redis.hset(rows, waits.id, encode_outgoing(waits))
    lies_there(redis, prefix, IN_CLEAR)
    ours.rotation.rotate()
    assert lies_there(redis, prefix) == IN_CLEAR
    assert redis.hget(rows, waits.id) == encode_outgoing(waits)
    assert ours.outbox.pending(CASES, 9) == []
    assert directory_document.load(ours.documents) is None
    assert {found.kind for found in ours.damaged.all()} == {DamageKind.DOCUMENT, DamageKind.ROW}


# The technician's hand.


@pytest.mark.parametrize("mended", [IN_CLEAR, None])
def test_one_from_a_backup_or_mended_by_hand_counts_for_running_processes_too(
    redis: Any, prefix: str, mended: bytes | None
) -> None:
    ours, running = process(redis, prefix), process(redis, prefix)
    directory_document.save(ours.documents, FORGED)
    backup = lies_there(redis, prefix)
    directory_document.save(ours.documents, TRUE)
    directory_document.load(running.documents)
    lies_there(redis, prefix, b"\x03 noise")
    assert directory_document.load(running.documents) is None
    (found,) = ours.damaged.all()
    ours.damaged.restore(found, mended or backup)
    assert directory_document.load(running.documents) == FORGED
    assert ours.damaged.all() == []


# One look at everything reads each document once.


def test_a_look_goes_by_what_it_read_first_and_by_what_it_wrote_itself(redis: Any, prefix: str) -> None:
    documents, beside = (RedisStores(redis, SECRETS, prefix=prefix).documents for _ in range(2))
    documents.put("board", b"one")

    def look() -> None:
        with ThreadPoolExecutor(1) as another:
            assert documents.get("board") == b"one"
            another.submit(beside.put, "board", b"two").result()
            assert (documents.get("board"), another.submit(documents.get, "board").result()) == (
                b"one",
                b"two",
            )
            documents.put("board", b"three")
            assert documents.get("board") == b"three"
            beside.put("board", b"four")
            assert documents.get("board") == b"four", "over another of its connections"

    in_one_reading(look)()
    beside.put("board", b"five")
    assert documents.get("board") == b"five"


def test_what_the_last_look_read_the_next_reads_in_one_go(redis: Any, prefix: str) -> None:
    documents, wanted, found = RedisStores(redis, SECRETS, prefix=prefix).documents, ["a", "b", "c"], []
    for name in wanted:
        documents.put(name, name.encode())
    look = in_one_reading(lambda: found.append([documents.get(name) for name in wanted]))
    asked = [_asked(redis, look) for _ in range(2)]
    wanted.remove("b")
    asked += [_asked(redis, look) for _ in range(2)]
    documents.put("c", b"anew")
    look()
    assert asked == [3, 1, 1, 1]
    assert found == [[b"a", b"b", b"c"]] * 2 + [[b"a", b"c"]] * 2 + [[b"a", b"anew"]]


def _asked(redis: Any, look: Callable[[], None]) -> int:
    """How often a document was."""

    def count() -> int:
        return sum(
            redis.info("commandstats").get(f"cmdstat_{name}", {"calls": 0})["calls"]
            for name in ("hget", "hmget")
        )

    before = count()
    look()
    return int(count() - before)
