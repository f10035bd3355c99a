"""Where the technician's matters come from."""

from collections.abc import Callable, Iterable

import msgspec
from msgspec import Struct

from bot.ports.notes import Metric
from bot.ports.stores import Stores
from bot.ports.ways_tried import Way
from bot.time import MachineClock
from bot.views.wording import words
from workers.alarm.calls import to_whom
from workers.alarm.matters import Found, Matter
from workers.alarm.second_copy import Lookout

_SKEW = 30.0  # seconds by which a machine's clock may differ from Slack's
_LINE = 60.0  # machine seconds without a line to Slack
_JOBS = "refused jobs"
_REMEMBERED = 86_400.0  # machine seconds for which a refused job is named


def skew(ahead: float | None, host: str) -> Found:
    """`ahead`: seconds by which the clock of `host` is ahead of Slack's; None before Slack has said what time it is."""
    name = f"skew of {host}"
    if ahead is None:
        return {name: None}
    if abs(ahead) < _SKEW:
        return {}
    where = "ahead of" if ahead > 0 else "behind"
    said = f"The clock of the machine {host} is {abs(ahead):.0f} s {where} Slack's. Set it by a time server."
    over = f"The clock of the machine {host} agrees with Slack's again."
    return {name: Matter(says=said, over=over, of=host)}


def failing_ways(ways: Iterable[Way]) -> Found:
    """`ways` that did not take their last message."""
    return {
        f"way out {way.name} of {way.recipient}": _failing(way.name, to_whom(way.recipient)) for way in ways
    }


def _failing(name: str, whom: str) -> Matter:
    return Matter(
        says=f"The last message by {name} to {whom} was not taken. Look at its address, password and server in "
        "MISSING_WAYS_OUT, and try it: missing-bot ways-out test.",
        over=f"{words.sentence(name)} to {whom} takes messages again.",
        lasts=False,
    )


class NoLine:
    """A bot without a line to Slack hears no press, though pages go out."""

    def __init__(
        self, is_connected: Callable[[], bool], why: Callable[[], str], machine: MachineClock, of: str
    ):
        """`why` there is none, where that is known; `of`: this process, under the name of its machine."""
        self._is_connected = is_connected
        self._why = why
        self._machine = machine
        self._of = of
        self._since: float | None = None

    def __call__(self) -> Found:
        now = self._machine.seconds()
        if self._is_connected():
            self._since = None
        elif self._since is None or self._since > now:
            self._since = now
        is_long = self._since is not None and now - self._since >= _LINE
        return {f"line of {self._of}": self._matter()} if is_long else {}

    def _matter(self) -> Matter:
        because = f" ({self._why()})" if self._why() else ""
        says = f"The bot {self._of} has no line to Slack{because}: no press reaches it."
        return Matter(says=says, over=f"The bot {self._of} has a line to Slack again.", of=self._of)


class RefusedJobs:
    """Somebody who is not this program writes to its Redis server."""

    def __init__(self, stores: Stores, machine: MachineClock) -> None:
        self._stores = stores
        self._machine = machine

    def __call__(self) -> Found:
        """Raises StoreUnavailable."""
        count, now = self._stores.metrics.read().get(Metric.JOBS_REFUSED, 0), self._machine.seconds()
        seen = self._seen()
        if count > seen.count:
            seen = Counted(count, now)
            self._stores.documents.put(_JOBS, msgspec.json.encode(seen))
        return {_JOBS: _jobs(count)} if seen.count and abs(now - seen.at) < _REMEMBERED else {}

    def _seen(self) -> "Counted":
        kept = self._stores.documents.get(_JOBS)
        return msgspec.json.decode(kept, type=Counted) if kept else Counted()


class Counted(Struct, frozen=True):
    """How many, and since when in machine seconds."""

    count: int = 0
    at: float = 0.0


def _jobs(count: int) -> Matter:
    said = (
        f"Jobs that are not ours were refused: {count}. Somebody else writes to the Redis server of missing-bot. "
        "Nothing of theirs was run. Change its password, and look in the log for `a job was refused`."
    )
    return Matter(says=said, lasts=False)


def second_copy(lookout: Lookout) -> Found:
    name = "second copy"
    if lookout.wrong:
        return {
            name: Matter(says=lookout.wrong, over="No other copy of this bot is connected to Slack any more.")
        }
    return {} if lookout.is_sure else {name: None}
