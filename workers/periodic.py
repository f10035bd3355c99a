"""Something small, again and again, in a thread of its own."""

from collections.abc import Callable
from threading import Event, Thread
from types import TracebackType

from workers.unforeseen import Failing


class PeriodicTask:
    """For as long as the block lasts. A failure is logged, once while it lasts, and the next turn comes: who watches
    must not fall silent."""

    def __init__(self, do: Callable[[], object], *, every: float, what: str) -> None:
        """`every`: machine seconds between two turns; `what` it is, for the log."""
        self._do = do
        self._every = every
        self._failing = Failing(what)
        self._over = Event()
        self._thread = Thread(target=self._run, name="periodic", daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join(self._every + 5.0)

    def _run(self) -> None:
        while not self._over.is_set():
            try:
                self._do()
                self._failing.worked()
            except Exception as error:  # noqa: BLE001 - see above
                self._failing.failed(error)
            self._over.wait(self._every)
