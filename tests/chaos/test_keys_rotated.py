"""The master key is changed twice while people report and press, and pages wait for Slack: all of it is there, once."""

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from bot.domain.events import Acknowledged
from bot.store.master_keys import MasterKeys
from bot.store.redis_stores import RedisStores
from bot.views import ids
from tests.chaos.conftest import Force
from tests.waiting import until

pytestmark = pytest.mark.slow

KEYS = ("ab" * 32, "cd" * 32, "ef" * 32)  # the first is the one that the record was begun with
REPORTED_MEANWHILE = 2


class KeyFiles:
    def __init__(self, folder: Path, environment: pytest.MonkeyPatch) -> None:
        self._now, self._old = folder / "key", folder / "old"
        self.give(KEYS[0], KEYS[0])
        environment.delenv("MISSING_RECORD_KEY")
        environment.setenv("MISSING_RECORD_KEY_FILE", str(self._now))
        environment.setenv("MISSING_OLD_RECORD_KEYS_FILE", str(self._old))

    def give(self, now: str, old: str) -> None:
        self._old.write_text(f"{old}\n")
        self._now.write_text(f"{now}\n")


def test_pages_that_wait_arrive_once_while_the_key_is_changed_twice(
    force: Force, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Given every process running and Slack that takes no page, when the key is changed twice under load, then each
    page arrives once it does, each step that was answered is there, and all is read with the newest key alone."""
    files = KeyFiles(tmp_path, monkeypatch)
    force.bot.stores.key_check.check()
    force.start_unseen("worker", "recheck")
    force.start_unseen("worker", "deliver")
    force.start("timer")
    force.listen()
    pressed = [paged(force), paged(force)]
    waits = force.workspace.fault("rate_limited", "chat.postMessage", channel="C0FIM", seconds=1)
    refs = [*pressed, force.report()]
    for (old, new), ref in zip(pairwise(KEYS), pressed, strict=True):
        files.give(new, old)
        refs += under_load(force, ref)
    assert all(len(force.pages(ref)) == 0 for ref in refs if ref not in pressed), "pages waited"
    force.workspace.clear_faults(waits)
    for ref in refs:
        force.wait_for_page(ref, 60)
    force.wait_until_told(90)
    assert {ref: len(force.pages(ref)) for ref in refs} == dict.fromkeys(refs, 1)
    newest = RedisStores(
        force.bot.redis, MasterKeys(bytes.fromhex(KEYS[-1])), prefix=force.bot.settings.prefix
    )
    newest.key_check.check()
    assert [case.ref for case in newest.cases.readable(refs)[0]] == refs
    assert all(newest.cases.broken_at(ref) is None for ref in refs)
    assert all(acknowledged(newest, ref) == 1 for ref in pressed)


def paged(force: Force) -> str:
    ref = force.report()
    force.wait_for_page(ref, 60)
    return ref


def under_load(force: Force, pressed: str) -> list[str]:
    """The key is changed, as an operator does it; meanwhile one page is acknowledged, and children are reported."""
    rotating = subprocess.Popen(
        [sys.executable, "-m", "cli", "keys", "rotate"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    (page,) = force.pages(pressed)
    force.workspace.person("fay").click(ids.ACKNOWLEDGE, page)
    refs = [force.report() for _ in range(REPORTED_MEANWHILE)]
    said, _ = rotating.communicate(timeout=60)
    assert rotating.returncode == 0, said
    until(f"the press on {pressed} is in the record", lambda: acknowledged(force.bot.stores, pressed) == 1)
    return [*refs, force.report()]


def acknowledged(stores: RedisStores, ref: str) -> int:
    return sum(isinstance(entry.event, Acknowledged) for entry in stores.cases.entries(ref))
