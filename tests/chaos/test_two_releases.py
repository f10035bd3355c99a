"""Given an upgrade that goes one process at a time, when bot and timer are of two releases, then nothing is lost,
doubled or unreadable; and a release that cannot go beside this one is refused before it writes anything.

A release is a commit of this repository; without its history there is nothing to be tried.
"""

import io
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from bot.domain.events import Acknowledged, Paged
from bot.views import ids
from bot.views.lists.outlines import outline
from tests.chaos.conftest import Force
from tests.waiting import until

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
LAST = "a10943fd"  # set it to the newest release's commit once there are releases
BEFORE_SEALS = "fa63f787"
OURS = None


def tree_of(commit: str, folder: Path) -> Path:
    """Its files. Skips where they are not in the history of this clone."""
    packed = subprocess.run(["git", "archive", commit], cwd=ROOT, capture_output=True, check=False)
    if packed.returncode:
        pytest.skip(f"commit {commit} is not in this clone: it is shallow, or no clone at all")
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as files:
        files.extractall(folder / commit, filter="data")
    return folder / commit


@pytest.fixture
def last(tmp_path: Path) -> Path:
    return tree_of(LAST, tmp_path)


@pytest.mark.parametrize("is_bot_old", [True, False], ids=["old-bot", "old-timer"])
def test_bot_and_timer_of_two_releases_lose_double_and_misread_nothing(
    force: Force, last: Path, is_bot_old: bool
) -> None:
    force.tree = OURS if is_bot_old else last
    force.start_unseen("worker", "recheck")
    force.start_unseen("worker", "deliver")
    force.start("timer")
    force.tree = last if is_bot_old else OURS
    force.listen()
    refs = [force.report() for _ in range(3)]
    for ref in refs:
        force.wait_for_page(ref)
        (page,) = force.pages(ref)
        force.workspace.person("fay").click(ids.ACKNOWLEDGE, page)
        until(f"{ref} is acknowledged", lambda ref=ref: count(force, ref, Acknowledged) == 1)
    force.wait_until_told()
    assert [len(force.pages(ref)) for ref in refs] == [1, 1, 1]
    assert [count(force, ref, Paged) for ref in refs] == [1, 1, 1]
    assert [count(force, ref, Acknowledged) for ref in refs] == [1, 1, 1]
    for tree in (OURS, last):
        assert verify(tree).startswith("As the bot wrote it:"), tree


def test_what_an_older_timer_writes_is_on_our_next_list(force: Force, last: Path) -> None:
    ref, book = force.report(), force.bot.book
    assert [each.version for each in book.look().outlines] == [1]
    force.tree = last
    force.start("timer")
    until(f"{ref} is paged by the older release", lambda: count(force, ref, Paged) == 1)
    seen = book.look()
    assert [(each.ref, each.version) for each in seen.outlines] == [
        (ref, len(force.bot.stores.cases.entries(ref)))
    ]
    assert list(seen.outlines) == [outline(case, force.bot.policy) for case in seen.read([ref])[0]]


def test_a_release_from_before_seals_does_not_start_on_this_record(force: Force, tmp_path: Path) -> None:
    old = tree_of(BEFORE_SEALS, tmp_path)
    ref = force.report()
    lay = force.bot.stores.cases.stored(ref)
    for process in (["timer"], ["bot"], ["worker", "deliver"], ["case", "list", "--as", "fay"]):
        ended = run(old, *process)
        said = ended.stdout + ended.stderr
        assert ended.returncode != 0, process
        assert "MISSING_RECORD_KEY" in said and "Traceback" not in said, said
    assert force.bot.stores.cases.stored(ref) == lay


def count(force: Force, ref: str, kind: type[Acknowledged | Paged]) -> int:
    return sum(isinstance(entry.event, kind) for entry in force.bot.stores.cases.entries(ref))


def verify(tree: Path | None) -> str:
    return run(tree, "verify").stdout


def run(tree: Path | None, *command: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "cli", *command],
        cwd=tree,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
