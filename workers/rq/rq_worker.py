"""Our own entry point to RQ, since its command line has the wrong defaults for a safety timer (docs: platform.md).

One queue per worker: a worker of two queues loses the job that it has popped and not yet started. Never with RQ's
scheduler: due times are in our own index. `SimpleWorker` instead of a forking one: a job here takes milliseconds,
and the fork costs more than it protects (server flushing each write, 2 cores: enqueue to start p50 8 ms, p95 10 ms
against 27 and 92 ms; 78 jobs a second against 52). A crash takes the worker with it, which the supervisor starts
again; what it was at comes back by its lease.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import structlog
from redis import Redis
from rq import Queue, SimpleWorker
from rq.exceptions import DeserializationError, NoSuchJobError, StopRequested
from rq.job import Job
from rq.serializers import JSONSerializer

from bot.ports.errors import StoreUnavailable
from bot.ports.metrics import Metric, Metrics
from bot.ports.notes import Heartbeats
from bot.slack.slack_client import quiet
from bot.store.connection import BLOCKED_READ, BLOCKS
from bot.store.server_refusals import as_unavailable
from bot.time import MachineClock
from workers.periodic import Failing
from workers.rq.job_functions import JOBS, JobFunctions, take_up

log = structlog.get_logger()

# What a job may make a worker do: call one of our two functions with a list of names, once.

_FAILED_KEPT = 3600  # seconds for which a failed job can be looked at, whatever it says of itself
_SHOWN = 80  # characters of a name that somebody else chose


class JobRefused(Exception):
    """The job asks for something that no job of ours asks for."""


class OurJob(Job):
    def restore(self, raw_data: Any) -> None:
        """Forgets all that a job of ours never carries. One that cannot be read is no job: RQ's worker would end at it,
        and what it asked for the timer does."""
        try:
            super().restore(raw_data)
        except Exception as damaged:
            log.error("a job cannot be read, the timer does it", job=self.id, why=type(damaged).__name__)
            raise NoSuchJobError from damaged
        self._success_callback_name = self._failure_callback_name = self._stopped_callback_name = None
        self.webhooks = []
        self.retries_left = self.repeats_left = None
        self.failure_ttl = _FAILED_KEPT

    @property
    def func(self) -> Callable[..., Any]:
        """Raises JobRefused. RQ calls nothing that does not come from here."""
        if why := self.refusal:
            raise JobRefused(why)
        return JOBS[str(self.func_name)]

    @property
    def refusal(self) -> str:
        """Why no worker runs it; "" for a job of ours."""
        try:
            name, instance, args, kwargs = self.func_name, self.instance, self.args, self.kwargs
        except DeserializationError:
            return "it cannot be read"
        if not isinstance(name, str) or name not in JOBS or instance is not None:
            return f"it names {name!r:.{_SHOWN}}"
        return "" if _is_list_of_names(args) and not kwargs else "it names what is ours, for what is not"


def _is_list_of_names(args: Any) -> bool:
    match args:
        case [list(names)]:
            return all(isinstance(name, str) for name in names)
        case _:
            return False


@contextmanager
def _as_rq_knows_it() -> Iterator[None]:
    """RQ waits for a server that is away where it meets redis-py's error, and ends at any other."""
    try:
        yield
    except StoreUnavailable as away:
        raise away.__cause__ or away from None


class Worker(SimpleWorker):
    is_told_to_stop = False
    max_connection_wait_time = 2.0  # RQ waits up to a minute for a server that is long back

    def __init__(self, *args: Any, blocks: int, reads: int, **given: Any) -> None:
        """`blocks`: seconds for which the server waits for a job; `reads`: until a line that says nothing is left."""
        self._blocks, self._reads = blocks, reads
        self._shown_at = float("-inf")
        super().__init__(*args, **given)

    @property
    def dequeue_timeout(self) -> int:
        return self._blocks

    @property
    def connection_timeout(self) -> int:
        """RQ waits for at least so long, whatever its connection says: 15 s by its own reckoning."""
        return self._reads

    def subscribe(self) -> None:
        """To nothing: whoever can write to Redis could end a worker by a message, and it costs a line and a thread."""

    def show_life_by(self, shows_life: Callable[[], None]) -> None:
        self._shows_life = shows_life

    def count_in(self, metrics: Metrics) -> None:
        self._metrics = metrics

    def request_stop(self, signum: Any, frame: Any) -> None:
        self.is_told_to_stop = True
        super().request_stop(signum, frame)  # type: ignore[no-untyped-call]

    def execute_job(self, job: Job, queue: Queue) -> None:
        """A job that is refused fails like any other, and is told: somebody else writes to our queue."""
        if isinstance(job, OurJob) and job.refusal:
            log.error("a job was refused, somebody else writes to our queue", job=job.id, why=job.refusal)
            with _as_rq_knows_it():
                self._metrics.count(Metric.JOBS_REFUSED)
        super().execute_job(job, queue)

    def heartbeat(self, *args: Any, **given: Any) -> None:
        """RQ's own tells only RQ. Called before and after each job, and each second in between: three writes that reach
        the disk each time. What is said with a job is said."""
        now = time.monotonic()
        if not (args or given) and now - self._shown_at < _SHOWS_LIFE:
            return
        self._shown_at = now
        super().heartbeat(*args, **given)
        with _as_rq_knows_it():
            self._shows_life()


_SHOWS_LIFE = 5.0  # seconds between two signs of it
_CLEANS = 30  # seconds between two looks for what dead workers left behind in RQ, which nobody misses
_AGAIN = 1.0  # seconds after which a worker whose record refused or went away begins anew


def work(
    queue: str,
    redis: Redis,
    functions: JobFunctions,
    heartbeats: Heartbeats,
    metrics: Metrics,
    machine: MachineClock,
    beat: str,
    *,
    burst: bool = False,
) -> None:
    """Until SIGTERM; the job at hand is finished first. `redis` comes from `bot.store.connection.for_queue`.

    RQ waits for a server that is away, and leaves at any other answer that is an error, such as that its memory is
    full: then another worker begins here, which has a name of its own, since that one may not be struck off.
    `burst`: only what waits now.
    """
    take_up(functions)
    quiet("rq.worker")  # a job that failed prints its trace, words and all
    failing = Failing(f"a worker of {queue}")

    def shows_life() -> None:
        heartbeats.beat(beat, machine.seconds())
        failing.worked()

    while True:
        try:
            with as_unavailable():
                worker = _worker(queue, redis, metrics, shows_life)
                worker.work(burst=burst, logging_level="WARNING", with_scheduler=False)
            if burst or worker.is_told_to_stop:
                return
            failing.failed(StoreUnavailable("the worker left"))
        except StopRequested:  # told while it waited, or began
            return
        except StoreUnavailable as away:
            if burst:
                raise
            failing.failed(away)
        time.sleep(_AGAIN)


def _worker(queue: str, redis: Redis, metrics: Metrics, shows_life: Callable[[], None]) -> Worker:
    worker = Worker(
        [queue],
        job_class=OurJob,
        connection=redis,
        serializer=JSONSerializer,
        blocks=BLOCKS,
        reads=BLOCKED_READ,
        worker_ttl=20,
        maintenance_interval=_CLEANS,
        job_monitoring_interval=5,
        log_job_description=False,
    )
    worker.show_life_by(shows_life)
    worker.count_in(metrics)
    return worker
