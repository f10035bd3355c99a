"""A closed case is erased for ever: by two people, once it was exported, and never half."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from bot.domain.commands import Close, Interview, Locate
from bot.domain.erasing import ASKED_FOR, Hindrance, NotErased
from bot.domain.facts import Child, Reporter
from bot.domain.permissions import Look
from bot.domain.processing import Processing, ProcessingKind
from bot.erasure_desk import ErasureDesk
from bot.outgoing import shown_again
from bot.ports.destination import Destination, OutboxKind
from bot.ports.errors import Erased
from bot.store.connection import for_store
from bot.store.eraser import Eraser
from bot.store.redis_outbox import RedisOutbox
from bot.store.redis_stores import RedisStores
from tests.canaries.hunt import Hunt, in_redis
from tests.contract.test_sealed import is_quiet
from tests.terminal.conftest import HERE, REPORTED, Terminal
from tests.terminal.test_asking import at_a_tty
from tests.terminal.test_every_verb import CLOSED, FOUND, TALKED
from tests.terminal.test_who_reads import looked
from tests.waiting import until
from tests.world import HandClock, World

REF = "MC-26-0001"
CHILD = "Rowan Pike"


@pytest.fixture
def closed(terminal: Terminal, redis_stores: RedisStores) -> RedisStores:
    """Rowan Pike's case, closed; all that was said of it has left."""
    assert terminal
    close(redis_stores)
    delivered(redis_stores)
    return redis_stores


def close(
    stores: RedisStores, name: str = CHILD, words: str = "He texted", phone: str = "07700 900001"
) -> None:
    world = World(stores=stores)
    said = {"why_worried": words, "reporter": Reporter(name=name, relationship="carer", phone=phone)}
    world.report(0, incident="LOG-1042", child=Child(name=name, age=13, person_ref=phone), **said)
    world.do(1, "ola", Locate(where=words, seen_in_person=True))
    world.do(2, "ola", Interview(kind="prevention", in_person=True, by_whom="Ola"))
    world.do(3, "sam", Close(reason=words))


def delivered(stores: RedisStores) -> None:
    for lane, ids in stores.outbox.rows_of(REF).items():
        stores.outbox.drop(lane, ids)


def purging(terminal: Terminal, person: str, typed: str = "LOG-1042") -> tuple[int, str]:
    said = terminal.run(person, f"purge {typed}")
    return said.code, said.out + said.err


def exported(terminal: Terminal, folder: Path, *more: str) -> None:
    done = terminal.run("ola", " ".join(["export LOG-1042 --out", str(folder), *more]))
    assert done.code == 0, done


def asked(terminal: Terminal, folder: Path) -> None:
    exported(terminal, folder)
    assert purging(terminal, "sam")[0] == 0


def erased(terminal: Terminal, folder: Path) -> str:
    asked(terminal, folder)
    code, said = purging(terminal, "sid")
    assert code == 0, said
    return said


def test_one_asks_another_confirms_and_nothing_of_it_is_left(
    terminal: Terminal, closed: RedisStores, tmp_path: Path
) -> None:
    """Given a closed case that was exported, when two supervisors ask for it, then it is erased, and said to be."""
    exported(terminal, tmp_path)
    entries = len(closed.cases.entries(REF))
    code, said = purging(terminal, "sam")
    assert code == 0 and "Nothing is erased yet." in said and "What goes, for ever" in said
    assert "BEFORE ITS TIME: by the force's periods such a case is kept until 2 March 2032" in said
    assert closed.cases.load(REF) is not None
    code, said = purging(terminal, "sid")
    assert code == 0 and "Sam Doyle asked for this to be erased" in said and f"{entries} entries" in said
    assert re.search(r"asked for by Sam Doyle, confirmed by Sid Penn", said)
    with pytest.raises(Erased) as gone:
        closed.cases.load(REF)
    assert gone.value.at is not None
    assert closed.cases.broken_at(REF) is None and len(closed.cases.stored(REF)) == entries
    assert closed.cases.find_incident("LOG-1042") is None


def test_it_is_said_to_be_erased_wherever_it_is_asked_for(
    terminal: Terminal, closed: RedisStores, tmp_path: Path
) -> None:
    erased(terminal, tmp_path)
    said = terminal.refused("ola", f"show {REF}")
    assert re.fullmatch(
        rf"{REF} was erased on \d+ \w+ 20\d\d\. Nothing of it is kept; its reference is not used again\.",
        said,
    ), said
    assert terminal.refused("sam", f"reopen {REF} --why Again") == said
    assert "cases are read by those on duty" in terminal.refused("pat", f"show {REF}")
    assert purging(terminal, "fay", REF)[1].startswith(f"{REF} was erased, ")


