"""One of the others: given each breach in its time, struck as ours is, counted at its receiver."""

import threading
import time
from collections.abc import Mapping
from typing import ClassVar, Protocol

from benchmarks.chaos.peers.receiver import Receiver

_TICK = 0.2  # seconds
_STILL_WITHIN = 900.0  # seconds: RQ looks for what was left behind every ten minutes


class Product(Protocol):
    name: str
    struck: ClassVar[Mapping[str, str]]  # one of our processes → which of its own is killed beside

    def send(self, case: str) -> bool:
        """Whether it was taken. It is called again where it was not."""

    def tick(self) -> None:
        """What a client has to do all the time."""

    def kill(self, which: str) -> None: ...

    def is_still(self, seconds: float) -> bool:
        """Nothing will come any more; `seconds`: since the last page or kill."""

    def end(self) -> None: ...


class Peer:
    def __init__(self, product: Product, receiver: Receiver, cases: int) -> None:
        self.product = product
        self._receiver = receiver
        self._cases = cases
        self._sent: dict[str, float] = {}
        self._last_kill = 0.0
        self._kills = 0
        self._ending = threading.Event()
        self._still_at = 0.0
        self._thread = threading.Thread(target=lambda: None)

    def start(self, within: float) -> None:
        self._thread = threading.Thread(
            target=self._live, args=(within,), name=self.product.name, daemon=True
        )
        self._thread.start()

    def kill(self, ours: str) -> None:
        if which := self.product.struck.get(ours):
            self.product.kill(which)
            self._last_kill, self._kills = time.time(), self._kills + 1

    def wait(self) -> dict[str, float]:
        """Until it stands still; then what came."""
        deadline = self._last_kill + _STILL_WITHIN
        while time.time() < deadline and not self._is_still():
            time.sleep(1.0)
        self._still_at = time.time()
        return self._told()

    def end(self) -> None:
        self._ending.set()
        if self._thread.is_alive():
            self._thread.join()
        self.product.end()

    def _live(self, within: float) -> None:
        began, waits = time.monotonic(), [f"case-{number}" for number in range(self._cases)]
        while not self._ending.wait(_TICK):
            due = int(self._cases * min(1.0, (time.monotonic() - began) / within))
            for case in waits[: due - (self._cases - len(waits))]:
                self._sent.setdefault(case, time.time())
                if not self.product.send(case):
                    break
                waits.remove(case)
            self.product.tick()

    def _is_still(self) -> bool:
        came = [at for times in self._receiver.came.values() for at in times]
        last = max([self._last_kill, *came])
        return len(self._sent) == self._cases and self.product.is_still(time.time() - last)

    def _told(self) -> dict[str, float]:
        """Cases; `copies`: pages beyond the first of a case; seconds from a breach to its first page, and from the
        last kill to the last page."""
        came = {case: times for case, times in self._receiver.came.items() if case in self._sent}
        last = max((max(times) for times in came.values()), default=0.0)
        return {
            "sent": len(self._sent),
            "arrived": len(came),
            "lost": len(self._sent) - len(came),
            "doubled": sum(len(times) > 1 for times in came.values()),
            "copies": sum(len(times) - 1 for times in came.values()),
            "kills": self._kills,
            "slowest_s": round(
                max((times[0] - self._sent[case] for case, times in came.items()), default=0.0)
            ),
            "last_page_after_last_kill_s": round(max(0.0, last - self._last_kill)),
            "seen_still_after_last_kill_s": round(self._still_at - self._last_kill),
        }
