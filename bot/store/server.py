"""The embedded server: for the demo, the tests, and a force that starts on one machine."""

import math
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp
from urllib.parse import quote

import structlog

from bot.ports.errors import StoreUnavailable
from bot.store import bound_process
from bot.store.connection import for_probing
from bot.store.errors import ServerTrouble
from bot.store.padding import damage, mend_padding
from bot.store.server_program import (
    belongs_to_another,
    check_may_open,
    close_to_others,
    find_program,
    open_private,
    write_private,
)

_PATIENCE = 10.0  # seconds to start or to stop
_LEAST = 1 << 20  # bytes that have to be free: else it ends with its first write, again and again
_FULL = (
    "The disk of {} is full. Nothing is saved until somebody makes room on it: the paper log, and ring FIM."
)
_IN_USE = (
    "Another server is using {}: a `missing-bot run` is up there already. Stop that one, or give this one a folder of "
    "its own with MISSING_DATA_DIR."
)
_YOUNG = 5.0  # seconds: a server that ended sooner after its start could not read its files
_ADDRESS = "address"  # of the server that runs on a directory, for whoever else works on it
_LONGEST_PATH = 100  # bytes of a socket's path, with a little to spare (107 on Linux, 103 on macOS)

log = structlog.get_logger()


@contextmanager
def serving(url: str | None, conf: Path, data: Path) -> Iterator[str]:
    """The URL to work with: the one given, or that of a server of our own for as long as the block lasts."""
    if url:
        yield url
        return
    with embedded(conf, data) as server:
        yield server.url


@contextmanager
def embedded(conf: Path, data: Path) -> Iterator["Server"]:
    """A server of our own for as long as the block lasts. Raises ServerTrouble."""
    server = Server(find_program(data), conf, data)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def running_in(data: Path) -> str:
    """The URL of the server that somebody runs on that directory. Raises ServerTrouble where nobody does.

    The address may have passed to another server since: it is asked where its data lies.
    """
    address = data / _ADDRESS
    try:
        url = address.read_text(encoding="utf-8") if address.is_file() else ""
    except PermissionError:
        raise belongs_to_another(data) from None
    if not url or not _lies_in(url, data):
        raise ServerTrouble(
            f"No record to work on: REDIS_URL is not set, and no server runs on {data}. Start `missing-bot run` here, "
            "or set REDIS_URL to the server that it uses. Until then: the paper log, and ring FIM."
        )
    return url


def _lies_in(url: str, data: Path) -> bool:
    with for_probing(url) as redis:
        try:
            said: dict[str, str] = redis.config_get("dir")
        except StoreUnavailable:
            return False
    return Path(said.get("dir", "")) == data.resolve()


class Server:
    """One server process with its data in `data`, which this user of the machine alone can reach.

    It listens on no port: on a socket in a folder that is closed to everybody else. It ends with the thread that
    started it (on Linux), so start it from one that lives as long as it is needed.
    """

    def __init__(self, program: Path, conf: Path, data: Path) -> None:
        self._program = program
        self._conf = conf
        self._data = data
        self._process: subprocess.Popen[bytes] | None = None
        self._socket = data.resolve() / "server.sock"
        self._started_at = -math.inf

    @property
    def url(self) -> str:
        return f"unix://{quote(str(self._socket))}?db=0"

    @property
    def pid(self) -> int:
        return self.process.pid

    @property
    def process(self) -> "subprocess.Popen[bytes]":
        if self._process is None:
            raise ServerTrouble("The server was not started.")
        return self._process

    def start(self) -> None:
        """Returns once it answers. Raises ServerTrouble where it does not, or where its data is in use."""
        process = self.spawn()
        try:
            self._wait_until_it_answers(process)
            write_private(self._data / _ADDRESS, self.url)
        except BaseException:
            self.kill()
            raise

    def spawn(self) -> "subprocess.Popen[bytes]":
        """Returns at once. Raises ServerTrouble where it cannot come up."""
        try:
            self._process = self._spawned()
        except OSError as why:
            raise ServerTrouble(f"{self._data} cannot be used: {why.strerror or why}.") from why
        return self._process

    def _spawned(self) -> "subprocess.Popen[bytes]":
        close_to_others(self._data)
        if shutil.disk_usage(self._data).free < _LEAST:
            raise ServerTrouble(_FULL.format(self._data))
        check_may_open(self._program, self._data)
        if bound_process.is_free(self._data / "lock") and (kept := mend_padding(self._program, self._data)):
            log.error("the record's file was padded by a power cut and is mended", copy=str(kept))
        if time.monotonic() - self._started_at < _YOUNG and (wrong := damage(self._program, self._data)):
            raise ServerTrouble(wrong)
        self._make_room_for_the_socket()
        self._started_at = time.monotonic()
        with open_private(self._log) as said:
            return subprocess.Popen(  # nosec B603 # the server found on the PATH, with settings of ours
                self._command(),
                stdout=said,
                stderr=said,
                stdin=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C in a terminal is for us: the server outlives who works on it
            )

    def _make_room_for_the_socket(self) -> None:
        """Beside the data; where that path is too long for a socket, in a folder of its own."""
        if len(os.fsencode(self._socket)) > _LONGEST_PATH:
            self._socket = Path(mkdtemp(prefix="missing-")) / "server.sock"

    def _command(self) -> list[str]:
        server = [str(self._program), str(self._conf.resolve()), "--dir", str(self._data.resolve())]
        reached = ["--port", "0", "--unixsocket", str(self._socket), "--unixsocketperm", "700"]
        return bound_process.tied([*server, *reached], self._data / "lock")

    def _wait_until_it_answers(self, process: "subprocess.Popen[bytes]") -> None:
        deadline = time.monotonic() + _PATIENCE
        while not self._answers(process):
            if process.poll() is not None:
                raise ServerTrouble(self._why_it_ended(process.returncode))
            if time.monotonic() > deadline:
                raise ServerTrouble(f"The server did not answer within {_PATIENCE:.0f} s; see {self._log}.")
            time.sleep(0.01)

    def _answers(self, process: "subprocess.Popen[bytes]") -> bool:
        """Itself, and not another one that has the folder."""
        with for_probing(self.url) as redis:
            try:
                said: dict[str, int] = redis.info("server")
            except StoreUnavailable:
                return False
        return said["process_id"] == process.pid

    def _why_it_ended(self, code: int) -> str:
        if code == bound_process.LOCKED:
            return _IN_USE.format(self._data)
        return damage(self._program, self._data) or f"The server ended with {code}; see {self._log}."

    @property
    def _log(self) -> Path:
        return self._data / "server.log"

    def stop(self) -> None:
        """Asks it to end, and makes it where it does not."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill()
        if self._socket.parent != self._data.resolve():
            shutil.rmtree(self._socket.parent, ignore_errors=True)
            self._socket = self._data.resolve() / "server.sock"

    def kill(self) -> None:
        """As a power cut would, with what it forked: nothing is flushed."""
        if self._process is not None and self._process.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
