"""A workspace in a thread of its own, for tests and the demo."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from sandbox.client import Workspace
from sandbox.clock import Clock
from sandbox.control.seed import plant
from sandbox.server import serving
from sandbox.slack import Slack
from sandbox.wire import JSON

STARTS_WITHIN = 60.0  # seconds: a busy machine is slow, not broken
STOPS_WITHIN = 60.0


@asynccontextmanager
async def open_workspace(
    manifests: list[str | Path | JSON],
    seed: JSON | None,
    port: int = 0,
    start: float | None = None,
    token: str | None = None,
) -> AsyncIterator[Slack]:
    slack = Slack(Clock(start), token=token)
    async with serving(slack, port):
        plant(slack, {"apps": [{"manifest": each} for each in manifests]})
        plant(slack, seed or {})
        yield slack


@contextmanager
def running_workspace(
    manifest: str | Path | JSON | None = None,
    seed: JSON | None = None,
    *,
    port: int = 0,
    start: float | None = None,
    token: str | None = None,
) -> Iterator[Workspace]:
    """A workspace on a free port, and the client to it."""
    thread = _Thread([] if manifest is None else [manifest], seed, port, start, token)
    thread.start()
    try:
        yield Workspace(thread.url())
    finally:
        thread.stop()


class _Thread(threading.Thread):
    def __init__(self, *how: Any) -> None:
        super().__init__(name="sandbox", daemon=True)
        self._how = how
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._ending = asyncio.Event()
        self._url = ""
        self._failure: BaseException | None = None

    def run(self) -> None:
        try:
            # What is left of a request as the server ends is waited for, too.
            with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
                runner.run(self._serve())
        except Exception as failure:  # noqa: BLE001  # told to the thread that started this one
            self._failure = failure
        finally:
            self._ready.set()

    def url(self) -> str:
        if not self._ready.wait(STARTS_WITHIN):
            raise TimeoutError("the workspace did not start")
        if self._failure:
            raise self._failure
        return self._url

    def stop(self) -> None:
        if self.is_alive():
            self._loop.call_soon_threadsafe(self._ending.set)
        self.join(STOPS_WITHIN)
        if self.is_alive():
            raise TimeoutError("the workspace did not stop")
        if self._failure:
            raise self._failure

    async def _serve(self) -> None:
        async with open_workspace(*self._how) as slack:
            self._url = slack.address
            self._ready.set()
            await self._ending.wait()
