"""Given a machine with other users and other servers, when the embedded server runs, then nobody but its user reaches
it or its files, and a data folder is opened by the program that wrote it or left as it is."""

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store.connection import for_store
from bot.store.errors import ServerTrouble
from bot.store.padding import is_cut_short, newest_file
from bot.store.server import Server, running_in
from bot.store.server_program import Writer, bundled_program, find_program, identify, writer_of
from tests.conftest import REDIS_CONF

pytestmark = pytest.mark.redis
NOBODY = 65534
ROOT = Path(__file__).parents[2]
PROGRAMS = sorted({bundled_program(), find_program()})
several_kinds = pytest.mark.skipif(len(PROGRAMS) < 2, reason="no server on the PATH beside the bundled one")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "record"


@pytest.fixture(params=PROGRAMS, ids=lambda program: program.name)
def server(request: pytest.FixtureRequest, data: Path) -> Iterator[Server]:
    server = Server(request.param, REDIS_CONF, data)
    yield server
    server.stop()


def keep(server: Server, key: str, value: str) -> None:
    with for_store(server.url) as redis:
        redis.set(key, value)


def kept(server: Server, key: str) -> bytes | None:
    with for_store(server.url) as redis:
        value: bytes | None = redis.get(key)
    return value


# Other users of this machine.

_LOOK = f"""
import os, socket, sys
os.setgid({NOBODY}); os.setuid({NOBODY})
for path in sys.argv[1:]:
    try:
        if path.endswith(".sock"):
            with socket.socket(socket.AF_UNIX) as line:
                line.connect(path)
        else:
            os.listdir(path) if os.path.isdir(path) else open(path, "rb").read(1)
        print("reached", path)
    except PermissionError:
        pass
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user of this machine")
def test_another_user_can_neither_connect_nor_read(server: Server, data: Path) -> None:
    server.start()
    keep(server, "child", "Wren Hale")
    for above in data.parents[:3]:  # pytest's own folders are closed already: here ours has to be
        above.chmod(0o755)
    everything = [data, *data.rglob("*")]
    assert {"server.sock", "server.log", "address", newest_file(data).name} <= {
        path.name for path in everything
    }  # type: ignore[union-attr]
    said = subprocess.run(
        [sys.executable, "-c", _LOOK, *map(str, everything)], capture_output=True, text=True, check=True
    )
    assert said.stdout == ""


_FIND = f"""
import os, sys
from pathlib import Path
from bot.store.errors import ServerTrouble
from bot.store.server_program import find_program
data = Path(sys.argv[1])
find_program(data)  # as who may
os.setgid({NOBODY}); os.setuid({NOBODY})
try:
    find_program(data)
