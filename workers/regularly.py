"""Something small, again and again, in a thread of its own."""

from collections.abc import Callable
from threading import Event, Thread
from types import TracebackType

import structlog

from workers.faults import told

log = structlog.get_logger()


class Regularly:
    """For as long as the block lasts. A failure is logged and the next turn comes: who watches must not fall silent."""

    def __init__(self, do: Callable[[], object], *, every: float) -> None:
        """`every`: machine seconds between two turns."""
        self._do = do
        self._every = every
        self._over = Event()
        self._thread = Thread(target=self._run, name="regularly", daemon=True)

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
            except Exception as error:  # noqa: BLE001 - see above
                log.error("a regular turn failed", **told(error))
            self._over.wait(self._every)