def test_its_number_is_free_and_its_reference_never_used_again(
    terminal: Terminal, closed: RedisStores, tmp_path: Path
) -> None:
    erased(terminal, tmp_path)
    said = terminal.done("cal", REPORTED, f"{CHILD}\nGone\nPier\nTom\n1\nfather\n")
    assert re.search(r"MC-\d\d-\d{4}", said) and REF not in said and "SEEN BEFORE" not in said


def test_what_is_left_is_metadata(terminal: Terminal, closed: RedisStores, tmp_path: Path) -> None:
    last = closed.cases.ends(REF)
    assert last is not None
    erased(terminal, tmp_path)
    (line,) = [each for each in lines(closed) if each.kind is ProcessingKind.ERASURE]
    left = closed.erasures.done.of(REF)
    assert left is not None and left.is_done
    assert (line.ref, line.by, line.asked_by, line.surface) == (REF, "sid", "sam", HERE)
    assert (line.entries, line.digest, line.export) == (last.entries, last.link, left.asked.export.sum)
    assert line.at == left.at
    assert (Look.PURGE, HERE, True) in looked(closed, "sam")
    verified = terminal.run("", "verify")
    assert verified.code == 0, verified


def lines(stores: RedisStores) -> list[Processing]:
    return [line.said for line in stores.log_reader.lines() if line.said]


# What has to be there first.


def test_only_a_closed_case_and_only_after_a_whole_export_of_all_of_it(
    terminal: Terminal, redis_stores: RedisStores, tmp_path: Path
) -> None:
    ref = terminal.reported()
    assert "is open. Only a closed case" in purging(terminal, "sam")[1]
    for person, typed in (FOUND, TALKED, CLOSED):
        terminal.done(person, typed)
    assert "has not left the record whole" in purging(terminal, "sam")[1]
    exported(terminal, tmp_path, "--redact staff")
    assert "has not left the record whole" in purging(terminal, "sam")[1]
    exported(terminal, tmp_path)
    assert "have yet to leave" in purging(terminal, "sam")[1]
    delivered(redis_stores)
    terminal.done("ola", "interview LOG-1042 --kind return --in-person yes --by-whom Ola")
    delivered(redis_stores)
    assert "has gone on since it was exported" in purging(terminal, "sam")[1]
    assert redis_stores.cases.load(ref) is not None


def test_nobody_alone_and_nobody_below_a_supervisor(
    terminal: Terminal, closed: RedisStores, tmp_path: Path
) -> None:
    exported(terminal, tmp_path)
    assert "Only a supervisor or above" in purging(terminal, "ola")[1]
    asked(terminal, tmp_path / "again")
    code, said = purging(terminal, "sam")
    assert code == 1 and "Somebody else, a supervisor or above, confirms" in said
    assert "Only a supervisor or above" in purging(terminal, "ola")[1]
    assert closed.cases.load(REF) is not None


def test_what_was_asked_for_too_long_ago_is_asked_anew(
    terminal: Terminal, closed: RedisStores, tmp_path: Path
) -> None:
    asked(terminal, tmp_path)
    before = closed.erasures.asked.of(REF)
    assert before is not None
    closed.erasures.asked.put(REF, replace(before, at=before.at - ASKED_FOR - timedelta(seconds=1)))
    assert "Nothing is erased yet." in purging(terminal, "sid")[1]
    assert closed.cases.load(REF) is not None


def test_what_has_gone_on_since_it_was_asked_for_is_not_confirmed(
    terminal: Terminal, closed: RedisStores, tmp_path: Path
) -> None:
    asked(terminal, tmp_path)
    terminal.done("sam", f"reopen {REF} --why Gone_again")
    assert "is open" in purging(terminal, "sid")[1]
    assert closed.cases.load(REF) is not None


def test_at_a_terminal_the_reference_is_typed_once_more(
    terminal: Terminal, closed: RedisStores, tmp_path: Path
) -> None:
    asked(terminal, tmp_path)
    outcome = at_a_tty(terminal, "sid", f"purge {REF}", "yes\n")
    assert outcome.code == 1 and f"Type {REF} to erase it for ever" in outcome.err
    assert closed.cases.load(REF) is not None
    assert at_a_tty(terminal, "sid", f"purge {REF}", "mc 26 1\n").code == 0
    with pytest.raises(Erased):
        closed.cases.load(REF)


def test_it_can_be_taken_back(terminal: Terminal, closed: RedisStores, tmp_path: Path) -> None:
    asked(terminal, tmp_path)
    assert "Only a supervisor" in purging(terminal, "ola", f"{REF} --withdraw")[1]
    assert purging(terminal, "sid", f"{REF} --withdraw") == (0, "Taken back. Nothing is erased.\n")
    assert "Nothing is erased yet." in purging(terminal, "sid")[1]