except ServerTrouble as no:
    print(no)
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user of this machine")
def test_another_user_who_would_start_a_server_there_reads_whose_it_is(server: Server, data: Path) -> None:
    server.start()
    said = subprocess.run(
        [sys.executable, "-c", _FIND, str(data)], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert said.stdout == (
        f"{data} is closed to this user of the machine. Run this as the user whose it is, or set MISSING_DATA_DIR.\n"
    )


def test_its_folder_is_0700_and_its_files_are_0600_also_those_of_an_earlier_version(
    server: Server, data: Path
) -> None:
    server.start()
    keep(server, "k", "v")
    server.stop()
    for path in (data, *data.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    server.start()
    for path in (data, *data.rglob("*")):
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() or path.is_socket() else 0o600), path
    assert kept(server, "k") == b"v"


def test_a_folder_too_deep_for_a_socket_is_served_and_found_all_the_same(tmp_path: Path) -> None:
    data = tmp_path / ("deep" * 20) / ("deeper" * 10)
    server = Server(bundled_program(), REDIS_CONF, data)
    server.start()
    try:
        assert running_in(data) == server.url
        keep(server, "k", "v")
        server.kill()
        server.start()
        assert kept(server, "k") == b"v"
    finally:
        place = Path(server.url.removeprefix("unix://").partition("?")[0]).parent
        server.stop()
    assert not place.exists()


# Other servers.


def test_who_wrote_a_folder_is_read_from_its_files(server: Server, data: Path) -> None:
    data.mkdir()
    assert writer_of(data) is None
    server.start()
    assert writer_of(data) == identify(server._program)


@several_kinds
@pytest.mark.parametrize("first", PROGRAMS, ids=lambda program: program.name)
def test_a_folder_is_opened_by_the_program_that_wrote_it_whatever_else_was_installed_since(
    first: Path, data: Path
) -> None:
    (other,) = (program for program in PROGRAMS if program != first)
    writer = Server(first, REDIS_CONF, data)
    writer.start()
    keep(writer, "k", "v")
    writer.stop()
    before = {path: path.read_bytes() for path in data.rglob("*.aof")}

    assert find_program(data) == first
    with pytest.raises(
        ServerTrouble, match=r"written by (Valkey|Redis).*Nothing was changed. Install that or"
    ):
        Server(other, REDIS_CONF, data).start()
    assert {path: path.read_bytes() for path in data.rglob("*.aof")} == before
    again = Server(find_program(data), REDIS_CONF, data)
    again.start()
    try:
        assert kept(again, "k") == b"v"
    finally:
        again.stop()


@several_kinds
@pytest.mark.parametrize("first", PROGRAMS, ids=lambda program: program.name)
def test_a_copy_that_was_put_back_is_opened_by_its_writer_alone(first: Path, tmp_path: Path) -> None:
    """Before its server was first started on it, and after."""
    (other,) = (program for program in PROGRAMS if program != first)
    writer, data = Server(first, REDIS_CONF, tmp_path / "before"), tmp_path / "after"
    writer.start()
    keep(writer, "k", "v")
    with for_store(writer.url) as redis:
        redis.save()
    writer.stop()
    data.mkdir()
    (tmp_path / "before" / "dump.rdb").rename(data / "appendonly.aof")
    for _ in range(2):
        assert find_program(data) == first
        with pytest.raises(ServerTrouble, match=r"written by (Valkey|Redis).*Nothing was changed"):
            Server(other, REDIS_CONF, data).start()
        again = Server(first, REDIS_CONF, data)
        again.start()
        try:
            assert kept(again, "k") == b"v"
        finally:
            again.stop()


def test_a_folder_of_a_program_that_is_gone_is_refused_in_one_line_that_says_how(data: Path) -> None:
    (data / "appendonlydir").mkdir(parents=True)
    (data / "appendonlydir" / "appendonly.aof.1.base.rdb").write_bytes(
        b"VALKEY099\xfa\nvalkey-ver\x0699.1.0\xfa"
    )
    with pytest.raises(ServerTrouble) as refused:
        find_program(data)
    said = str(refused.value)
    assert "written by Valkey 99.1" in said and "REDIS_URL" in said and "\n" not in said


def test_a_newer_one_of_the_kind_reads_an_older_one_and_no_other_does() -> None:
    assert Writer("redis", (7, 2)).reads(Writer("redis", (7, 0)))
    assert not Writer("redis", (7, 0)).reads(Writer("redis", (7, 2)))
    assert not Writer("valkey", (9, 1)).reads(Writer("redis", (7, 0)))


# Power cuts.


def padded(data: Path, *tail: bytes) -> Path:
    file = newest_file(data)
    assert file is not None
    with file.open("ab") as end:
        end.write(b"".join(tail))
    return file


@pytest.mark.parametrize(
    "cut_short",
    [
        b"",
        b"*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$4\r\nlo",
        b"*1\r\n$5\r\nMULTI\r\n*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$4\r\nlost\r\n",
    ],
    ids=["zeros", "half a command", "half a transaction"],
)
def test_a_file_padded_by_a_power_cut_is_mended_after_a_copy_was_kept(
    server: Server, data: Path, cut_short: bytes
) -> None:
    server.start()
    keep(server, "k", "kept")
    server.kill()
    whole = newest_file(data).read_bytes()  # type: ignore[union-attr]
    file = padded(data, cut_short, bytes(4096))
    damaged = file.read_bytes()

    server.start()
    assert kept(server, "k") == b"kept"
    assert file.read_bytes().startswith(whole) and b"\0" not in file.read_bytes()
    (copy,) = data.glob("before-mending-*/*.aof")
    assert copy.read_bytes() == damaged
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600


def test_damage_with_steps_after_it_is_refused_in_one_line_and_left_alone(server: Server, data: Path) -> None:
    server.start()
    keep(server, "k", "kept")
    server.kill()
    file = padded(data, bytes(64), b"*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$5\r\nlater\r\n", bytes(64))
    damaged = file.read_bytes()
    with pytest.raises(ServerTrouble) as refused:
        server.start()
    said = str(refused.value)
    assert "damaged after byte" in said and "--fix" in said and "\n" not in said
    assert file.read_bytes() == damaged


def test_damage_that_is_no_padding_says_how_too(server: Server, data: Path) -> None:
    server.start()
    keep(server, "k", "kept")
    server.kill()
    padded(data, b"garbage, no command\r\n")
    with pytest.raises(ServerTrouble, match=r"damaged after byte .* --fix"):
        server.start()


_STEP = b"*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$5\r\nvalue\r\n"


@pytest.mark.parametrize("length", range(len(_STEP) + 1))
def test_a_step_cut_anywhere_is_cut_short(length: int) -> None:
    assert is_cut_short(_STEP[:length])
    assert is_cut_short(_STEP + _STEP[:length])


@pytest.mark.parametrize(
    "other", [b"garbage", b"*3\r\n$3\r\nSETX", b"*1\r\n:3\r\n", b"\0" + _STEP, _STEP[:-2] + b"xx"]
)
def test_anything_else_is_not(other: bytes) -> None:
    assert not is_cut_short(other)
