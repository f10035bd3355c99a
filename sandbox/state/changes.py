"""The change feed: everything that happened, numbered, so that nobody has to poll or sleep."""

import asyncio

from sandbox.clock import Clock
from sandbox.wire import JSON


class Changes:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._all: list[JSON] = []
        self._news = asyncio.Event()

    @property
    def last(self) -> int:
        return len(self._all)

    def note(self, kind: str, **about: object) -> None:
        self._all.append({"seq": self.last + 1, "kind": kind, "at": self._clock.now(), **about})
        news, self._news = self._news, asyncio.Event()
        news.set()

    async def since(self, seq: int, seconds: float) -> list[JSON]:
        """What came after `seq`; waits up to `seconds` of real time for the first of it."""
        if seq >= self.last:
            await self._wait(seconds)
        return self.after(seq)

    def after(self, seq: int) -> list[JSON]:
        return self._all[seq:]

    async def _wait(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._news.wait(), seconds)
        except TimeoutError:
            return  # nothing new is an answer too
