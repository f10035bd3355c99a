"""Calls the technician when a worker refused a job: somebody who is not this program writes to its Redis."""

from collections.abc import Callable
from contextlib import suppress

import msgspec
from msgspec import Struct
from redis.exceptions import RedisError

from bot.ports import Stores
from bot.time import MachineClock
from workers.alarm.calls import TECHNICIAN
from workers.rq_worker import REFUSED
from workers.ways_out.ways import Sent

_NAME = "refused jobs"
_REMEMBERED = 86_400.0  # machine seconds for which /healthz says so
_MEND = (
    "Somebody else writes to the Redis server of missing-bot. Nothing of theirs was run. "
    "Change its password, and look in the log for `a job was refused`."
)


class Told(Struct, frozen=True):
    """Of which count the technician was last told, and when in machine seconds."""

    count: int = 0
    at: float = 0.0


class RefusedJobs:
    def __init__(
        self, stores: Stores, send: Callable[[str, str, str], Sent], machine: MachineClock, *, remind: float
    ) -> None:
        """`send`: recipient, title, body. `remind`: machine seconds from one call to the next."""
        self._stores = stores
        self._send = send
        self._machine = machine
        self._remind = remind
        self._wrong = ""

    @property
    def wrong(self) -> str:
        """A sentence as of the last look; "" where none was refused today."""
        return self._wrong

    def look(self) -> None:
        """With the record away there is no job, either; others say that it is."""
        with suppress(RedisError):
            self._look()

    def _look(self) -> None:
        count, now = self._stores.metrics.read().get(REFUSED, 0), self._machine.seconds()
        told = self._told()
        if count > told.count and (not told.count or now - told.at >= self._remind):
            told = self._tell(count, now)
        recent = told.count and now - told.at < _REMEMBERED
        self._wrong = f"Jobs that are not ours were refused: {count}. {_MEND}" if recent else ""

    def _told(self) -> Told:
        kept = self._stores.documents.get(_NAME)
        return msgspec.json.decode(kept, type=Told) if kept else Told()

    def _tell(self, count: int, now: float) -> Told:
        """By one of several bots; by none of them twice, and again where no way took it."""
        claim, told = f"{_NAME}:{count}", Told(count, now)
        if self._stores.requests.seen_before(claim, int(now * 1000)):
            return told
        sent = self._send(TECHNICIAN, "missing-bot: jobs refused", f"{count} so far. {_MEND}")
        if sent.failed and not sent.taken:
            self._stores.requests.forget(claim)
        else:
            self._stores.documents.put(_NAME, msgspec.json.encode(told))
        return told
