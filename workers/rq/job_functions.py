"""The functions that RQ calls by name, and what they need, composed once per process."""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum

from msgspec import Struct


class Doer(StrEnum):
    """Who does a piece of work: a worker that was offered it; the timer, which steps in; the start."""

    WORKER = "worker"
    TIMER = "timer"
    START = "start"


Work = Callable[[Iterable[str], Doer], None]  # the items, and who does it

RECHECK_JOB = "workers.rq.job_functions.recheck"
DELIVER_JOB = "workers.rq.job_functions.deliver"


class JobFunctions(Struct, frozen=True, kw_only=True):
    recheck: Work
    deliver: Work


_here: list[JobFunctions] = []


def take_up(functions: JobFunctions) -> None:
    """Before the first job: RQ names a function by its module, so what it works on has to be the process's own."""
    _here[:] = [functions]


def recheck(refs: list[str]) -> None:
    _here[0].recheck(refs, Doer.WORKER)


def deliver(lanes: list[str]) -> None:
    _here[0].deliver(lanes, Doer.WORKER)


JOBS: Mapping[str, Callable[[list[str]], None]] = {RECHECK_JOB: recheck, DELIVER_JOB: deliver}
