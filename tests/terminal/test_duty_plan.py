"""`missing-bot duty import`: the force's roster from its file; wrong rows are named, and then nothing is saved."""

from pathlib import Path

from bot import plan_document
from bot.store.redis_stores import RedisStores
from tests.terminal.conftest import Terminal

HEAD = "role,person,from,to\n"
GOOD = HEAD + "fim,Fay Marsh,2026-07-01T07:00,2026-07-01T15:00\nfim,sid,2026-07-01T16:00,2026-07-01T23:00\n"


def test_a_roster_is_checked_then_saved(
    terminal: Terminal, redis_stores: RedisStores, tmp_path: Path
) -> None:
    file = tmp_path / "roster.csv"
    file.write_text(GOOD, encoding="utf-8")
    checked = terminal.run("", f"duty import {file} --check")
    assert checked.code == 0, checked
    assert "Turns: 2, of FIM." in checked.out
    assert "Nobody is planned as FIM from 01 Jul 15:00 to 01 Jul 16:00." in checked.out
    assert "Not saved" in checked.out
    assert plan_document.load(redis_stores.documents).turns == ()

    saved = terminal.run("", f"duty import {file}")
    assert (saved.code, saved.out.splitlines()[-1]) == (0, "Saved.")
    turns = plan_document.load(redis_stores.documents).turns
    assert [turn.person for turn in turns] == ["fay", "sid"]


def test_one_wrong_row_and_nothing_is_saved(
    terminal: Terminal, redis_stores: RedisStores, tmp_path: Path
) -> None:
    file = tmp_path / "roster.csv"
    file.write_text(GOOD + "fim,Nobody,2026-07-02T07:00,2026-07-02T15:00\n", encoding="utf-8")
    wrong = terminal.run("", f"duty import {file}")
    assert wrong.code == 2
    assert f"{file}:4: expected a person of this force, not Nobody" in wrong.err
    assert plan_document.load(redis_stores.documents).turns == ()
