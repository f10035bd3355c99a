"""`missing-bot verify` as people run it: what was found, where and since when; nothing of what a case says."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.anchor import Anchor, closed
from bot.store.redis_stores import RedisStores
from tests.terminal.conftest import Outcome, Terminal
from workers.anchors.folder import AnchorFolder


@pytest.fixture
def ref(terminal: Terminal) -> str:
    """Rowan Pike, 13; and one more of whom nobody changes anything."""
    ref = terminal.reported()
    terminal.done("ola", f"take {ref}")
    return ref


def verified(terminal: Terminal, *said: str) -> Outcome:
    return terminal.run("", " ".join(("verify", *said)))


def test_as_it_was_written_it_says_so(terminal: Terminal, ref: str) -> None:
    assert verified(terminal, ref.lower().replace("-000", "-")) == Outcome(
        0, "As the bot wrote it: 1 record.\n", ""
    )
    assert verified(terminal).out == "As the bot wrote it: 2 records.\n", "hand-overs are one"
    assert verified(terminal, "--json").document == {
        "ok": True,
        "records": 2,
        "found": [],
        "processing_log": [],
    }


def test_what_is_found_is_said_with_its_place_and_its_time_and_what_to_do(
    terminal: Terminal, ref: str, redis_stores: RedisStores, prefix: str
) -> None:
    redis: Any = redis_stores.cases._redis
    entries = f"{prefix}:case:{ref}:entries"
    length = redis.llen(entries)
    redis.rpop(entries)
    redis.srem(f"{prefix}:open", ref)
    ended = verified(terminal)
    assert ended.code == 1
    assert f"{ref}: entry {length} is gone from the end, some time after " in ended.out
    assert f"{ref}: it is open, and was missing from the list of open cases, some time after " in ended.out
    assert "Do not trust what the case says: ask who has it" in ended.out
    assert "Rowan" not in ended.out and "Ola" not in ended.out
    told = verified(terminal, ref, "--json")
    assert (told.code, told.document["ok"], told.document["records"]) == (1, False, 1)
    first = told.document["found"][0]
    assert (first["kind"], first["ref"], first["first"]) == ("cut", ref, length)
    assert first["since"].startswith("2") and first["says"] == f"entry {length} is gone from the end"


Asked = Callable[[Terminal], Outcome]


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("MC-26-0999", "There is no record of MC-26-0999."),
        ("LOG-1042", "Say the reference of a case, such as MC-26-0142, or ROSTER for hand-overs."),
    ],
)
def test_what_cannot_be_looked_at_is_said(terminal: Terminal, ref: str, said: str, answer: str) -> None:
    ended = verified(terminal, said)
    assert (ended.code, ended.out) == (2, "") and answer in ended.err


def test_a_server_that_is_away_is_said(terminal: Terminal) -> None:
    away = Terminal({**terminal.surroundings, "REDIS_URL": "redis://127.0.0.1:9/0"})
    ended = verified(away)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == (
        "Error: The record server does not answer (ConnectionError). Start the record server, or mend REDIS_URL: all "
        "goes on once it answers.\n"
    )


def test_hand_overs_are_asked_by_name(terminal: Terminal, ref: str) -> None:
    assert verified(terminal, "roster").code == 0


def test_the_processing_log_is_looked_at_with_it(
    terminal: Terminal, ref: str, redis_stores: RedisStores, prefix: str
) -> None:
    redis_stores.outbox._redis.lset(f"{prefix}:processing", 0, b"forged")
    told = verified(terminal)
    assert told.code == 1 and "Processing log, line 1" in told.out
    document = verified(terminal, "--json").document
    assert (document["ok"], document["found"], document["processing_log"][0]["first"]) == (False, [], 1)
    assert verified(terminal, ref).code == 0


def test_a_forged_role_is_said_with_what_counts_instead(
    terminal: Terminal, ref: str, redis_stores: RedisStores, prefix: str
) -> None:
    redis: Any = redis_stores.cases._redis
    redis.hset(f"{prefix}:documents", "who is who", b'{"holders":{"fim":{"members":["U0CAL"]}},"people":{}}')
    ended = verified(terminal)
    assert ended.code == 1
    assert (
        "The list of who holds which role: it was not written by the bot, is older than it was" in ended.out
    )
    assert "each role is held as Slack's user groups and the hand-overs say" in ended.out
    assert "U0CAL" not in ended.out


def test_beside_an_anchor_it_says_which_record_is_older_and_since_when(
    terminal: Terminal, ref: str, redis_stores: RedisStores, prefix: str, tmp_path: Path
) -> None:
    redis: Any = redis_stores.cases._redis
    file, at = tmp_path / "anchor", datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
    heads = redis_stores.heads
    signed, content = closed(Anchor(at=at, before="", standings=heads.standings()), heads.signature)
    file.write_bytes(content)
    same = verified(terminal, "--anchor", str(file))
    assert (same.code, same.err) == (0, "")
    assert (
        same.out
        == f"Nothing of the anchor of 14:00 on 2 Mar 2026 (1 record, hash {signed.total[:16]}…) is missing.\n"
    )
    redis.rpop(f"{prefix}:case:{ref}:entries")
    length = redis.llen(f"{prefix}:case:{ref}:entries")
    ended = verified(terminal, "--anchor", str(file))
    assert ended.code == 1
    assert f"{ref} has {length} entries, and had {length + 1} at 14:00 on 2 Mar 2026.\n" in ended.out
    assert "was a backup put back?" in ended.out
    told = verified(terminal, "--anchor", str(file), "--json").document
    assert told["found"] == [{"kind": "fewer", "what": ref, "then": length + 1, "now": length}]
    assert (told["ok"], told["total"], told["records"]) == (False, signed.total, 1)
    file.write_bytes(content[:-5])
    assert verified(terminal, "--anchor", str(file)) == Outcome(2, "", f"Error: {file} is no whole anchor.\n")


def test_an_anchor_that_was_taken_away_from_between_is_missed(
    terminal: Terminal, ref: str, redis_stores: RedisStores, prefix: str, tmp_path: Path
) -> None:
    heads, folder, before, files = redis_stores.heads, AnchorFolder(tmp_path, prefix), "", list[Path]()
    for hour in (13, 14, 15):
        at = datetime(2026, 3, 2, hour, 0, tzinfo=UTC)
        signed, content = closed(Anchor(at=at, before=before, standings=heads.standings()), heads.signature)
        before = signed.total
        files.append(folder.keep(at, content))
    for file in files:
        assert terminal.run_as_typed(["verify", "--anchor", str(file)], "").code == 0
    files[1].unlink()
    ended = terminal.run_as_typed(["verify", "--anchor", str(files[2])], "")
    assert ended.code == 1
    assert (
        f"The anchor before it ({files[0].name}) is not the one that it names: one was taken away"
        in ended.out
    )
