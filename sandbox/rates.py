"""Slack's rate limits: so many calls a minute by method, and about one post a second by channel."""

import math
from collections import defaultdict, deque

from sandbox import facts
from sandbox.clock import Clock
from sandbox.errors import RateLimited

MINUTE = 60.0


class Rates:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._calls: defaultdict[tuple[str, str], deque[float]] = defaultdict(deque)
        self._posts: dict[tuple[str, str], tuple[float, float]] = {}

    def take_call(self, app: str, method: str, scale: float) -> None:
        """A sliding minute: Slack's tiers count calls by app, workspace and method."""
        now, calls = self._clock.now(), self._calls[app, method]
        while calls and calls[0] <= now - MINUTE:
            calls.popleft()
        if len(calls) >= facts.method(method).per_minute * scale:
            raise RateLimited(_whole(calls[0] + MINUTE - now))
        calls.append(now)

    def take_post(self, app: str, channel: str, burst: int, scale: float) -> None:
        """A bucket that refills by one a second and holds a short burst."""
        now = self._clock.now()
        left, then = self._posts.get((app, channel), (float(burst), now))
        left = min(float(burst), left + (now - then) * scale)
        if left < 1:
            raise RateLimited(_whole((1 - left) / scale))
        self._posts[app, channel] = (left - 1, now)


def _whole(seconds: float) -> int:
    return max(1, math.ceil(seconds))
