"""Given a disk that died, when the newest copy is put back as docs/operations.md says, then the record is as the bot
wrote it, what the copy did not have is named, and open cases page on. The lines of that page are run as they stand."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest

from bot.domain.events import Delivered
from bot.store.server import Server
from bot.store.server_program import bundled_program, find_program
from config.settings import Settings, read_settings
from sandbox.client import Workspace
from tests.chaos.conftest import Force, installation
from tests.conftest import REDIS_CONF
from tests.waiting import until

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("redis-cli") is None, reason="no redis-cli on the PATH"),
]

ROOT = Path(__file__).parents[2]
PROGRAMS = sorted({bundled_program(), find_program()})
_LEAVE_NOTHING = "trap 'jobs -p | xargs -r kill' EXIT"
_OF_SYSTEMD = ("systemctl", "chown", "cd /opt", "MISSING_RECORD_KEY_FILE")


@pytest.fixture(params=PROGRAMS, ids=lambda program: program.name)
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    server = Server(request.param, REDIS_CONF, tmp_path / "redis")
    server.start()
    yield server
    server.kill()


@pytest.fixture
def redis_url(server: Server) -> str:
    return server.url


@pytest.fixture(autouse=True)
def policy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages climb soon enough to be waited for."""
    file = tmp_path / "policy.toml"
    file.write_text('[steps]\nhigh = "20s"\n', encoding="utf-8")
    monkeypatch.setenv("MISSING_POLICY_FILE", str(file))


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("backup", "anchors"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv("MISSING_ANCHOR__FOLDER", str(tmp_path / "anchors"))
    monkeypatch.setenv("MISSING_DATA_DIR", str(tmp_path / "redis"))


class Guide:
    """Of docs/operations.md, with this machine's folders in place of those of a systemd unit."""

    def __init__(self, folder: Path) -> None:
        self._page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
        self._here = {
            "/var/lib/missing-bot": str(folder),
            "/srv/backup": str(folder / "backup"),
            ".venv/bin/missing-bot": f"{sys.executable} -m cli",
            ".venv/bin/python": sys.executable,
        }

    def follow(self, heading: str, **given: str) -> str:
        ended = subprocess.run(
            ["bash", "-euc", self._lines(heading)],
            cwd=ROOT,
            env={**os.environ, **given},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert ended.returncode == 0, ended.stdout + ended.stderr
        return ended.stdout

    def _lines(self, heading: str) -> str:
        section = self._page.partition(f"### {heading}\n")[2].partition("\n#")[0]
        lines = re.findall(r"^    (.+)$", section, re.MULTILINE)
        assert lines, heading
        script = "\n".join(line for line in lines if not line.startswith(_OF_SYSTEMD))
        there = re.compile("|".join(map(re.escape, self._here)))
        return f"{_LEAVE_NOTHING}\n" + there.sub(lambda found: self._here[found[0]], script)


def test_a_copy_taken_under_load_is_put_back_and_open_cases_page_on(
    settings: Settings, server: Server, workspace: Workspace, tmp_path: Path
) -> None:
    guide = Guide(tmp_path)
    with installation(settings, workspace) as force:
        _start(force)
        with _reporting(force) as reported:
            until("some are reported", lambda: len(reported) >= 4)
            before = list(reported)
            guide.follow("Take a backup")
            after = len(reported)
            until("others are reported after it", lambda: len(reported) >= after + 3)
        force.listen()
        until("an anchor left", lambda: bool(_anchors(tmp_path)))
    server.kill()
    (copy,) = (tmp_path / "backup").iterdir()
    (anchor,) = _anchors(tmp_path)

    said = guide.follow("Put it back", copy=str(copy), anchor=str(anchor))

    assert "As the bot wrote it: " in said
    gone = re.findall(r"^(MC-\d\d-\d{4}) is gone, which had", said, re.MULTILINE)
    assert set(gone) >= set(reported[after:]) and not set(gone) & set(before)
    server.start()
    with installation(read_settings(), workspace) as force:
        cases = force.bot.stores.cases
        delivered = {ref: _delivered(force, ref) for ref in before}
        assert cases.new_ref(force.bot.clock.now().year) not in reported, "its card stands in Slack"
        _start(force)
        force.listen()
        until(
            "each open case pages on",
            lambda: all(_delivered(force, ref) > delivered[ref] for ref in before),
            90,
        )
        until(
            "the FIM reads that steps are lost", lambda: bool(force.said("The record is older than it was"))
        )
        assert all(cases.broken_at(ref) is None for ref in before)


def test_a_copy_that_was_cut_off_is_said_and_nobody_waits_for_it(
    settings: Settings, server: Server, workspace: Workspace, tmp_path: Path
) -> None:
    guide = Guide(tmp_path)
    with installation(settings, workspace) as force:
        force.report()
        guide.follow("Take a backup")
    server.kill()
    (copy,) = (tmp_path / "backup").iterdir()
    copy.write_bytes(copy.read_bytes()[: copy.stat().st_size // 2])

    with pytest.raises(AssertionError, match="No such process"):
        guide.follow("Put it back", copy=str(copy), anchor=str(copy))

    assert "Checking RDB file appendonly.aof" in (tmp_path / "redis" / "server.log").read_text()


def _start(force: Force) -> None:
    force.start_unseen("worker", "recheck")
    force.start_unseen("worker", "deliver")
    force.start("timer")


@contextmanager
def _reporting(force: Force) -> Iterator[list[str]]:
    """Children are reported one after another for as long as the block lasts."""
    reported: list[str] = []
    enough = Event()

    def report() -> None:
        while not enough.wait(0.2):
            reported.append(force.report())

    load = Thread(target=report)
    load.start()
    try:
        yield reported
    finally:
        enough.set()
        load.join()


def _delivered(force: Force, ref: str) -> int:
    return sum(isinstance(entry.event, Delivered) for entry in force.bot.stores.cases.entries(ref))


def _anchors(folder: Path) -> list[Path]:
    return list((folder / "anchors").glob("*.anchor.json.gz"))
