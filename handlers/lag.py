"""How late Slack's events come. They can lag by minutes, and nothing else shows it."""

from collections.abc import Callable

from handlers.dependencies import Body


class Lag:
    """`seconds`: of the newest event, by Slack's clock alone; None until one has come."""

    def __init__(self, slack_now: Callable[[], float | None]) -> None:
        """`slack_now`: what Slack's clock shows, in seconds since 1970; None before it has said so."""
        self._slack_now = slack_now
        self.seconds: float | None = None

    def note(self, body: Body, next: Callable[[], None]) -> None:
        """A middleware."""
        now = self._slack_now()
        if now is not None and "event_time" in body:
            self.seconds = max(0.0, now - float(body["event_time"]))
        next()
