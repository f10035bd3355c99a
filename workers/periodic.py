"""What every process of ours does: small work again and again, until told to stop; and what its errors may say."""

import os
import select
import signal
from collections.abc import Callable
from threading import Event, Thread
from traceback import format_tb
from types import TracebackType

import structlog

from bot.ports.errors import StoreUnavailable
from bot.views.wording import record_words

# What may be said of an error that nobody foresaw: its kind, and where. Never its words: they may be a
# person's.

log = structlog.get_logger()


def told(error: BaseException) -> dict[str, str]:
    """For a log line."""
    return {"why": type(error).__name__, "trace": "".join(format_tb(error.__traceback__))}


class Failing:
    """What is tried again each second may fail for an hour. It is logged as that begins, and as it is over."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._why = ""
        self._times = 0

    def failed(self, error: BaseException) -> None:
        # Refused or late, by turns: one trouble, and no fault of ours.
        away = error.kind if isinstance(error, StoreUnavailable) else None
        why = record_words.now(error.trouble) if isinstance(error, StoreUnavailable) else type(error).__name__
        self._times += 1
        if why == self._why:
            return
        self._why = why
        if away is None:
            log.error("fails, and is tried again", what=self._what, **told(error))
        else:
            log.warning("fails, and is tried again", what=self._what, why=why, kind=away)

    def worked(self) -> None:
        if self._why:
            log.warning("works again", what=self._what, failures=self._times)
        self._why, self._times = "", 0


# Being told to stop, by a signal or by a test.


class Stop:
    """A threading.Event that a signal may set: an Event's own lock may be held by the thread it interrupts."""

    def __init__(self) -> None:
        self._reader, self._writer = os.pipe()

    def set(self) -> None:
        os.write(self._writer, b".")

    def set_by_signals(self, *numbers: signal.Signals) -> None:
        """Of the main thread. Set as the signal comes: Python's own handlers are called later, and not at all while
        this waits, where the signal came just before the wait began."""
        os.set_blocking(self._writer, False)
        for number in numbers:
            signal.signal(number, lambda *_: None)
        signal.set_wakeup_fd(self._writer, warn_on_full_buffer=False)

    def is_set(self) -> bool:
        return self.wait(0)

    def wait(self, seconds: float, *also: int) -> bool:
        """Whether it was set within so many seconds. Less, where one of these files has something to read."""
        readable, _, _ = select.select([self._reader, *also], [], [], seconds)
        return self._reader in readable


def stop_on_signals() -> Stop:
    """Set by SIGTERM and SIGINT."""
    stop = Stop()
    stop.set_by_signals(signal.SIGTERM, signal.SIGINT)
    return stop


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
