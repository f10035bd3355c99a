"""The service in a thread of its own, for tests and the demo."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from sandbox.guard import new_token
from sandbox.notify.office import API_KEY, TEMPLATE, Fault, Office, Text
from sandbox.notify.server import serving

_STARTS_WITHIN = 60.0  # seconds


class LocalNotify:
    """The phones of everybody, and the service between: `url`, `key` and `template` are what an installation sets."""

    key, template = API_KEY, TEMPLATE

    def __init__(self, office: Office) -> None:
        self.office = office
        self.url = ""
        self.token = new_token()

    def texts(self, number: str = "") -> list[Text]:
        """What was sent to that number (E.164), or to anybody, oldest first."""
        return [text for text in list(self.office.texts.values()) if number in ("", text.number)]

    def bodies(self, number: str = "") -> list[str]:
        return [text.body for text in self.texts(number)]

    def reply(self, number: str, content: str, at: datetime | None = None) -> str:
        """Its id. `number`: E.164."""
        return self.office.reply(number, content, at).id

    def fails(self, status: int, times: int = 1, kind: str = "Exception", path: str = "/v2/") -> None:
        """From now on, so many times. 0: it does what it is asked and never answers."""
        self.office.faults.append(Fault(status=status, times=times, kind=kind, path=path))

    def until(self, is_so: Callable[[], bool], what: str, within: float = 20.0) -> None:
        """Waits for it. Raises TimeoutError, with what was waited for and what there is."""
        deadline = time.monotonic() + within
        while not is_so():
            if time.monotonic() > deadline:
                raise TimeoutError(f"{what}: not within {within} s; texts: {self.bodies()}")
            time.sleep(0.05)


@contextmanager
def running_notify() -> Iterator[LocalNotify]:
    """On a free port."""
    office = Office()
    notify, ready, ending = LocalNotify(office), threading.Event(), asyncio.Event()
    loops: list[asyncio.AbstractEventLoop] = []

    async def serve() -> None:
        loops.append(asyncio.get_running_loop())
        async with serving(office, token=notify.token) as url:
            notify.url = url
            ready.set()
            await ending.wait()

    thread = threading.Thread(target=lambda: asyncio.run(serve()), name="notify", daemon=True)
    thread.start()
    if not ready.wait(_STARTS_WITHIN):
        raise TimeoutError("the local Notify did not start")
    try:
        yield notify
    finally:
        loops[0].call_soon_threadsafe(ending.set)
        thread.join(_STARTS_WITHIN)
