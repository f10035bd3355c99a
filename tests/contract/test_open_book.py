"""Given what one process knows of the open cases, when anything becomes of the record, whoever did it, then the next
list is as if every case had been read for it; and it has read what it shows, and what has changed."""

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from bot.domain.case import Case
from bot.domain.events import Closed, Reopened
from bot.domain.people import Actor
from bot.files import policy_file
from bot.open_book import OpenBook
from bot.ports.cases import Pulse
from bot.ports.stores import Stores
from bot.store.connection import for_store
from bot.store.master_keys import MasterKeys
from bot.store.redis_stores import RedisStores
from bot.views.lists.home_page import home
from bot.views.lists.in_order import outlined
from bot.views.lists.listing import ROWS, Shown, listing
from bot.views.lists.wall_board import board
from tests.conftest import SECRETS
from tests.contract.steps import START, note, report, step
from tests.unit.views.crowd import crowd

POLICY = policy_file.load(None)
REF, OTHER = "MC-26-0001", "MC-26-0002"
CLOSED = Closed(reason="found")


def is_right(book: OpenBook, stores: Stores) -> bool:
    """Whether it says what it would if it had never been looked into."""
    seen, whole = book.look(), outlined(stores.cases.open_cases(), POLICY)
    return (list(seen.outlines), seen.unreadable) == (list(whole.outlines), whole.unreadable)


def refs(book: OpenBook) -> list[str]:
    return [each.ref for each in book.look().outlines]


@pytest.fixture
def book(stores: Stores) -> OpenBook:
    """Looked into once, with two cases in it."""
    stores.cases.append(report(REF))
    stores.cases.append(report(OTHER))
    book = OpenBook(stores.cases, POLICY)
    book.look()
    return book


def loaded(stores: Stores, ref: str = REF) -> Case:
    case = stores.cases.load(ref)
    assert case is not None
    return case


def test_every_step_is_seen_by_the_next_look(book: OpenBook, stores: Stores) -> None:
    stores.cases.append(note(loaded(stores), at=1))
    assert is_right(book, stores)
    stores.cases.append(report("MC-26-0003"))
    assert is_right(book, stores) and "MC-26-0003" in refs(book)
    stores.cases.append(step(loaded(stores), CLOSED, at=2))
    assert is_right(book, stores) and REF not in refs(book)


def test_what_is_open_is_told_as_it_is_after_each_step_and_the_same_where_there_was_none(
    stores: Stores,
) -> None:
    cases, steps = stores.cases, [report(REF), report(OTHER)]
    for each in steps:
        cases.append(each)
        assert cases.open_marks() == cases.open_marks() == cases.marks(cases.open_refs())
    before = cases.open_marks()
    cases.append(note(loaded(stores), at=1))
    assert {ref for ref, mark in cases.open_marks().items() if before[ref] != mark} == {REF}
    cases.append(step(loaded(stores), CLOSED, at=2))
    assert list(cases.open_marks()) == [OTHER]
    cases.append(step(loaded(stores), Reopened(why="Gone again"), at=3))
    assert set(cases.open_marks()) == {REF, OTHER}
    assert cases.open_marks() == cases.marks(cases.open_refs())


def test_a_case_that_is_closed_and_reopened_between_two_looks_is_read_anew(
    book: OpenBook, stores: Stores
) -> None:
    stores.cases.append(step(loaded(stores), CLOSED, at=2))
    stores.cases.append(step(loaded(stores), Reopened(why="Gone again"), at=3))
    assert is_right(book, stores) and sorted(refs(book)) == [REF, OTHER]


def test_what_somebody_was_handed_does_not_change_under_their_eyes(book: OpenBook, stores: Stores) -> None:
    handed = book.look()
    before = list(handed.outlines)
    stores.cases.append(step(loaded(stores), CLOSED, at=2))
    book.look()
    assert list(handed.outlines) == before


