"""Our own entry point to RQ, since its command line has the wrong defaults for a safety timer (docs: platform.md).

One queue per worker: a worker of two queues loses the job that it has popped and not yet started. Never with RQ's
scheduler: due times are in our own index. `SimpleWorker` instead of a forking one: a job here takes milliseconds,
and the fork costs more than it protects (server flushing each write, 2 cores: enqueue to start p50 8 ms, p95 10 ms
against 27 and 92 ms; 78 jobs a second against 52). A crash takes the worker with it, which the supervisor starts
again; what it was at comes back by its lease.
"""

from typing import Any

from redis import Redis
from rq import SimpleWorker
from rq.serializers import JSONSerializer

from bot.library_log import quiet
from bot.ports import Heartbeats
from bot.time import MachineClock
from workers.duties import Duties, take_up


class Worker(SimpleWorker):
    max_connection_wait_time = 2.0  # RQ waits up to a minute for a server that is long back

    def show_life_to(self, heartbeats: Heartbeats, machine: MachineClock, name: str) -> None:
        self._life = (heartbeats, machine, name)

    def heartbeat(self, *args: Any, **given: Any) -> None:
        """RQ's own tells only RQ. Called when it starts to wait, after each job, and every few seconds in between."""
        super().heartbeat(*args, **given)
        heartbeats, machine, name = self._life
        heartbeats.beat(name, machine.seconds())


def work(
    queue: str, redis: Redis, duties: Duties, heartbeats: Heartbeats, machine: MachineClock, beat: str
) -> None:
    """Until SIGTERM; the job at hand is finished first. `redis` comes from `bot.store.connection.for_queue`."""
    take_up(duties)
    quiet("rq.worker")  # a job that failed prints its trace, words and all
    worker = Worker(
        [queue],
        connection=redis,
        serializer=JSONSerializer,
        worker_ttl=20,
        maintenance_interval=5,
        job_monitoring_interval=5,
        log_job_description=False,
    )
    worker.show_life_to(heartbeats, machine, beat)
    worker.work(logging_level="WARNING", with_scheduler=False)
