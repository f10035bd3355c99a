"""What cannot be read, at the terminal: looked at, put back, struck off."""

from pathlib import Path

import pytest

from bot.ports.destination import Destination
from bot.ports.rosters import ROSTER
from bot.store.redis_stores import RedisStores
from cli.compose.shared import share
from config.settings import read_without_slack
from tests.damage import DamagedRow
from tests.terminal.conftest import Terminal

CASES = Destination("cases")


@pytest.fixture
def record(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> RedisStores:
    """With the keys of the terminal's own settings."""
    for name, value in terminal.surroundings.items():
        monkeypatch.setenv(name, value)
    return share(read_without_slack()).stores


def row(stores: RedisStores) -> str:
    return stores.outbox.pending(CASES, 1)[0].id


def damaged(terminal: Terminal, *said: str) -> tuple[int, str]:
    """The exit code, and what was said."""
    outcome = terminal.run("", " ".join(("damaged", *said)))
    return outcome.code, (outcome.out + outcome.err).strip()


def test_where_all_can_be_read_it_says_so(terminal: Terminal) -> None:
    terminal.reported()
    assert damaged(terminal) == (0, "Everything that was read back could be read.")


def test_a_row_is_listed_without_what_it_holds_shown_put_back_and_struck_off(
    terminal: Terminal, record: RedisStores, tmp_path: Path
) -> None:
    ref = terminal.reported()
    id, whole = row(record), tmp_path / "row"
    whole.write_bytes(record.outbox._redis.hget(f"{record.outbox._keys.lane(CASES)}:rows", id))
    for mends in (("restore", f"row:{id}", "--from", str(whole)), ("dismiss", f"row:{id}")):
        DamagedRow(record, CASES, id).strike()
        assert id not in [each.id for each in record.outbox.pending(CASES, 9)]
        code, said = damaged(terminal)
        assert code == 1 and said.startswith(f"row:{id}, lane cases, ") and "\\xff" not in said
        assert "\\xff\\xff" in damaged(terminal, "show", f"row:{id}")[1]
        assert damaged(terminal, "restore", f"row:{id}")[0] == 1, "as it is it still cannot be read"
        assert damaged(terminal, *mends)[0] == 0
        assert damaged(terminal)[0] == 0
    assert ref in id


def test_an_entry_of_a_case_is_listed_and_put_back_from_a_backup(
    terminal: Terminal, record: RedisStores, tmp_path: Path
) -> None:
    ref = terminal.reported()
    (entry, *_) = record.cases.stored(ref)
    backup = tmp_path / "entry"
    backup.write_bytes(entry)
    record.outbox._redis.lset(record.outbox._keys.entries(ref), 0, b"\xff")
    assert damaged(terminal)[1].startswith(f"entry:{ref}:1, 1 bytes.")
    assert damaged(terminal, "dismiss", f"entry:{ref}:1")[0] == 1
    assert damaged(terminal, "restore", f"entry:{ref}:1", "--from", str(backup)) == (
        0,
        f"Put back: entry:{ref}:1.",
    )
    assert record.cases.broken_at(ref) is None


def test_hand_overs_go_on_with_what_can_be_read(terminal: Terminal, record: RedisStores) -> None:
    terminal.reported()
    record.rosters._records._redis.rpush(record.rosters._records._keys.entries(ROSTER), b"\xff")
    assert "missing-bot damaged dismiss hand-overs" in damaged(terminal)[1]
    code, said = damaged(terminal, "dismiss", "hand-overs")
    assert code == 0 and "/missing duty" in said
    assert record.rosters.load().version == 1
    assert damaged(terminal)[0] == 0


@pytest.mark.parametrize("asked", ["show", "restore", "dismiss"])
def test_what_is_not_there_is_said(terminal: Terminal, asked: str) -> None:
    assert damaged(terminal, asked, "row:nothing")[0] == 1


def test_what_somebody_else_has_put_there_is_named_and_not_put_back(
    terminal: Terminal, record: RedisStores
) -> None:
    terminal.reported()
    record.documents._redis.hset(record.documents._key, "everybody", b'{"read_at":1,"people":{}}')
    assert record.documents.get("everybody") is None
    code, said = damaged(terminal)
    assert code == 1 and "not written by missing-bot, and not believed" in said
    code, said = damaged(terminal, "restore", "document:everybody")
    assert code == 1 and "--from" in said
    assert damaged(terminal, "dismiss", "document:everybody")[0] == 0