def test_what_was_taken_back_is_not_erased_by_who_was_about_to_confirm_it(
    terminal: Terminal, closed: RedisStores, tmp_path: Path
) -> None:
    """Sid has the question before him for a while; Sam, who asked, reads that nothing is erased."""
    asked(terminal, tmp_path)
    desk, sid = ErasureDesk(closed.eraser, HandClock(datetime.now(UTC))), World().actor("sid")
    case = closed.cases.load(REF)
    assert case is not None
    before = desk.stands(case, sid)
    assert purging(terminal, "sam", f"{REF} --withdraw") == (0, "Taken back. Nothing is erased.\n")
    with pytest.raises(NotErased) as no:
        desk.confirm(before, sid, HERE)
    assert no.value.why is Hindrance.NOT_ASKED
    assert purging(terminal, "sam")[0] == 0, "asked for anew, of which Sid has read nothing"
    with pytest.raises(NotErased):
        desk.confirm(before, sid, HERE)
    assert closed.cases.load(REF) is not None


@pytest.mark.parametrize("forged", ["asked", "exported"])
def test_nobody_forges_who_asked_or_that_it_was_exported(
    terminal: Terminal, closed: RedisStores, tmp_path: Path, redis_url: str, prefix: str, forged: str
) -> None:
    """Given somebody who writes to the server without a key, when they copy or make a note, then it is none."""
    asked(terminal, tmp_path)
    place = {"asked": "erasures:asked", "exported": "exports"}[forged]
    with for_store(redis_url) as redis:
        redis.hset(f"{prefix}:{place}", "MC-26-0009", redis.hget(f"{prefix}:{place}", REF) or b"")
        redis.hset(f"{prefix}:{place}", REF, b'\x01{"ref":"MC-26-0001"}')
    notes = getattr(closed.erasures, forged)
    assert notes.of("MC-26-0009") is notes.of(REF) is None


# Killed in the middle.


@pytest.mark.parametrize(
    ("house", "step"),
    [
        (RedisOutbox, "drop"),
        (Eraser, "end"),
    ],
)
def test_whatever_it_dies_of_nothing_pages_and_the_next_run_ends_it(
    terminal: Terminal,
    closed: RedisStores,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    house: type[Any],
    step: str,
) -> None:
    asked(terminal, tmp_path)
    waits = Waits(closed)
    with monkeypatch.context() as dying, pytest.raises(Killed):
        dying.setattr(house, step, killed)
        purging(terminal, "sid")
    assert waits.are_unsendable()
    assert closed.cases.open_refs() == [] and closed.due.next_at() is None
    assert "was erased on" in terminal.refused("ola", f"show {REF}")
    code, said = purging(terminal, "fay", REF)
    assert code == 0 and "confirmed by Sid Penn" in said
    assert closed.outbox.rows_of(REF) == {}
    assert len([each for each in lines(closed) if each.kind is ProcessingKind.ERASURE]) == 1
    left = closed.erasures.done.of(REF)
    assert left is not None and left.is_done


class Killed(BaseException):
    """Nothing that catches errors sees it."""


class Waits:
    """A row that somebody put by for ever: it waits, and nobody can send it."""

    def __init__(self, stores: RedisStores) -> None:
        case = stores.cases.load(REF)
        assert case is not None
        self._stores = stores
        self._lane = Destination("putby:role:fim")
        stores.outbox.ask_again(self._lane, [shown_again(case, case.changed_at)])

    def are_unsendable(self) -> bool:
        return all(row.kind is OutboxKind.UNKNOWN for row in self._stores.outbox.pending(self._lane, 9))


def killed(*_: Any) -> None:
    raise Killed


# The bytes.


def test_neither_the_server_nor_its_files_tell_anything_of_the_child(
    terminal: Terminal, redis_stores: RedisStores, redis_url: str, prefix: str, tmp_path: Path
) -> None:
    """Not even to who has every key of the house: what opened it is in no file any more."""
    hunt = Hunt()
    close(redis_stores, hunt.name, f"Said {hunt.number}", hunt.number)
    delivered(redis_stores)
    with for_store(redis_url) as redis:
        wrapped = redis.hget(f"{prefix}:case:{REF}", "key")
        assert wrapped
        erased(terminal, tmp_path)
        until("the server's files are written anew", lambda: is_quiet(redis))
        redis.save()
        hunt.places.append(in_redis(redis))
        assert hunt.found() == {}
        left = [what for where in hunt.places for _, what in where()]
        assert not any(wrapped in each for each in left)
        indexes = [redis.keys(f"{prefix}:{kind}*") for kind in ("trace:", "person:", "incidents")]
        assert indexes == [[], [], []]
