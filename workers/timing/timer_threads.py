"""Threads of the timer, for what it does itself: a slow Slack must not keep it from looking at the time."""

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import structlog

from bot.ports.errors import StoreUnavailable
from workers.rq.job_functions import Work
from workers.unforeseen import told

_THREADS = 4

log = structlog.get_logger()


class TimerThreads:
    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="timer")
        self._at: dict[str, Future[None]] = {}

    def do(self, items: Sequence[str], work: Work) -> None:
        self._at = {item: future for item, future in self._at.items() if not self._is_over(future)}
        future = self._pool.submit(work, items, "timer")
        self._at |= dict.fromkeys(items, future)

    def is_at(self, item: str) -> bool:
        future = self._at.get(item)
        return future is not None and not future.done()

    def close(self) -> None:
        """Ends what runs, drops what waits: its leases bring it back."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    @staticmethod
    def _is_over(future: Future[None]) -> bool:
        """Whatever went wrong in a thread, its item comes back by its lease."""
        if not future.done():
            return False
        error = future.exception()
        if isinstance(error, StoreUnavailable):
            log.error("the record does not answer", why=error.kind)
        elif error is not None:
            log.error("the timer's own work failed", **told(error))
        return True
