"""`missing-bot run` without REDIS_URL: its own record server is looked after like any other of its processes."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.ports.errors import StoreUnavailable
from bot.store.connection import for_probing
from bot.store.errors import ServerTrouble
from bot.store.padding import newest_file
from bot.store.server import running_in
from cli.compose.shared import share
from config.settings import Settings
from sandbox.client import Workspace
from tests.chaos.conftest import Force, family, installation
from tests.waiting import in_time, until

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc"),
]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MISSING_DATA_DIR", str(tmp_path / "record"))
    return tmp_path / "record"


@pytest.fixture
def force(
    settings: Settings, workspace: Workspace, data: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Force]:
    """Runs on a server of its own."""
    monkeypatch.delenv("REDIS_URL")
    beginning = Force(share(settings), workspace)
    beginning.start("run")
    until("its own server is up", lambda: is_up(data))
    own = settings.model_copy(update={"redis_url": SecretStr(running_in(data))})
    with installation(own, workspace) as force:
        yield force
        beginning.end_all()


def is_up(data: Path) -> bool:
    try:
        running_in(data)
    except ServerTrouble:
        return False
    return True


def server_of(force: Force) -> int:
    """Its process id, once it answers."""
    with for_probing(force.bot.server) as redis:
        try:
            return int(redis.info("server")["process_id"])
        except StoreUnavailable:
            return 0


def kill_server(force: Force) -> int:
    """The killed one."""
    until("the server answers", lambda: server_of(force) != 0)
    killed = server_of(force)
    assert killed, "0 would be this process and all that it started"
    os.kill(killed, signal.SIGKILL)
    return killed


def wait_for_another(force: Force, killed: int) -> None:
    until("another server answers", lambda: server_of(force) not in (0, killed))


def test_killed_it_is_back_within_three_seconds_with_every_acknowledged_step(force: Force) -> None:
    first = force.report()
    force.wait_for_page(first)
    killed: list[int] = []
    for _ in range(5):
        in_time(
            3.0,
            lambda: wait_for_another(force, killed[-1]),
            first=lambda: killed.append(kill_server(force)),
        )
    kept = force.bot.stores.cases.load(first)
    assert kept is not None and force.bot.stores.cases.broken_at(first) is None
    second = force.report()
    force.wait_for_page(second)
    force.wait_until_told()
    assert [len(force.pages(ref)) for ref in (first, second)] == [1, 1]


def test_a_file_padded_by_the_power_cut_is_mended_and_a_copy_kept(force: Force, data: Path) -> None:
    ref = force.report()
    force.wait_for_page(ref)
    file = newest_file(data)
    assert file is not None
    killed = kill_server(force)
    with file.open("ab") as end:  # before it is started again: at the soonest after 0.2 s
        end.write(bytes(4096))
    wait_for_another(force, killed)
    assert force.bot.stores.cases.load(ref) is not None
    assert len(list(data.glob("before-mending-1/*.aof"))) == 1


def test_it_ends_with_the_others(force: Force) -> None:
    force.wait_for_page(force.report())
    (supervisor,) = (pid for pid in family(force.bot.settings.prefix) if _is_supervisor(pid))
    os.kill(supervisor, signal.SIGTERM)
    until("all are gone", lambda: family(force.bot.settings.prefix) == [])


def _is_supervisor(pid: int) -> bool:
    return Path(f"/proc/{pid}/cmdline").read_bytes().endswith(b"\0run\0")
