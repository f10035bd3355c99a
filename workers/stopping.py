"""Being told to stop, by a signal or by a test."""

import os
import select
import signal


class Stop:
    """A threading.Event that a signal handler may set: an Event's own lock may be held by the thread it interrupts."""

    def __init__(self) -> None:
        self._reader, self._writer = os.pipe()

    def set(self) -> None:
        os.write(self._writer, b".")

    def is_set(self) -> bool:
        return self.wait(0)

    def wait(self, seconds: float) -> bool:
        """Whether it was set within so many seconds."""
        readable, _, _ = select.select([self._reader], [], [], seconds)
        return bool(readable)


def stop_on_signals() -> Stop:
    """Set by SIGTERM and SIGINT."""
    stop = Stop()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop
