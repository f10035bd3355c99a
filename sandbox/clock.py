"""The workspace's clock. It runs with real time and can be moved on, so that no test sleeps."""

import asyncio
import time
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")


class Clock:
    def __init__(self, start: float | None = None, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._offset = (time.time() if start is None else start) - monotonic()
        self._moved = asyncio.Event()

    def now(self) -> float:
        return self._monotonic() + self._offset

    def advance(self, seconds: float) -> None:
        self._offset += seconds
        moved, self._moved = self._moved, asyncio.Event()
        moved.set()

    async def sleep(self, seconds: float) -> None:
        due = self.now() + seconds
        while (left := due - self.now()) > 0:
            await self._pause(left)

    async def within(self, seconds: float, awaited: "asyncio.Future[T]") -> T:
        """The awaited result, or TimeoutError when the workspace's clock passes `seconds` first."""
        timer = asyncio.ensure_future(self.sleep(seconds))
        either: set[asyncio.Future[Any]] = {timer, awaited}
        try:
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        finally:
            timer.cancel()
        if awaited.done():
            return awaited.result()
        raise TimeoutError

    async def _pause(self, seconds: float) -> None:
        try:
            # Not `wait_for`: in Python 3.11 it swallows a cancellation that comes just as the clock is moved.
            async with asyncio.timeout(seconds):
                await self._moved.wait()
        except TimeoutError:
            return  # time passed by itself
