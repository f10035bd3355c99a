"""Work that was offered to the workers, and what to do about it when nobody has done it in time."""

from collections.abc import Sequence

from msgspec import Struct

from bot.time import MachineClock, is_ahead
from workers.rq.job_queue import JobQueue

# Machine seconds. Design, "Processes"; and where the last job was not done in time, until one is again: waiting the
# whole time before each post would slow a night without workers down threefold.
PATIENCE = 3.0
_LET_DOWN = 0.3


class InFlightJob(Struct, frozen=True, kw_only=True):
    items: tuple[str, ...]
    offered_at: float


class InFlightJobs:
    """Looks at what is *done*, not at what was taken: a worker that takes a job and dies helps no child."""

    def __init__(self, queue: JobQueue, machine: MachineClock) -> None:
        self._queue = queue
        self._machine = machine
        self._patience = PATIENCE
        self._jobs: dict[str, InFlightJob] = {}

    def offer(self, items: Sequence[str]) -> None:
        job = self._queue.offer(items)
        self._jobs[job] = InFlightJob(items=tuple(items), offered_at=self._machine.seconds())

    @property
    def are_out(self) -> bool:
        return bool(self._jobs)

    def waiting(self) -> frozenset[str]:
        """Items offered and not yet known to be done."""
        return frozenset(item for sent in self._jobs.values() for item in sent.items)

    def overdue(self) -> list[tuple[str, ...]]:
        """Takes back what nobody has done in time. Who is at it still may finish it: all work is idempotent."""
        if not self._jobs:
            return []
        unfinished = self._queue.unfinished(self._jobs)
        if len(unfinished) < len(self._jobs):
            self._patience = PATIENCE
        self._jobs = {job: sent for job, sent in self._jobs.items() if job in unfinished}
        now = self._machine.seconds()
        late = {
            job: sent
            for job, sent in self._jobs.items()
            if not is_ahead(sent.offered_at + self._patience, now)
        }
        if late:
            self._patience = _LET_DOWN
        for job in late:
            self._queue.withdraw(job)
            del self._jobs[job]
        return [sent.items for sent in late.values()]
