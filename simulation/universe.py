"""All that there is in one run: time, chance, the record, Slack, what goes wrong, and what is promised."""

from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import formatdate
from random import Random
from typing import TYPE_CHECKING, Any

from bot.ports.stores import RateLimits
from bot.store.memory import MemoryStores
from bot.store.memory_rate_limits import MemoryRateLimits
from config.settings import EDITS_A_MINUTE
from simulation.schedule import Life, Schedule
from simulation.slack import Slack
from simulation.trace import Trace
from simulation.weather import CALM, Weather

if TYPE_CHECKING:
    from simulation.promises import Promises

BEGINS = 1_772_458_800.0  # 2 March 2026, 13:40 UTC
_BUSY = 2.5  # seconds after something happened, for which everybody looks often
_WAITS = ("1", "2", "7", "30", "120")


class Host:
    """A machine, with the clock of its own that its processes share. A `MachineClock`."""

    def __init__(self, name: str, schedule: Schedule) -> None:
        self.name = name
        self.ahead = 0.0  # seconds
        self._schedule = schedule

    def seconds(self) -> float:
        shown = self._schedule.now + self.ahead
        self._schedule.clock_read(shown)
        return shown


class Universe:
    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.chance = Random(seed)  # nosec B311 # has to be repeatable
        self.weather = Weather.of(self.chance)
        order = Random(self.chance.random())  # nosec B311 # likewise
        self.schedule = Schedule(order, BEGINS)
        self.trace = Trace()
        self.slack = Slack(self.schedule.seconds)
        self.stores = MemoryStores()
        self.rate_limits: RateLimits = MemoryRateLimits(edits_a_minute=EDITS_A_MINUTE)
        self.hosts = (Host("a", self.schedule), Host("b", self.schedule))
        self.promises: Promises
        self.is_record_away = False
        self.slack_fault = ""  # which one every call meets now
        self.on_their_way = 0  # calls to Slack that nobody waits for any more
        self.crashes = 0
        self.refs: dict[str, None] = {}  # of every case, in the order in which they were opened
        self.fate = Life("fate")  # what nobody of ours decides
        self.died: Callable[[Life], None] = lambda _: None
        self._happened_at = 0.0

    # --- faults ---------------------------------------------------------------------------------------------

    def strikes(self, life: Life, kind: str, about: str = "") -> bool:
        rate = self.weather.rates[kind]
        if not rate or self.chance.random() >= rate:
            return False
        self.trace.fault(self.schedule.now, life.name, kind, about)
        return True

    def gives_way(self, life: Life, death: str, what: str) -> None:
        """At a call to the outside: others may run before it goes on, if it does. Raises Killed."""
        self.schedule.needs_life(life)
        if self.strikes(life, death, what):
            self.kill(life)
        if self.strikes(life, "stopped", what):
            life.stopped_until = self.schedule.now + self.chance.choice((4.0, 15.0, 70.0))
            self.schedule.sleep(0.0)
        elif self.weather.rates["slow"] and self.strikes(life, "slow", what):
            self.schedule.sleep(self.chance.choice((0.001, 0.01, 0.1, 1.0, 3.0)))

    def kill(self, life: Life) -> None:
        """Raises Killed where it is the running task's own."""
        self.crashes += 1
        self.died(life)
        self.schedule.kill(life)

    def calm_down(self) -> None:
        self.weather = CALM
        self.is_record_away, self.slack_fault = False, ""
        self.slack.shut.clear()
        for host in self.hosts:
            host.ahead = 0.0
        for post in self.slack.all_posts():
            post.hidden_until = 0.0

    def hide(self, said: dict[str, Any], seconds: float) -> None:
        post = self.slack.find(said["channel"], said["ts"])
        if post is not None:
            post.hidden_until = post.was_hidden_until = self.schedule.now + seconds

    def retry_after(self) -> str:
        """In seconds, or as the date that a proxy may send."""
        if self.chance.random() < 0.2:
            return formatdate(self.schedule.now + 5, usegmt=True)
        return self.chance.choice(_WAITS)

    def failed(self, life: Life, error: Exception) -> None:
        """What a process of ours logs, and goes on."""
        self.trace.note(self.schedule.now, life.name, f"failed: {type(error).__name__}")

    # --- what happens ---------------------------------------------------------------------------------------

    def noticed(self, life: Life, what: str) -> None:
        self.trace.note(self.schedule.now, life.name, what)

    def is_busy(self) -> bool:
        """Something is due, waits to be shown, or is on its way there."""
        waits = self.stores.outbox.lanes() or self.on_their_way
        return bool(waits) or self.stores.due.overdue(self._now()) > 0

    def _now(self) -> datetime:
        """By Slack's clock or, where all of our hosts are behind it, by theirs: nothing is due before one has it so."""
        ahead = max(host.ahead for host in self.hosts)
        return datetime.fromtimestamp(self.schedule.now + min(ahead, 0.0), UTC)

    def what_waits(self) -> str:
        due = {ref: f"{at:%H:%M:%S}" for ref, at in self.stores.due.waiting(self._now(), 10).items()}
        rows = {
            lane: [row.id for row in self.stores.outbox.pending(lane, 5)]
            for lane in self.stores.outbox.lanes()
        }
        return f"due {due}, waiting {rows}"

    def happened(self) -> None:
        """Whoever rests looks at it soon."""
        self._happened_at = self.schedule.now
        self.schedule.hurry(lambda: self.chance.uniform(0.02, 0.6))

    def rest(self, seconds: float) -> None:
        """Of a process that looks again and again: often while something happens, seldom while nothing can."""
        now, task = self.schedule.now, self.schedule.running
        if now - self._happened_at < _BUSY:
            return self.schedule.sleep(max(seconds, self.chance.uniform(0.15, 0.9)))
        task.is_resting = True
        try:
            self.schedule.sleep(max(seconds, self._idle()))
        finally:
            task.is_resting = False

    def _idle(self) -> float:
        """Until something may be due by some clock; never so long that it looks dead."""
        if self.stores.outbox.lanes():
            return self.chance.uniform(0.4, 1.2)
        due = self.stores.due.next_at()
        if due is None:
            return 4.0
        ahead = max(host.ahead for host in self.hosts)
        return min(4.0, max(0.2, due.timestamp() - self.schedule.now - ahead))
