"""Work offered to RQ.

RQ is asked to run things, never to remember them: what is due lives in the due index and the outbox, under leases.
So a job carries no retry, its result is thrown away, and losing it costs one lease.
"""

from collections.abc import Iterable, Sequence
from typing import Protocol
from uuid import uuid4

from redis import Redis
from rq import Queue
from rq.job import Job
from rq.serializers import JSONSerializer

_LONGEST = 30  # seconds that one job may run
_WAITS = 60  # seconds after which nobody needs an untaken job: by then others have done it
_FAILED_KEPT = 3600  # seconds for which a failed job can be looked at


class JobQueue(Protocol):
    def offer(self, items: Sequence[str]) -> str:
        """Queues one job for these items; its id, which says nothing."""

    def unfinished(self, jobs: Iterable[str]) -> frozenset[str]:
        """Those that still wait, run, or failed."""

    def withdraw(self, job: str) -> None: ...


def waiting(redis: Redis, name: str) -> tuple[int, float | None]:
    """How many jobs of that queue wait for a worker, and since when the first of them does, in machine seconds."""
    queue = Queue(name, connection=redis, serializer=JSONSerializer)
    since = next((job.enqueued_at for job in queue.get_jobs(0, 1) if job is not None), None)
    return queue.count, since.timestamp() if since else None


class RqQueue:
    """One queue, one function. JSON, since whoever can write to Redis could run code through a pickle."""

    def __init__(self, redis: Redis, name: str, function: str) -> None:
        self._redis = redis
        self._queue = Queue(name, connection=redis, serializer=JSONSerializer)
        self._function = function

    def offer(self, items: Sequence[str]) -> str:
        job = uuid4().hex
        self._queue.enqueue_call(
            self._function,
            args=(list(items),),
            job_id=job,
            description=self._queue.name,
            timeout=_LONGEST,
            ttl=_WAITS,
            result_ttl=0,  # a job that succeeded is gone at once: that is how we see that it did
            failure_ttl=_FAILED_KEPT,
        )
        return job

    def unfinished(self, jobs: Iterable[str]) -> frozenset[str]:
        asked = list(jobs)
        with self._redis.pipeline(transaction=False) as pipe:
            for job in asked:
                pipe.exists(Job.key_for(job))
            return frozenset(job for job, exists in zip(asked, pipe.execute(), strict=True) if exists)

    def withdraw(self, job: str) -> None:
        self._queue.remove(job)
