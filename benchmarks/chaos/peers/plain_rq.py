"""A plain RQ job a page: `rq worker` and `enqueue` with RQ's defaults, on a Redis with our settings.

Its record keeps what it acknowledged, so what is lost is lost by the queue. Who enqueues tries again until Redis has
taken it. When the worker is killed, what it forked is asked to end, as systemd does with what is left of a service.
"""

import os
import signal
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

from redis import Redis
from redis.exceptions import RedisError
from rq import Queue
from rq.intermediate_queue import IntermediateQueue

from benchmarks.chaos.keeper import Keeper
from benchmarks.chaos.plain_job import page
from benchmarks.chaos.site import RECORD, logged, starting
from benchmarks.soak.house import CONFIG
from bot.store.server import Server
from bot.store.server_program import find_program
from tests.waiting import until

_REDIS, _WORKER, _HORSE = "rq-redis", "rq-worker", "rq-horse"
_QUEUE = "pages"
_BUSY_WITHIN = 20.0  # seconds until the worker has a job again


class PlainRq:
    name = "plain RQ"
    struck: ClassVar[Mapping[str, str]] = {
        "worker-recheck": _HORSE,
        "worker-deliver": _WORKER,
        RECORD: _REDIS,
    }

    def __init__(self, home: Path, receiver_url: str) -> None:
        home.mkdir(parents=True)
        self._receiver_url = receiver_url
        server = Server(find_program(), CONFIG / "redis.conf", home / "record")
        command = [
            sys.executable,
            "-c",
            "from rq.cli import main; main()",
            "worker",
            _QUEUE,
            "--url",
            server.url,
        ]
        self._redis = Redis.from_url(server.url)
        self._queue = Queue(_QUEUE, connection=self._redis)
        self._between = IntermediateQueue(self._queue.key, connection=self._redis)
        self._keeper = Keeper({_REDIS: starting(server), _WORKER: logged(command, home, _WORKER)})
        self._keeper.start()

    def send(self, case: str) -> bool:
        try:
            self._queue.enqueue(page, self._receiver_url, case)
        except RedisError:
            return False
        return True

    def tick(self) -> None:
        return

    def kill(self, which: str) -> None:
        if which == _HORSE:
            until("a job runs", lambda: bool(self._horses()), _BUSY_WITHIN)
            _signal(self._horses(), signal.SIGKILL)
            return
        forked = self._horses() if which == _WORKER else []
        self._keeper.kill(which)
        _signal(forked, signal.SIGTERM)

    def is_still(self, seconds: float) -> bool:
        """Nothing waits, nothing counts as running, nothing lies between the two."""
        try:
            return seconds > 1.0 and not (
                self._queue.count
                or self._queue.started_job_registry.get_job_count(cleanup=False)
                or self._between.get_job_ids()
            )
        except RedisError:
            return False

    def end(self) -> None:
        self._keeper.end()
        self._redis.close()

    def _horses(self) -> list[int]:
        worker = self._keeper.pid(_WORKER)
        with suppress(OSError):
            return [int(pid) for pid in Path(f"/proc/{worker}/task/{worker}/children").read_text().split()]
        return []


def _signal(pids: list[int], number: signal.Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, number)