def test_any_mixture_of_steps_and_looks_leaves_it_right(book: OpenBook, stores: Stores) -> None:
    chance, other = Random(20), OpenBook(stores.cases, POLICY)
    for number in range(3, 120):
        open_refs = stores.cases.open_refs()
        which = chance.random()
        if which < 0.4 or not open_refs:
            stores.cases.append(report(f"MC-26-{number:04}", told=chance.randint(0, 90)))
        elif which < 0.8:
            stores.cases.append(note(loaded(stores, chance.choice(open_refs)), at=number))
        else:
            stores.cases.append(step(loaded(stores, chance.choice(open_refs)), CLOSED, at=number))
        if chance.random() < 0.3:
            other.read_anew(stores.cases.open_refs()[:5], stores.cases)
        if chance.random() < 0.5:
            assert is_right(book, stores), number
    assert is_right(book, stores) and is_right(other, stores)


# On a server, where others write, and enemies.


@pytest.fixture
def redis(redis_url: str) -> Iterator[Any]:
    with for_store(redis_url) as redis:
        yield redis


@pytest.fixture
def record(redis: Any, prefix: str) -> RedisStores:
    stores = RedisStores(redis, SECRETS, prefix=prefix)
    stores.cases.append(report(REF))
    stores.cases.append(report(OTHER))
    return stores


@pytest.fixture
def known(record: RedisStores) -> OpenBook:
    book = OpenBook(record.cases, POLICY)
    book.look()
    return book


@pytest.mark.redis
def test_a_snapshot_that_somebody_put_back_is_relied_on_by_no_look(
    known: OpenBook, record: RedisStores, redis: Any, prefix: str
) -> None:
    place = f"{prefix}:case:{REF}"
    before = redis.hget(place, "snapshot")
    record.cases.append(note(loaded(record), at=1))
    redis.hset(place, "snapshot", before)
    known.look()
    record.checks.fold_anew(REF)
    assert is_right(known, record)
    assert next(each for each in known.look().outlines if each.ref == REF).version == 2


@pytest.mark.redis
def test_a_record_that_was_put_back_as_a_whole_is_read_as_it_is_now(
    known: OpenBook, record: RedisStores, redis: Any, prefix: str
) -> None:
    keys = [f"{prefix}:case:{REF}", f"{prefix}:case:{REF}:entries", f"{prefix}:tallies", f"{prefix}:open"]
    backup = {key: redis.dump(key) for key in keys}
    record.cases.append(note(loaded(record), at=1))
    record.cases.append(step(loaded(record, OTHER), CLOSED, at=1))
    assert refs(known) == [REF]
    for key, value in backup.items():
        redis.restore(key, 0, value, replace=True)
    assert is_right(known, record)
    assert sorted(refs(known)) == [REF, OTHER]


@pytest.mark.redis
@pytest.mark.parametrize("damage", ["no tally", "no tallies", "no hash", "a short one"])
def test_where_nothing_says_how_far_a_case_has_come_it_is_read_each_time(
    known: OpenBook, record: RedisStores, redis: Any, prefix: str, damage: str
) -> None:
    kept, place, name = f"{prefix}:case:{REF}", f"{prefix}:tallies", f"case:{REF}"
    before = {key: redis.dump(key) for key in (kept, f"{kept}:entries")}
    record.cases.append(note(loaded(record), at=1))
    match damage:
        case "no tally":
            redis.hdel(place, name)
        case "no tallies":
            redis.delete(place)
        case "no hash":
            redis.set(place, "x")
        case _:
            redis.hset(place, name, b"\0")
    assert is_right(known, record)
    for key, value in before.items():
        redis.restore(key, 0, value, replace=True)
    assert is_right(known, record)
    assert record.cases.marks([REF]) == {REF: None}


@pytest.mark.redis
def test_a_case_of_which_nothing_says_how_far_it_has_come_leaves_the_lists_when_it_is_closed(
    known: OpenBook, record: RedisStores, redis: Any, prefix: str
) -> None:
    redis.hdel(f"{prefix}:tallies", f"case:{REF}")
    assert sorted(refs(known)) == [REF, OTHER]
    record.cases.append(step(loaded(record), CLOSED, at=2))
    assert is_right(known, record) and refs(known) == [OTHER]


