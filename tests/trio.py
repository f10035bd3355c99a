"""Three record servers, one of which takes writes, and three Sentinels that agree on which; all on this machine."""

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError

import config
from bot.store.server_program import find_program
from tests.outside import free_port
from tests.waiting import until

_NAME = "missing-record"
_CONF = Path(config.__file__).with_name("redis.conf")
_DOWN_AFTER = 1_000  # milliseconds of silence until a Sentinel takes the server for dead


class Process:
    """A server, or a Sentinel."""

    def __init__(self, home: Path, *words: str) -> None:
        self.home = home
        self.port = free_port()
        home.mkdir()
        self._command = [str(find_program()), *words, "--port", str(self.port), "--dir", str(home)]
        self._running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._running = subprocess.Popen(self._command, stdout=subprocess.DEVNULL)
        until(f"the server at {self.port} answers", self._answers)

    def kill(self) -> None:
        if self._running:
            self._running.kill()
            self._running.wait()
            self._running = None

    def stand_still(self) -> None:
        assert self._running is not None, "it runs"
        self._running.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        assert self._running is not None, "it runs"
        self._running.send_signal(signal.SIGCONT)

    def ask(self) -> Redis:
        return Redis(port=self.port, socket_timeout=1.0)

    def _answers(self) -> bool:
        with self.ask() as redis:
            try:
                return bool(redis.ping())
            except RedisError:
                return False


class Trio:
    def __init__(self, home: Path) -> None:
        home.mkdir(parents=True)
        self.servers = [self._server(home / f"server-{number}") for number in range(3)]
        self.sentinels = [self._sentinel(home / f"sentinel-{number}") for number in range(3)]

    def _server(self, home: Path) -> Process:
        conf = home.with_suffix(".conf")  # a copy: a fail-over has the server write to it
        conf.write_bytes(_CONF.read_bytes())
        return Process(home, str(conf))

    def _sentinel(self, home: Path) -> Process:
        conf = home.with_suffix(".conf")  # which it writes to, too
        conf.write_text(
            f"sentinel monitor {_NAME} 127.0.0.1 {self.servers[0].port} 2\n"
            f"sentinel down-after-milliseconds {_NAME} {_DOWN_AFTER}\n"
            f"sentinel failover-timeout {_NAME} 5000\n"
        )
        return Process(home, str(conf), "--sentinel")

    def start(self) -> None:
        first, *copies = self.servers
        first.start()
        for copy in copies:
            copy.start()
            with copy.ask() as redis:
                redis.replicaof("127.0.0.1", first.port)
        for sentinel in self.sentinels:
            sentinel.start()
        until("two copies follow", lambda: self.followers(first) == 2)
        until("the Sentinels know each other", lambda: all(map(self._knows_all, self.sentinels)))

    def end(self) -> None:
        for process in (*self.sentinels, *self.servers):
            process.kill()

    def settings(self, replicas: int) -> dict[str, str]:
        """Of an installation that asks the Sentinels, and waits for so many copies."""
        return {
            "REDIS_URL": f"redis://{_NAME}/0",
            "MISSING_SENTINELS": ",".join(f"127.0.0.1:{sentinel.port}" for sentinel in self.sentinels),
            "MISSING_REDIS_UNPROTECTED": "true",
            "MISSING_REPLICAS": str(replicas),
        }

    @property
    def primary(self) -> Process:
        """As most Sentinels say."""
        said = [self._said_by(sentinel) for sentinel in self.sentinels]
        port = max(set(said), key=said.count)
        return next(server for server in self.servers if server.port == port)

    def fail_over(self) -> None:
        """The one that takes writes dies, and comes back as a copy of the next."""
        dead = self.primary
        dead.kill()
        until("another server takes writes", lambda: self.primary is not dead and self._takes(self.primary))
        dead.start()
        until("two copies follow it", lambda: self.followers(self.primary) == 2)

    @staticmethod
    def followers(server: Process) -> int:
        """Copies that are up to date, or nearly."""
        with server.ask() as redis:
            said = redis.info("replication")
        return sum(said[f"slave{number}"]["state"] == "online" for number in range(said["connected_slaves"]))

    @staticmethod
    def _takes(server: Process) -> bool:
        with server.ask() as redis:
            return bool(redis.info("replication")["role"] == "master")

    @staticmethod
    def _said_by(sentinel: Process) -> int:
        with sentinel.ask() as redis:
            return int(redis.execute_command("SENTINEL", "GET-MASTER-ADDR-BY-NAME", _NAME)[1])

    @staticmethod
    def _knows_all(sentinel: Process) -> bool:
        with sentinel.ask() as redis:
            (known,) = redis.sentinel_masters().values()
        return (known["num-other-sentinels"], known["num-slaves"]) == (2, 2)


@contextmanager
def three_servers(home: Path) -> Iterator[Trio]:
    trio = Trio(home)
    try:
        trio.start()
        yield trio
    finally:
        trio.end()
