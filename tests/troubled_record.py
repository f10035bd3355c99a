"""A record server of a test's own that gets into each trouble on a word, without being started anew, and out of it.

It flushes each second, not at each write: one that flushes at each write ends as soon as its disk is full, which is
another trouble (`tests/contract/test_troubles.py` has it too).
"""

import os
import resource
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError

from bot.ports.errors import RecordTrouble
from bot.store.server_program import find_program
from tests.conftest import REDIS_CONF
from tests.waiting import until

_MANY = 500  # keys; with a delay at each they are read in some ten seconds
_NO_LIMIT = resource.RLIM_INFINITY


class TroubledRecord:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._socket = folder / "s"
        self._process = self._started()
        self._redis = Redis.from_url(self.url)
        self._until_it_answers()

    @property
    def url(self) -> str:
        return f"unix://{self._socket}"

    def _started(self, *more: str) -> "subprocess.Popen[bytes]":
        """Its signal for a file that may not grow stays ignored, as Python has it: it reads an error, as of a full
        disk."""
        command = [str(find_program()), str(REDIS_CONF), "--dir", str(self._folder), "--port", "0"]
        reached = ["--unixsocket", str(self._socket), "--logfile", str(self._folder / "log")]
        with_less = ["--appendfsync", "everysec", *more]
        return subprocess.Popen([*command, *reached, *with_less], restore_signals=False)

    def _until_it_answers(self) -> None:
        def answers() -> bool:
            with suppress(RedisError):
                return bool(self._redis.ping())
            return False

        until("the server answers", answers)

    @contextmanager
    def troubled(self, trouble: RecordTrouble) -> Iterator[None]:
        begin, end = {
            RecordTrouble.MEMORY_FULL: (self._fill_memory, self._give_memory),
            RecordTrouble.READ_ONLY: (self._follow_nobody, self._lead),
            RecordTrouble.DISK: (self._fill_disk, self._clear_disk),
            RecordTrouble.LOADING: (self._load_slowly, self._load_at_once),
            RecordTrouble.SILENT: (self.kill, self.start),
        }[trouble]
        begin()
        try:
            yield
        finally:
            end()

    def _fill_memory(self) -> None:
        self._redis.config_set("maxmemory", "1")

    def _give_memory(self) -> None:
        self._redis.config_set("maxmemory", "0")

    def _follow_nobody(self) -> None:
        self._redis.replicaof("127.0.0.1", "9")

    def _lead(self) -> None:
        self._redis.replicaof("NO", "ONE")

    def _fill_disk(self) -> None:
        """No file of it may grow any more. Returns once it has noticed."""
        self._may_write(0)
        until("the disk is full", lambda: self._is_refused(lambda: self._redis.set("fills", "the disk")))

    @staticmethod
    def _is_refused(write: Callable[[], object]) -> bool:
        try:
            write()
        except RedisError:
            return True
        return False

    def _clear_disk(self) -> None:
        self._may_write(_NO_LIMIT)
        until("it writes again", lambda: not self._is_refused(lambda: self._redis.set("fills", "nothing")))

    def _may_write(self, most: int) -> None:
        resource.prlimit(self._process.pid, resource.RLIMIT_FSIZE, (most, _NO_LIMIT))

    def _load_slowly(self) -> None:
        """It listens between any two of many keys, and waits a moment at each."""
        self._redis.mset({f"one of many {number}": os.urandom(2000) for number in range(_MANY)})
        self._redis.bgrewriteaof()
        until(
            "they are in its base file",
            lambda: not self._redis.info("persistence")["aof_rewrite_in_progress"],
        )
        self._redis.delete(*(f"one of many {number}" for number in range(_MANY)))
        self.kill()
        self._process = self._started(
            "--key-load-delay", "20000", "--loading-process-events-interval-bytes", "1024"
        )
        until("it loads", self._is_loading)

    def _is_loading(self) -> bool:
        try:
            self._redis.ping()
        except RedisError as no:
            return "loading" in str(no).lower()
        return False

    def _load_at_once(self) -> None:
        self.kill()
        self.start()

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def start(self) -> None:
        self._process = self._started()
        self._until_it_answers()

    def fill_disk(self) -> None:
        self._may_write(0)

    def always_flushes(self) -> None:
        self._redis.config_set("appendfsync", "always")

    def close(self) -> None:
        self.kill()
        self._redis.close()


@contextmanager
def troubled_record(folder: Path) -> Iterator[TroubledRecord]:
    record = TroubledRecord(folder)
    try:
        yield record
    finally:
        record.close()