@pytest.mark.redis
def test_a_case_that_breaks_is_named_once_its_row_is_drawn_and_by_every_list_after_a_round(
    known: OpenBook, record: RedisStores, redis: Any, prefix: str
) -> None:
    redis.hset(f"{prefix}:case:{REF}", "snapshot", b"\x03broken")
    redis.lset(f"{prefix}:case:{REF}:entries", 0, b"\x03broken")
    world = crowd(1)
    shown = listing(known.look(), "fay", Shown(), world.screen)
    assert "1 case could not be read:* MC-26-0001" in str(shown.blocks)
    known.read_anew([REF, OTHER], record.cases)
    assert known.look().unreadable == (REF,)
    assert refs(known) == [OTHER]


@pytest.mark.redis
def test_a_case_that_can_be_read_again_is_back_with_the_next_look(
    known: OpenBook, record: RedisStores, redis: Any, prefix: str
) -> None:
    place = f"{prefix}:case:{REF}"
    kept = redis.dump(place), redis.dump(f"{place}:entries")
    redis.hset(place, "snapshot", b"\x03broken")
    redis.lset(f"{place}:entries", 0, b"\x03broken")
    known.read_anew([REF], record.cases)
    assert refs(known) == [OTHER]
    redis.restore(place, 0, kept[0], replace=True)
    redis.restore(f"{place}:entries", 0, kept[1], replace=True)
    assert is_right(known, record) and REF in refs(known)


@pytest.mark.redis
def test_a_step_of_another_process_is_in_the_next_list(
    known: OpenBook, record: RedisStores, redis: Any, prefix: str
) -> None:
    others = RedisStores(redis, SECRETS, prefix=prefix)
    others.cases.append(note(loaded(record), at=1))
    assert is_right(known, record)
    others.cases.append(step(loaded(record, OTHER), CLOSED, at=2))
    assert is_right(known, record) and refs(known) == [REF]
    others.cases.forget(REF)
    assert is_right(known, record) and refs(known) == []


@pytest.mark.redis
def test_an_erased_case_is_in_no_list(known: OpenBook, record: RedisStores) -> None:
    record.cases.forget(REF)
    assert is_right(known, record)
    assert refs(known) == [OTHER]


@pytest.mark.redis
def test_under_another_master_key_it_goes_on(redis: Any, prefix: str) -> None:
    old, new = MasterKeys(b"the first key"), MasterKeys(b"the second key", b"the first key")
    record = RedisStores(redis, old, prefix=prefix)
    record.cases.append(report(REF))
    after = RedisStores(redis, new, prefix=prefix)
    book = OpenBook(after.cases, POLICY)
    book.look()
    after.rotation.rotate()
    assert is_right(book, after)
    after.cases.append(note(loaded(after), at=1))
    assert is_right(book, after) and refs(book) == [REF]


@pytest.mark.redis
def test_while_one_looks_others_write_and_the_next_look_has_it_all(
    known: OpenBook, record: RedisStores, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A step between the marks and the cases, and another process's look between both."""
    readable = record.cases.readable

    def late(refs: Any) -> Any:
        monkeypatch.setattr(record.cases, "readable", readable)
        record.cases.append(note(loaded(record), at=3))
        known.look()
        return readable(refs)

    record.cases.append(note(loaded(record), at=1))
    monkeypatch.setattr(record.cases, "readable", late)
    known.look()
    assert is_right(known, record)


@pytest.mark.redis
def test_a_list_a_home_page_and_the_board_read_what_they_show(redis: Any, prefix: str) -> None:
    told = crowd(120)
    record = RedisStores(redis, SECRETS, prefix=prefix)
    for number in range(300):
        record.cases.append(report(f"MC-26-{number + 1:04}", told=number / 60))
    book, pulse = OpenBook(record.cases, POLICY), Pulse(last_check=START)
    book.look()
    fay = Actor(id="fay", roles=told.actor("fay").roles)

    def records_read(draw: Any) -> int:
        before = redis.info("commandstats")["cmdstat_hmget"]["calls"]
        draw()
        return int(redis.info("commandstats")["cmdstat_hmget"]["calls"] - before) - 1  # that of the marks

    assert records_read(lambda: listing(book.look(), "fay", Shown(), told.screen)) == ROWS
    assert records_read(lambda: home(book.look(), fay, Shown(), pulse, told.screen)) == ROWS + 10
    assert records_read(lambda: board(book.look(), pulse, told.screen)) <= 20
    record.cases.append(note(loaded(record), at=1))
    assert records_read(book.look) == 1
