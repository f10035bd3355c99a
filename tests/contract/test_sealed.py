"""Given a record whose parts are sealed, when something is moved or forgotten, then that one thing is noticed.

When the master key is changed, nothing is.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.domain.likeness import traces
from bot.ports.destination import Destination
from bot.ports.drafts import DraftPlace
from bot.ports.errors import Conflict, Erased, StoreUnavailable, Unreadable
from bot.store.connection import for_store
from bot.store.master_keys import MasterKeys
from bot.store.redis_stores import RedisStores
from bot.store.server import serving
from tests.conftest import REDIS_CONF
from tests.contract.sealed_records import beside_in_clear, laid_in_clear
from tests.contract.steps import MACHINE, note, report, row
from tests.contract.test_drafts import typed
from tests.waiting import until

pytestmark = pytest.mark.redis

FIRST, SECOND = b"the first record key", b"the second record key"
OLD, NEW = MasterKeys(FIRST), MasterKeys(SECOND, FIRST)
REF, OTHER = "MC-26-0001", "MC-26-0002"
FIM = Destination("role:fim")


@pytest.fixture
def redis(redis_url: str) -> Iterator[Any]:
    with for_store(redis_url) as redis:
        yield redis


@pytest.fixture
def stores(redis: Any, prefix: str) -> RedisStores:
    """Two cases alike, with a page that waits each, under the first key."""
    stores = RedisStores(redis, OLD, prefix=prefix)
    for ref in (REF, OTHER):
        opened = report(ref, person="P-1", outgoing=(row("role:fim", ref),))
        stores.cases.append(opened)
        stores.cases.append(note(opened.case))
    return stores


def under(redis: Any, prefix: str, masters: MasterKeys) -> RedisStores:
    """Another process."""
    return RedisStores(redis, masters, prefix=prefix)


# Boxes open at their own place alone.


def test_an_entry_of_another_case_does_not_open(stores: RedisStores, redis: Any, prefix: str) -> None:
    redis.copy(f"{prefix}:case:{OTHER}:entries", f"{prefix}:case:{REF}:entries", replace=True)
    with pytest.raises(Unreadable):
        stores.cases.entries(REF)


def test_an_entry_at_another_place_does_not_open(stores: RedisStores, redis: Any, prefix: str) -> None:
    first, second = stores.cases.stored(REF)
    redis.lset(f"{prefix}:case:{REF}:entries", 0, second)
    redis.lset(f"{prefix}:case:{REF}:entries", 1, first)
    with pytest.raises(Unreadable):
        stores.cases.entries(REF)


def test_a_snapshot_of_another_case_is_not_taken(stores: RedisStores, redis: Any, prefix: str) -> None:
    before = stores.cases.load(REF)
    redis.hset(f"{prefix}:case:{REF}", "snapshot", redis.hget(f"{prefix}:case:{OTHER}", "snapshot"))
    assert stores.cases.load(REF) == before


def test_with_the_key_of_another_case_none_is_read(stores: RedisStores, redis: Any, prefix: str) -> None:
    redis.hset(f"{prefix}:case:{REF}", "key", redis.hget(f"{prefix}:case:{OTHER}", "key"))
    with pytest.raises(Unreadable, match="another case's"):
        under(redis, prefix, OLD).cases.load(REF)


def test_a_row_under_another_id_is_kept_for_the_technician(
    stores: RedisStores, redis: Any, prefix: str
) -> None:
    first, second = stores.outbox.pending(FIM, 9)
    rows = f"{stores.outbox._keys.lane(FIM)}:rows"
    redis.hset(rows, first.id, redis.hget(rows, second.id))
    assert stores.outbox.pending(FIM, 9) == [second]
    assert [kept.name for kept in stores.damaged.all()] == [first.id]


# A case is erased.


def test_an_erased_case_is_read_and_found_by_nobody_and_its_chain_stays_whole(stores: RedisStores) -> None:
    case = stores.cases.load(REF)
    assert case is not None
    stores.cases.forget(REF)
    for read in (stores.cases.load, stores.cases.entries):
        with pytest.raises(Erased):
            read(REF)
    assert stores.cases.broken_at(REF) is None
    assert stores.cases.find_incident(case.incident) is None
    assert stores.cases.episodes("P-1") == stores.cases.alike(traces(case), 9) == [OTHER]
    assert stores.cases.open_refs() == stores.cases.refs() == [OTHER]


def test_one_that_has_gone_on_meanwhile_is_not_erased(stores: RedisStores) -> None:
    ends, case = stores.cases.ends(REF), stores.cases.load(REF)
    assert ends is not None and case is not None
    stores.cases.append(said := note(case, "later"))
    assert not stores.cases.forget(REF, ends, b"what is left")
    assert stores.cases.load(REF) == said.case and stores.erasures.done.of(REF) is None


def test_one_that_cannot_be_logged_is_not_erased(stores: RedisStores, redis: Any, prefix: str) -> None:
    """Given a log that somebody damaged, when a case is erased, then nothing of it is."""
    before = stores.cases.load(REF)
    redis.set(stores.cases._keys.log, "no list")
    with pytest.raises(StoreUnavailable):
        stores.cases.forget(REF, stores.cases.ends(REF), b"what is left", b"a line")
    assert stores.cases.load(REF) == before
    assert stores.cases.open_refs() == [REF, OTHER] and stores.checks.check(REF) == ()


def test_nobody_who_still_holds_its_key_writes_to_it(stores: RedisStores, redis: Any, prefix: str) -> None:
    late = under(redis, prefix, OLD)
    case = late.cases.load(REF)
    assert case is not None
    stores.cases.forget(REF)
    with pytest.raises(Conflict):
        late.cases.append(note(case))
    with pytest.raises(Erased):
        late.cases.load(REF)


def test_what_was_typed_about_it_is_gone_too(stores: RedisStores) -> None:
    about_it, about_none = DraftPlace("U-CAL", "add_to_case", REF), DraftPlace("U-CAL", "report")
    for place in (about_it, about_none):
        stores.drafts.keep(place, typed("V1"), MACHINE, MACHINE + 60)
    stores.cases.forget(REF)
    assert stores.drafts.find(about_it, MACHINE) is None
    assert stores.drafts.find(about_none, MACHINE) is not None


def test_its_row_holds_up_no_other(stores: RedisStores) -> None:
    stores.cases.forget(REF)
    assert [(each.ref, each.kind) for each in stores.outbox.pending(FIM, 9)] == [
        (REF, "unknown"),
        (OTHER, "card"),
    ]


# The master key is changed.


def test_rotation_touches_no_entry_and_no_page_that_waits(
    stores: RedisStores, redis: Any, prefix: str
) -> None:
    case, entries, rows = stores.cases.load(REF), stores.cases.stored(REF), stores.outbox.pending(FIM, 9)
    new = under(redis, prefix, NEW)
    done = new.rotation.rotate()
    assert (done.wrapped, done.left, set(done.under)) == (2, (), {NEW.first.id})
    alone = under(redis, prefix, MasterKeys(SECOND))
    alone.key_check.check()
    assert alone.cases.stored(REF) == entries
    assert alone.outbox.pending(FIM, 9) == rows
    assert alone.cases.broken_at(REF) is None
    assert alone.cases.load(REF) == case
    assert alone.cases.find_incident("LOG-" + REF) == REF


def test_a_process_that_was_not_told_of_it_leaves_no_new_case_behind(
    stores: RedisStores, redis: Any, prefix: str
) -> None:
    both = under(redis, prefix, MasterKeys(FIRST, SECOND))
    both.key_check.check()
    under(redis, prefix, NEW).rotation.rotate()
    both.cases.append(report("MC-26-0003"))
    assert under(redis, prefix, MasterKeys(SECOND)).cases.load("MC-26-0003") is not None


def test_a_process_without_the_new_key_says_which_one_it_lacks_until_it_is_given(
    stores: RedisStores, redis: Any, prefix: str
) -> None:
    given = [FIRST]
    running = under(redis, prefix, MasterKeys(FIRST, now=lambda: tuple(given)))
    running.key_check.check()
    under(redis, prefix, NEW).rotation.rotate()
    with pytest.raises(Unreadable, match=NEW.first.id):
        running.cases.load(REF)
    given.append(SECOND)
    assert running.cases.load(REF) == under(redis, prefix, NEW).cases.load(REF)


def test_a_crash_in_the_middle_loses_nothing_and_the_next_run_ends_it(
    stores: RedisStores, redis: Any, prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = under(redis, prefix, NEW)
    monkeypatch.setattr(new.rotation, "_old", None)  # what it dies of, after the first case
    with pytest.raises(AttributeError):
        new.rotation.rotate()
    assert len(new.rotation.in_use()) == 2
    read, unread = under(redis, prefix, NEW).cases.readable([REF, OTHER])
    assert (len(read), unread) == (2, ())
    assert set(under(redis, prefix, NEW).rotation.rotate().under) == {NEW.first.id}


def test_back_and_forth(stores: RedisStores, redis: Any, prefix: str) -> None:
    rows = stores.outbox.pending(FIM, 9)
    under(redis, prefix, NEW).rotation.rotate()
    under(redis, prefix, MasterKeys(FIRST, SECOND)).rotation.rotate()
    assert under(redis, prefix, OLD).outbox.pending(FIM, 9) == rows


# What was written before there were keys.


def test_a_record_in_clear_is_read_and_written_to(stores: RedisStores, redis: Any, prefix: str) -> None:
    before = stores.cases.entries(REF)
    laid_in_clear(stores, redis, prefix, REF)
    ours = under(redis, prefix, OLD)
    case = ours.cases.load(REF)
    assert case == stores.cases.load(REF)
    assert case is not None
    ours.cases.append(said := note(case, "later"))
    assert under(redis, prefix, OLD).cases.entries(REF) == [*before, *said.entries]
    assert ours.cases.broken_at(REF) is None


def test_rotation_seals_it_and_whoever_was_about_to_write_looks_again(
    stores: RedisStores, redis: Any, prefix: str
) -> None:
    before = stores.cases.entries(REF)
    laid_in_clear(stores, redis, prefix, REF)
    writer = under(redis, prefix, OLD)
    case = writer.cases.load(REF)
    assert case is not None
    done = under(redis, prefix, OLD).rotation.rotate()
    assert (done.sealed, done.left) == (1, ())
    with pytest.raises(Conflict):
        writer.cases.append(note(case))
    again = writer.cases.load(REF)
    assert again == case
    writer.cases.append(said := note(again))
    assert writer.cases.entries(REF) == [*before, *said.entries]
    assert writer.cases.broken_at(REF) is None
    assert all(b"Wren" not in each for each in writer.cases.stored(REF))


def test_rotation_seals_what_lies_beside_it_too(stores: RedisStores, redis: Any, prefix: str) -> None:
    """Rows that wait, drafts and documents: read as before under the new key alone, and for as long as before."""
    rows = stores.outbox.pending(FIM, 9)
    draft = DraftPlace("U-CAL", "add_to_case", REF)
    stores.drafts.keep(draft, typed("Wren"), MACHINE, MACHINE + 60)
    stores.documents.put("directory", b"Cal Reeve")
    pieces = beside_in_clear(stores, redis, prefix, draft)
    laid_in_clear(stores, redis, prefix, REF)
    done = under(redis, prefix, NEW).rotation.rotate()
    assert (done.sealed, done.beside, done.left) == (1, 4, ())
    assert not any(word in piece for piece in pieces() for word in (b"Wren", b"Reeve", b"card"))
    alone = under(redis, prefix, MasterKeys(SECOND))
    assert alone.outbox.pending(FIM, 9) == rows
    assert alone.drafts.find(draft, MACHINE) == typed("Wren")
    assert alone.documents.get("directory") == b"Cal Reeve"
    assert all(0 < redis.ttl(key) <= 60 for key in redis.scan_iter(f"{prefix}:draft:*"))
    assert under(redis, prefix, NEW).rotation.rotate().beside == 0


def test_one_whose_chain_is_broken_is_left_and_named(stores: RedisStores, redis: Any, prefix: str) -> None:
    laid_in_clear(stores, redis, prefix, REF)
    first, _ = stores.cases.stored(REF)
    redis.lset(f"{prefix}:case:{REF}:entries", 0, first.replace(b"Wren", b"Wran"))
    assert under(redis, prefix, OLD).rotation.rotate().left == (REF,)


# The bytes.

SAID = (
    b"Wren",
    b"Hale",
    b"Mill Lane",
    b"07700",
    b"carer",
    b"phone off",
    b"P-1",
    b"LOG-MC",
    b"Reported",
    b"U-CAL",
)


def test_the_files_of_the_server_tell_nothing_of_a_child(tmp_path: Path, prefix: str) -> None:
    with serving(None, REDIS_CONF, tmp_path) as url, for_store(url) as redis:
        stores = RedisStores(redis, OLD, prefix=prefix)
        stores.cases.append(report(REF, person="P-77812", outgoing=(row("role:fim", REF),)))
        stores.drafts.keep(DraftPlace("U-CAL", "add", REF), typed("Wren Hale"), MACHINE, MACHINE + 60)
        stores.drafts.keep(DraftPlace("U-CAL", "report"), typed("Wren Hale"), MACHINE, MACHINE + 60)
        stores.cases.append(report(OTHER))
        laid_in_clear(stores, redis, prefix, OTHER)
        in_clear = told(tmp_path, redis)
        RedisStores(redis, OLD, prefix=prefix).rotation.rotate()
        sealed = told(tmp_path, redis)
    assert in_clear >= {b"Wren", b"Mill Lane", b"Reported"}, "what lay in clear is seen"
    assert sealed == set()


def told(folder: Path, redis: Any) -> set[bytes]:
    """Of what was said, all that stands in the files of the server (RDB and AOF), once they are written anew."""
    redis.config_set("rdbcompression", "no")
    redis.save()
    until("the files are written anew", lambda: is_quiet(redis))
    redis.execute_command("BGREWRITEAOF")
    until("the files are written anew", lambda: is_quiet(redis))
    files = [file.read_bytes() for file in folder.rglob("*") if file.is_file()]
    assert any(b"REDIS" in each for each in files)
    return {word for word in SAID if any(word in each for each in files)}


def is_quiet(redis: Any) -> bool:
    now = redis.info("persistence")
    return not now["aof_rewrite_in_progress"] and not now.get("aof_rewrite_scheduled")
