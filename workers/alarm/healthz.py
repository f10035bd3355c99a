"""`GET /healthz`: 200 once a timer has really looked at the time after the question, 503 and what has stopped else."""

import asyncio
import threading
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any

from aiohttp import web
from msgspec import Struct

from bot.time import MachineClock
from workers.alarm.watchdog import Watchdog

_DEADLINE = 3.0  # machine seconds in which a tick has to come; timers tick twenty times a second
_AGAIN = 0.1


class Facts(Struct, frozen=True, kw_only=True):
    """Asked anew for each answer. No reference and no name: whoever may ask this port may read them."""

    stopped: str = ""  # a sentence; "" while all that must run runs
    degraded: tuple[str, ...] = ()  # sentences: it works, and somebody should look at it
    known: Mapping[str, Any] = {}


class HealthServer:
    """Serves from a thread of its own while the block lasts."""

    def __init__(
        self, watchdog: Watchdog, facts: Callable[[], Facts], machine: MachineClock, address: str, port: int
    ) -> None:
        self._watchdog = watchdog
        self._facts = facts
        self._machine = machine
        self._address = address
        self._asked_port = port
        self._loop = asyncio.new_event_loop()
        self._is_up = threading.Event()
        self._thread = threading.Thread(target=self._run, name="healthz", daemon=True)
        self._trouble: OSError | None = None
        self.port = 0

    def __enter__(self) -> "HealthServer":
        """Raises OSError where the port is taken."""
        self._thread.start()
        self._is_up.wait()
        if self._trouble:
            raise self._trouble
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _run(self) -> None:
        app = web.Application()
        app.router.add_get("/healthz", self._answer)
        runner = web.AppRunner(app, access_log=None, handle_signals=False)
        try:
            self._loop.run_until_complete(self._listen(runner))
        except OSError as taken:
            self._trouble = taken
            self._is_up.set()
            return
        self._is_up.set()
        self._loop.run_forever()
        self._loop.run_until_complete(runner.cleanup())
        self._loop.close()

    async def _listen(self, runner: web.AppRunner) -> None:
        await runner.setup()
        await web.TCPSite(runner, self._address, self._asked_port).start()
        self.port = runner.addresses[0][1]

    async def _answer(self, _: web.Request) -> web.Response:
        asked = self._machine.seconds()
        while not self._has_ticked(asked) and self._machine.seconds() - asked < _DEADLINE:
            await asyncio.sleep(_AGAIN)
        facts = await asyncio.to_thread(self._facts)
        stopped = facts.stopped or ("" if self._has_ticked(asked) else "No timer looks at the time.")
        said = {"ok": not stopped, "stopped": stopped, "degraded": list(facts.degraded), **facts.known}
        return web.json_response(said, status=503 if stopped else 200)

    def _has_ticked(self, asked: float) -> bool:
        """The watchdog looks each second, so this becomes true within about one."""
        beat = self._watchdog.seen.beat
        return beat is not None and beat >= asked
