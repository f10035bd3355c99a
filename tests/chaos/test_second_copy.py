"""An old server still runs on the same tokens, with a record of its own: only Slack's count tells. And several bots of
one installation, killed, restarted and reconnected, are nobody's strangers."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store.server import serving
from tests.chaos.conftest import Force, kill
from tests.chaos.health import Health
from tests.conftest import REDIS_CONF
from tests.outside import Pager
from tests.waiting import until

pytestmark = pytest.mark.slow

LINE = "Another copy of this bot is connected to Slack with the same tokens"


@pytest.fixture(autouse=True)
def ways(beeper: Pager, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MISSING_WAYS_OUT", json.dumps({"technician": {"SMS": beeper.url}}))


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[str]:
    """Another machine's record server."""
    with serving(None, REDIS_CONF, tmp_path / "elsewhere") as url:
        yield url


def listen(force: Force, connections: int, monkeypatch: pytest.MonkeyPatch) -> "subprocess.Popen[bytes]":
    """A bot of ours; returns once it has judged how many are connected."""
    health = Health(monkeypatch)
    bot = force.listen()
    until("it has judged Slack's count", lambda: health.facts["connections_to_slack"] == connections)
    return bot


def reads_at_home(force: Force, words: str = LINE) -> bool:
    """Either bot may draw it."""
    fay = force.workspace.person("fay")
    fay.open_home()
    return fay.home is not None and fay.home.says(words)


def test_an_old_server_is_told_and_taken_back_once_it_is_stopped(
    force: Force, elsewhere: str, beeper: Pager, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MISSING_PATIENCE__COUNT", "5")
    force.start("timer")
    with monkeypatch.context() as there:
        there.setenv("REDIS_URL", elsewhere)
        old = force.listen()
    health = Health(monkeypatch)
    force.listen()
    until("the technician is told", lambda: LINE in "".join(beeper.words))
    until("the FIM's home page says so", lambda: reads_at_home(force))
    until("/healthz says so", lambda: LINE in json.dumps(health.facts))

    kill(old)
    until("Slack counts one", lambda: force.workspace.app().sockets == 1)
    until("it is taken back", lambda: LINE not in json.dumps(health.facts))
    until("the home page says so", lambda: not reads_at_home(force))


def test_an_old_server_that_is_started_again_while_we_run_is_told(
    force: Force, elsewhere: str, beeper: Pager, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MISSING_PATIENCE__COUNT", "5")
    force.start("timer")
    listen(force, 1, monkeypatch)
    with monkeypatch.context() as there:
        there.setenv("REDIS_URL", elsewhere)
        there.delenv("MISSING_HEALTH__PORT")
        there.setenv("MISSING_WAYS_OUT", "{}")
        force.listen()
    until("the technician is told", lambda: LINE in "".join(beeper.words))


def test_bots_of_one_installation_are_no_strangers_killed_restarted_or_reconnected(
    force: Force, beeper: Pager, monkeypatch: pytest.MonkeyPatch
) -> None:
    force.start("timer")
    first = listen(force, 1, monkeypatch)
    listen(force, 2, monkeypatch)
    kill(first)
    listen(force, 2, monkeypatch)
    for how in ("refresh_requested", "drop"):
        before = force.workspace.sockets_opened
        force.workspace.disturb_sockets(how)
        until("both are back", lambda: force.workspace.sockets_opened >= before + 2)  # noqa: B023
    listen(force, 3, monkeypatch)
    assert LINE not in "".join(beeper.words)
    until("her home page is drawn", lambda: reads_at_home(force, "FIM board"))
    assert not reads_at_home(force)


@pytest.mark.parametrize("command", ["run", "bot"])
def test_a_newcomer_on_the_same_record_server_does_not_start(force: Force, command: str) -> None:
    force.listen()
    said = subprocess.run(
        [sys.executable, "-m", "cli", command],
        env={**os.environ, "MISSING_PREFIX": f"{force.bot.settings.prefix}-new"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert said.returncode == 2, said
    (line,) = said.stderr.splitlines()
    assert line.startswith(
        f"Another installation (MISSING_PREFIX={force.bot.settings.prefix}) runs on this record"
    )
    assert "Stop it, or give this one a Slack app of its own" in line
