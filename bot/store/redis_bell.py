"""The bell in a Redis server: a channel of Pub/Sub, that costs neither a key nor a write to its file.

What is published to a line that is dead, or where that is not allowed, is lost without a word. So a timer publishes
something of its own each second, and trusts the bell for as long as it hears that. Where it does not, it looks as often
as if there were no bell.
"""

import os
import time
from collections.abc import Callable
from contextlib import closing, suppress
from secrets import token_hex
from threading import Event, Thread
from types import TracebackType
from typing import Any

from redis import Redis
from redis.exceptions import RedisError

from bot.ports.bell import Waits
from bot.ports.errors import StoreUnavailable
from bot.store.keys import Keys

# Seconds.
UNHEARD = 0.05  # from one look to the next, where a ring would not be heard
_WATCHES = 0.2  # between two looks at the clocks, which somebody may set
_PROVES = 0.9  # between two rings of one's own
_APART = 0.01  # between two looks, however often it rings
_LOOK = 1.0  # at whether it is told to end
_LEAVES = 3.0  # without a ring of one's own, until a line that says nothing is left
_AGAIN = 0.2


class RedisBell:
    def __init__(self, redis: Redis, keys: Keys) -> None:
        self._redis = redis
        self._channel = keys.bell

    def ring(self, by: str = "") -> None:
        """One that may not be rung (a server's rules) is as one that nobody hears."""
        with suppress(StoreUnavailable):
            self._redis.publish(self._channel, by)


class RedisEar:
    """Listens for as long as the block lasts."""

    def __init__(self, bell: RedisBell, listening: Redis, keys: Keys) -> None:
        """`listening`: a server's connection that nobody else needs."""
        self._bell = bell
        self._listening = listening
        self._channel = keys.bell
        self._name = token_hex(6)
        self._rang, self._heard = 0, 0  # rings of its own
        self._rang_at = self._heard_at = time.monotonic() - _PROVES
        self._reader, self._writer = os.pipe()
        for end in (self._reader, self._writer):
            os.set_blocking(end, False)
        self._over = Event()
        self._thread = Thread(target=self._run, name="bell", daemon=True)

    def __enter__(self) -> "RedisEar":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()  # which it sees at its next look: nobody waits for that

    # --- the timer's thread ---------------------------------------------------------------------------------

    def rest(self, stop: Waits, seconds: float, is_time: Callable[[], bool]) -> None:
        began = time.monotonic()
        self._prove(began)
        while (left := began + seconds - time.monotonic()) > 0:
            if stop.wait(min(left, _WATCHES if self._is_sound else UNHEARD), self._reader):
                return
            if self._has_rung():
                stop.wait(max(0.0, began + _APART - time.monotonic()))
                return
            if is_time() or not self._is_sound:
                return

    def _prove(self, now: float) -> None:
        if now - self._rang_at >= (_PROVES if self._is_sound else UNHEARD):
            self._rang, self._rang_at = self._rang + 1, now
            self._bell.ring(f"{self._name} {self._rang}")

    @property
    def _is_sound(self) -> bool:
        return self._heard == self._rang

    def _has_rung(self) -> bool:
        with suppress(BlockingIOError):
            return bool(os.read(self._reader, 4096))
        return False

    # --- the thread that listens ----------------------------------------------------------------------------

    def _run(self) -> None:
        while not self._over.is_set():
            with suppress(RedisError, StoreUnavailable, OSError), closing(self._line()) as line:
                line.subscribe(self._channel)
                self._listen(line)
            self._heard = 0
            self._wake()  # what rang meanwhile was not heard
            self._over.wait(_AGAIN)

    def _line(self) -> Any:
        return self._listening.pubsub()  # type: ignore[no-untyped-call]

    def _listen(self, line: Any) -> None:
        """Until the line is lost, or seems to be."""
        self._heard_at = time.monotonic()
        while not self._over.is_set() and time.monotonic() - self._heard_at < _LEAVES:
            said = line.get_message(ignore_subscribe_messages=True, timeout=_LOOK)
            if said is not None:
                self._hear(said["data"])

    def _hear(self, by: bytes) -> None:
        name, _, number = by.partition(b" ")
        if name == self._name.encode():
            self._heard, self._heard_at = int(number), time.monotonic()
        elif not name:  # another timer's proof is nothing to look at
            self._wake()

    def _wake(self) -> None:
        with suppress(BlockingIOError):
            os.write(self._writer, b".")
