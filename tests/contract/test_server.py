"""The embedded server: what it acknowledged is there after a power cut, and it never outlives its parent."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from redis import Redis

from bot.domain.events import Noted
from bot.store.connection import for_queue, for_store
from bot.store.errors import ServerTrouble
from bot.store.redis_stores import RedisStores
from bot.store.server import Server, serving
from bot.store.server_program import bundled_program, find_program
from tests.conftest import REDIS_CONF, SECRETS
from tests.contract.steps import minutes, note, report
from tests.waiting import until

pytestmark = pytest.mark.redis

WRITERS = 4


@pytest.fixture(params=sorted({bundled_program(), find_program()}), ids=lambda program: program.name)
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    server = Server(request.param, REDIS_CONF, tmp_path)
    server.start()
    yield server
    server.stop()


def test_a_power_cut_loses_nothing_that_was_acknowledged(server: Server) -> None:
    written: dict[str, list[str]] = {f"MC-26-000{number}": [] for number in range(1, WRITERS + 1)}
    enough = Event()

    def write(ref: str) -> None:
        with for_store(server.url) as redis:
            cases = RedisStores(redis, SECRETS).cases
            cases.append(opened := report(ref, wake=5))
            case = opened.case
            while not enough.is_set():
                said = note(case, f"note {case.version}", wake=case.version)
                cases.append(said)
                case = said.case
                written[ref].append(f"note {case.version - 1}")

    def all_wrote(more: int) -> bool:
        return all(len(texts) >= more for texts in written.values())

    with ThreadPoolExecutor(WRITERS) as pool:
        writing = [pool.submit(write, ref) for ref in written]
        try:
            until("all writers are in the middle of it", lambda: all_wrote(20))
            server.kill()
            server.start()
            before = max(map(len, written.values()))
            until("all writers have gone on", lambda: all_wrote(before + 20))
        finally:
            enough.set()
        for done in writing:
            done.result()

    with for_store(server.url) as redis:
        stores = RedisStores(redis, SECRETS)
        for ref, texts in written.items():
            kept = [entry.event.text for entry in stores.cases.entries(ref) if isinstance(entry.event, Noted)]
            assert kept == texts
            case = stores.cases.load(ref)
            assert case is not None and case.version == len(texts) + 1
            assert stores.cases.broken_at(ref) is None
        assert stores.due.overdue(minutes(10_000)) == WRITERS


def test_a_worker_that_waits_on_its_queue_outlasts_a_power_cut(server: Server) -> None:
    with ThreadPoolExecutor(1) as pool, for_queue(server.url) as waiting, for_store(server.url) as redis:
        popped = pool.submit(waiting.blpop, ["queue"], 30)
        until("the worker waits", lambda: _blocked(redis) == 1)
        server.kill()
        server.start()
        until("the worker waits again", lambda: _blocked(redis) == 1)
        redis.rpush("queue", "job")
        assert popped.result(timeout=60) == (b"queue", b"job")


def _blocked(redis: Redis) -> int:
    blocked: int = redis.info("clients")["blocked_clients"]
    return blocked


def test_it_listens_on_no_port_and_flushes_every_write(server: Server) -> None:
    with for_store(server.url) as redis:
        for setting, wanted in {
            "port": "0",
            "appendonly": "yes",
            "appendfsync": "always",
            "maxmemory-policy": "noeviction",
        }.items():
            assert redis.config_get(setting) == {setting: wanted}


@pytest.mark.usefixtures("server")
def test_a_directory_in_use_is_refused_to_a_second_server(tmp_path: Path) -> None:
    with pytest.raises(ServerTrouble) as no:
        Server(find_program(tmp_path), REDIS_CONF, tmp_path).start()
    assert str(no.value) == (
        f"Another server is using {tmp_path}: a `missing-bot run` is up there already. Stop that one, or give this one "
        "a folder of its own with MISSING_DATA_DIR."
    )


def test_a_server_that_cannot_start_says_where_to_look(tmp_path: Path) -> None:
    conf = tmp_path / "redis.conf"
    conf.write_text("no-such-setting yes\n")
    with pytest.raises(ServerTrouble, match=r"server\.log"):
        Server(bundled_program(), conf, tmp_path).start()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """With room for 512 kB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=512k", "none", disk], capture_output=True)
    if mounted.returncode:
        pytest.skip("only root can mount a disk")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "-l", disk], check=True)


def test_a_disk_without_room_is_said_and_no_server_is_started_on_it_again_and_again(small_disk: Path) -> None:
    with pytest.raises(ServerTrouble, match="is full"):
        Server(find_program(), REDIS_CONF, small_disk / "record").start()


def test_a_given_server_is_preferred_and_left_running(server: Server, tmp_path: Path) -> None:
    with serving(server.url, REDIS_CONF, tmp_path / "unused") as url:
        assert url == server.url
    assert not (tmp_path / "unused").exists()
    os.kill(server.pid, 0)


_PARENT = """
import sys, time
from pathlib import Path
from bot.store.server import Server
from bot.store.server_program import bundled_program
server = Server(bundled_program(), Path(sys.argv[1]), Path(sys.argv[2]))
server.start()
print(server.pid, flush=True)
time.sleep(60)
"""


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="the kernel's parent-death signal is Linux's"
)
def test_it_ends_with_its_parent_even_when_that_is_killed(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _PARENT, str(REDIS_CONF), str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path.cwd()) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.send_signal(signal.SIGKILL)
        parent.wait()
        until("the server has ended", lambda: not _runs(child))


def _runs(pid: int) -> bool:
    """Neither gone nor a zombie that nobody has buried."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
