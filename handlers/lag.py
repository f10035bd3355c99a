"""How late Slack's events come. They can lag by minutes, and nothing else shows it."""

from collections.abc import Callable

from handlers.parts import Body


class Lag:
    """`seconds`: of the newest event, by Slack's clock and ours; None until one has come."""

    def __init__(self, now_ms: Callable[[], int]) -> None:
        self._now_ms = now_ms
        self.seconds: float | None = None

    def note(self, body: Body, next: Callable[[], None]) -> None:
        """A middleware."""
        if "event_time" in body:
            self.seconds = max(0.0, self._now_ms() / 1000 - float(body["event_time"]))
        next()
