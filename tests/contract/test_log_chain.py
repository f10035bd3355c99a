"""Whoever changes, drops, doubles, moves or forges a line of the processing log without its key is found, and where."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain.people import Role
from bot.domain.processing import Processing, ProcessingKind
from bot.ports.anchors import PROCESSING_LOG, RecordStanding
from bot.ports.errors import StoreUnavailable
from bot.ports.log_reader import LogFault, Proof
from bot.ports.metrics import Metric
from bot.store.connection import for_store
from bot.store.redis_stores import RedisStores
from tests.conftest import SECRETS
from tests.contract.steps import report

pytestmark = pytest.mark.redis

AT = datetime(2026, 2, 3, 3, 12, tzinfo=UTC)
LINES = 250


def line(number: int) -> Processing:
    return Processing(
        kind=ProcessingKind.CONSULTATION,
        at=AT + timedelta(minutes=number),
        by="fay",
        roles=frozenset({Role.FIM}),
        action="open case",
        ref=f"MC-26-{number:04}",
    )


class Log:
    def __init__(self, redis: Any, prefix: str) -> None:
        self.redis = redis
        self.stores = RedisStores(redis, SECRETS, prefix=prefix)
        self.list, self.end, self.people = (f"{prefix}:processing{part}" for part in ("", ":end", ":people"))
        self.stores.processing_log.note(*map(line, range(1, LINES + 1)))
        self.stores.processing_log.link()

    def found(self) -> list[tuple[LogFault, int, int]]:
        return [(each.fault, each.first, each.last) for each in self.stores.log_reader.check()]


@pytest.fixture
def log(redis_url: str, prefix: str) -> Log:
    return Log(for_store(redis_url), prefix)


def edited(log: Log) -> None:
    box = log.redis.lindex(log.list, 149)
    log.redis.lset(log.list, 149, box[:-1] + bytes([box[-1] ^ 1]))


def dropped(log: Log) -> None:
    log.redis.lrem(log.list, 1, log.redis.lindex(log.list, 149))


def swapped(log: Log) -> None:
    one, two = log.redis.lrange(log.list, 149, 150)
    log.redis.lset(log.list, 149, two), log.redis.lset(log.list, 150, one)


def cut(log: Log) -> None:
    log.redis.ltrim(log.list, 0, 199)


def cut_with_an_older_link_as_its_end(log: Log) -> None:
    log.redis.ltrim(log.list, 0, 199)
    mark = log.redis.lindex(f"{log.list}:marks", 1)
    log.redis.set(log.end, (200).to_bytes(8) + mark + bytes(32))


def doubled(log: Log) -> None:
    log.redis.rpush(log.list, log.redis.lindex(log.list, 9))


def forged(log: Log) -> None:
    log.redis.rpush(log.list, b"a line that nobody wrote, as long as one is")


HARM: dict[Callable[[Log], None], list[tuple[LogFault, int, int]]] = {
    edited: [(LogFault.EDITED, 150, 150), (LogFault.LINKS, 101, 200)],
    dropped: [(LogFault.LINKS, 101, 200), (LogFault.CUT, 250, 250)],
    swapped: [(LogFault.LINKS, 101, 200)],
    cut: [(LogFault.CUT, 201, 250)],
    cut_with_an_older_link_as_its_end: [(LogFault.HEAD, 1, 200)],
    doubled: [(LogFault.REPEATED, 251, 251)],
    forged: [(LogFault.EDITED, 251, 251)],
}


@pytest.mark.parametrize("harm", HARM)
def test_it_is_found_and_where(log: Log, harm: Callable[[Log], None]) -> None:
    assert log.found() == []
    harm(log)
    assert log.found() == HARM[harm]


def test_little_by_little_all_of_it_is_looked_at(log: Log) -> None:
    looked_at = [log.stores.log_reader.check_some() for _ in range(4)]
    assert [(each.number, each.found) for each in looked_at] == [(0, ()), (1, ()), (2, ()), (0, ())]


@pytest.mark.parametrize("harm", [edited, swapped, dropped, cut, forged])
def test_little_by_little_it_is_found_too(log: Log, harm: Callable[[Log], None]) -> None:
    harm(log)
    looked_at = [log.stores.log_reader.check_some() for _ in range(3)]
    found = {fault.fault for each in looked_at for fault in each.found}
    assert found == {fault for fault, *_ in HARM[harm]}


def test_it_says_since_when(log: Log) -> None:
    swapped(log)
    (found,) = log.stores.log_reader.check()
    assert (found.since, found.until) == (AT + timedelta(minutes=100), AT + timedelta(minutes=200))


def test_what_is_linked_goes_on_from_what_was(log: Log) -> None:
    before = log.stores.log_reader.head()
    log.stores.processing_log.note(line(251))
    proof = [each.proof for each in log.stores.log_reader.lines()]
    assert proof == [Proof.LINKED] * 250 + [Proof.SEALED]
    assert log.found() == []
    log.stores.processing_log.link()
    after = log.stores.log_reader.head()
    assert before and after and (before.lines, after.lines) == (250, 251) and before.link != after.link
    assert log.found() == []


def test_nothing_is_linked_to_an_end_that_is_not_ours(log: Log) -> None:
    log.redis.set(log.end, b"somebody's")
    log.stores.processing_log.note(line(251))
    log.stores.processing_log.link()
    assert log.redis.get(log.end) == b"somebody's"
    assert [fault for fault, *_ in log.found()] == [LogFault.HEAD]


def test_two_that_link_at_once_make_one_chain(log: Log, redis_url: str, prefix: str) -> None:
    other = RedisStores(for_store(redis_url), SECRETS, prefix=prefix)
    for number in range(251, 260):
        (log.stores if number % 2 else other).processing_log.note(line(number))
        log.stores.processing_log.link(), other.processing_log.link()
    assert log.found() == []
    head = other.log_reader.head()
    assert head is not None and head.lines == 259


def test_a_call_that_is_made_again_adds_nothing(log: Log) -> None:
    """As the connection does where it has heard no answer."""
    box = log.redis.lindex(log.list, -1)
    log.stores.processing_log._note([log.list, log.people], [1_000, 1, box])
    assert log.redis.llen(log.list) == LINES


def test_a_list_of_recipients_is_kept_once_and_missed_where_it_is_gone(log: Log) -> None:
    told = Processing(kind=ProcessingKind.DISCLOSURE, at=AT, by="timer", action="card", to=tuple("ABCDEFG"))
    log.stores.processing_log.note(told), log.stores.processing_log.note(told)
    assert log.redis.hlen(log.people) == 1
    log.redis.delete(log.people)
    assert log.found() == [(LogFault.RECIPIENTS, 251, 251), (LogFault.RECIPIENTS, 252, 252)]


def test_the_bytes_say_nothing_of_who_or_what(log: Log) -> None:
    stored = b"".join(log.redis.lrange(log.list, 0, -1))
    assert not any(word in stored for word in (b"fay", b"MC-26", b"open case", b"fim"))


def test_what_was_noted_before_there_was_a_chain_is_read_for_ever(log: Log, prefix: str) -> None:
    old = (
        b'{"at":"2026-01-03T03:12:00Z","by":"ola","roles":["officer"],"look":"status","ref":"MC-26-0001",'
        b'"place":"C1","surface":"slack","allowed":false}'
    )
    log.redis.xadd(f"{prefix}:consultations", {"said": old})
    first = next(log.stores.log_reader.lines())
    assert first.proof is Proof.BEFORE and first.said is not None
    said = first.said
    assert (said.by, said.action, said.ref, said.place, said.allowed) == (
        *("ola", "status", "MC-26-0001", "C1"),
        False,
    )
    assert log.stores.log_reader.newest(1_000)[0] == said
    assert log.found() == []


def test_a_log_that_takes_nothing_costs_no_step_and_is_counted(log: Log) -> None:

    log.redis.delete(log.list)
    log.redis.set(log.list, "somebody's")
    log.stores.cases.append(report("MC-26-0900"))
    assert log.stores.cases.load("MC-26-0900") is not None
    assert log.stores.metrics.read()[Metric.NOT_LOGGED] == 1


def test_what_it_does_not_take_is_kept_and_written_once_it_can_be(log: Log) -> None:
    """As where the server is full, or somebody damaged the key: nobody's view is lost for it."""
    kept = f"{log.list}:elsewhere"
    log.redis.rename(log.list, kept)
    log.redis.set(log.list, "somebody's")
    ours = log.stores.processing_log
    ours.note(line(251), line(252)), ours.note(line(253))
    assert ours.waiting == 3
    log.redis.rename(kept, log.list)
    ours.note(line(254))
    assert ours.waiting == 0
    assert sorted(each.ref for each in log.stores.log_reader.newest(4)) == [
        line(n).ref for n in range(251, 255)
    ]
    assert log.found() == []


def test_what_may_have_come_to_pass_is_not_written_twice(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = log.stores.processing_log
    write = ours._note

    def unheard(keys: Any, args: Any) -> None:
        write(keys, args)
        raise StoreUnavailable("TimeoutError", perhaps=True)

    with monkeypatch.context() as away:
        away.setattr(ours, "_note", unheard)
        ours.note(line(251), line(252))
    assert ours.waiting == 2
    ours.link()
    assert (ours.waiting, log.redis.llen(log.list)) == (0, LINES + 2)


def test_beyond_what_a_process_can_keep_the_oldest_are_lost_and_counted(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.redis_processing_log._NOTES_KEPT", 2)
    log.redis.set(log.list, "somebody's")
    for number in range(3):
        log.stores.processing_log.note(line(number))
    assert log.stores.processing_log.waiting == 2
    assert log.stores.metrics.read()[Metric.NOT_LOGGED] == 1


@pytest.mark.parametrize("lines", [50, 100, 150, 250])
def test_an_anchor_names_the_chain_and_finds_a_whole_older_log_put_back(log: Log, lines: int) -> None:
    """With its end and its marks, which prove themselves."""
    then = log.stores.heads.standings().records[PROCESSING_LOG]
    assert log.stores.heads.as_of({PROCESSING_LOG: LINES})[PROCESSING_LOG] == then
    log.redis.ltrim(log.list, 0, lines - 1), log.redis.delete(log.end, f"{log.list}:marks")
    log.stores.processing_log.link()
    assert log.found() == []
    now = log.stores.heads.as_of({PROCESSING_LOG: LINES})[PROCESSING_LOG]
    assert now == then if lines == LINES else now == RecordStanding(lines, "")


def test_lines_that_were_changed_and_linked_anew_are_others_to_an_anchor(log: Log) -> None:
    then = log.stores.heads.standings().records[PROCESSING_LOG]
    swapped(log)
    log.redis.delete(log.end, f"{log.list}:marks")
    log.stores.processing_log.link()
    assert log.found() == []
    assert log.stores.heads.as_of({PROCESSING_LOG: LINES})[PROCESSING_LOG].mark != then.mark
