"""RQ, as far as the product needs it: jobs that are offered, taken once, and perhaps lost or done twice."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from simulation.network import Outside
from simulation.schedule import Task
from simulation.universe import Universe


class Job(Struct, kw_only=True):
    id: str
    items: tuple[str, ...]


class Jobs:
    """One queue. It lies in the record's server, and outlives every process."""

    def __init__(self, universe: Universe, name: str) -> None:
        self._universe = universe
        self._name = name
        self._made = 0
        self._waiting: list[Job] = []
        self._unfinished: set[str] = set()
        self.idle: list[Task] = []  # workers that wait for one

    def take(self) -> Job | None:
        return self._waiting.pop(0) if self._waiting else None

    def over(self, job: Job) -> None:
        """It succeeded. One that failed, or whose worker died, stays unfinished."""
        self._unfinished.discard(job.id)

    def add(self, outside: Outside, items: Sequence[str]) -> str:
        ours = self._universe
        self._made += 1
        job = Job(id=f"{self._name}-{self._made}", items=tuple(items))
        self._unfinished.add(job.id)
        if not ours.strikes(outside.life, "job lost", job.id):
            self._waiting.append(job)
            if ours.strikes(outside.life, "job doubled", job.id):
                self._waiting.append(job)
        for worker in self.idle:
            if not worker.is_done:
                ours.schedule.put(worker, ours.schedule.now + ours.chance.choice((0.0, 0.01, 0.1)))
        self.idle.clear()
        return job.id

    def unfinished(self, jobs: Iterable[str]) -> frozenset[str]:
        return frozenset(job for job in jobs if job in self._unfinished)

    def withdraw(self, job: str) -> None:
        self._waiting = [one for one in self._waiting if one.id != job]


class Line:
    """A `JobQueue` as one process has it."""

    def __init__(self, jobs: Jobs, outside: Outside) -> None:
        self._jobs = jobs
        self._outside = outside

    def offer(self, items: Sequence[str]) -> str:
        return self._outside.record("jobs.offer", lambda: self._jobs.add(self._outside, items))

    def unfinished(self, jobs: Iterable[str]) -> frozenset[str]:
        asked = list(jobs)
        return self._outside.record("jobs.unfinished", lambda: self._jobs.unfinished(asked))

    def withdraw(self, job: str) -> None:
        self._outside.record("jobs.withdraw", lambda: self._jobs.withdraw(job))
