"""Somebody who can write to the record server makes themselves FIM, in a quiet hour, and takes the newest step away.
Real processes."""

import json
from pathlib import Path

import msgspec
import pytest

from bot.directory_document import DOCUMENT, GroupAnswer, Snapshot
from bot.domain.people import Role
from tests.chaos.conftest import Force, kill
from tests.chaos.test_reach import begin, said_by
from tests.outside import Pager
from tests.waiting import until

pytestmark = pytest.mark.slow

FORGED = "The list of who holds which role in the record server was not written by missing-bot"
OLDER = "The record is older than it was at"
MALLORY = Snapshot(holders={Role.FIM: GroupAnswer(members=frozenset({"U0MAL"}))}, people={})


def test_they_hold_no_role_fim_and_technician_read_it_and_so_they_do_of_an_older_state(
    force: Force, beeper: Pager, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("MISSING_WAYS_OUT", json.dumps({"technician": {"pager": beeper.url}}))
    monkeypatch.setenv("MISSING_ANCHOR__FOLDER", str(tmp_path))
    monkeypatch.setenv("MISSING_ANCHOR__WAY", "pager")
    ref, bot = force.report(), begin(force)
    redis, prefix = force.bot.redis, force.bot.settings.prefix
    until("an anchor leaves", lambda: bool(list(tmp_path.glob("*.anchor.json.gz"))))
    until("its line does", lambda: bool(said_by(beeper, "it proves later how far the record had come")))

    redis.hset(f"{prefix}:documents", DOCUMENT, msgspec.json.encode(MALLORY))
    until("the technician reads it", lambda: bool(said_by(beeper, FORGED)))
    until("the FIM reads it", lambda: bool(force.said(FORGED)))
    assert "U0MAL" not in force.bot.directory.on_duty(Role.FIM)
    force.wait_for_page(ref)
    assert len(said_by(beeper, FORGED)) == len(force.said(FORGED)) == 1
    assert said_by(beeper, OLDER) == []

    kill(bot)
    while redis.llen(f"{prefix}:case:{ref}:entries"):
        redis.rpop(f"{prefix}:case:{ref}:entries")
    force.listen()
    until("the technician reads it", lambda: bool(said_by(beeper, OLDER)))
    until("the FIM reads it", lambda: bool(force.said(OLDER)))
    assert f"{ref} is gone" in said_by(beeper, OLDER)[0]
