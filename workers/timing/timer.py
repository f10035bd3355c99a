"""The timer: claims what is due, offers it to the workers, and does itself what nobody has done in time.

Any number may run. A claim is a lease in the due index, a lane is drained under a lease in the outbox; so losing a
timer, a worker or a job costs a lease, never a deadline.

It waits for the next moment at which there may be something to do: a due time, the end of a claim, a lane that may be
posted to again. Who makes that sooner rings the bell.
"""

from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import Executor, Future
from datetime import datetime

import structlog
from msgspec import Struct

from bot.pools import THREADS, Pools
from bot.ports.bell import Ear
from bot.ports.cases import DueIndex
from bot.ports.destination import Destination, LaneKind
from bot.ports.errors import StoreUnavailable
from bot.ports.metrics import Metric
from bot.ports.stores import RateLimits, Stores
from bot.time import CaseClock, MachineClock, has_passed, is_ahead
from workers.periodic import Failing, Stop, told
from workers.rq.job_functions import Doer, JobFunctions, Work
from workers.timing.in_flight import InFlightJobs
from workers.timing.outages import Outages

# Threads of the timer, for what it does itself: a slow Slack must keep it neither from looking at the time nor from
# deciding what is due.

_THREADS, _DECIDING = 4, 2

log = structlog.get_logger()


class TimerThreads:
    def __init__(self, pools: Pools = THREADS) -> None:
        self._delivering, self._deciding = pools(_THREADS, "delivering"), pools(_DECIDING, "deciding")
        self._at: dict[str, Future[None]] = {}

    def deliver(self, lanes: Sequence[str], work: Work) -> None:
        self._do(self._delivering, lanes, work)

    def decide(self, refs: Sequence[str], work: Work) -> None:
        self._do(self._deciding, refs, work)

    def _do(self, pool: Executor, items: Sequence[str], work: Work) -> None:
        self._at = {item: future for item, future in self._at.items() if not self._is_over(future)}
        future = pool.submit(work, items, Doer.TIMER)
        self._at |= dict.fromkeys(items, future)

    @property
    def is_busy(self) -> bool:
        return any(not future.done() for future in self._at.values())

    def is_at(self, item: str) -> bool:
        future = self._at.get(item)
        return future is not None and not future.done()

    def close(self) -> None:
        """Ends what runs, drops what waits: its leases bring it back."""
        for pool in (self._deciding, self._delivering):
            pool.shutdown(wait=True, cancel_futures=True)

    @staticmethod
    def _is_over(future: Future[None]) -> bool:
        """Whatever went wrong in a thread, its item comes back by its lease."""
        if not future.done():
            return False
        error = future.exception()
        if isinstance(error, StoreUnavailable):
            log.error("the record does not answer", why=error.kind)
        elif error is not None:
            log.error("the timer's own work failed", **told(error))
        return True


# Pages of one role wait a moment for the other cases of the same moment: one digest, not a volley.

GATHERING = 2.0  # machine seconds
_LOOKED_AT = 1000  # due cases


class BatchingWindow:
    def __init__(self, due: DueIndex, clock: CaseClock, machine: MachineClock) -> None:
        self._due = due
        self._clock = clock
        self._machine = machine
        self._lanes: dict[str, float] = {}  # role lanes with pages, and since when we have seen them wait
        self._deciding: dict[str, float] = {}  # due cases, and since when we have seen them

    def forget_but(self, lanes: Collection[Destination]) -> None:
        """In `lanes` something waits; in the others the next page will be the first of its moment."""
        self._lanes = {lane: since for lane, since in self._lanes.items() if lane in lanes}

    def gathered(self, lanes: Sequence[Destination]) -> list[Destination]:
        """All but roles' whose moment is still being decided."""
        if not any(_is_of_a_role(lane) for lane in lanes) or not self._is_deciding():
            return list(lanes)
        return [lane for lane in lanes if not (_is_of_a_role(lane) and self._is_early(lane))]

    def _is_deciding(self) -> bool:
        """A case that stays due is a fault: no other child's page waits for it."""
        now = self._machine.seconds()
        due = self._due.waiting(self._clock.now(), _LOOKED_AT)
        self._deciding = {ref: self._deciding.get(ref, now) for ref in due}
        return any(not has_passed(GATHERING, since, now) for since in self._deciding.values())

    def _is_early(self, lane: Destination) -> bool:
        now = self._machine.seconds()
        return not has_passed(GATHERING, self._lanes.setdefault(lane, now), now)


def _is_of_a_role(lane: Destination) -> bool:
    return lane.kind is LaneKind.ROLE


# Machine seconds. The lease outlasts the workers' patience, so that the timer's own turn comes before anybody else's.
LEASE = 5.0
TICK = 0.05  # from one look to the next while something is in hand
PULSE = 1.0  # and while nothing is: a cycle is its sign of life, and sees what nobody rang for
_BATCH = 50  # cases in one job: a job costs RQ some 3 ms, a re-check 1 ms
_CLAIMED_AT_ONCE = 1000
# People's lanes in one job, where many wait: a post costs the workers less than a job of its own. While there are few,
# each is by itself.
_LANES_AT_ONCE, _JOBS_AT_LEAST = 10, 20
_REST = 1.0  # after Redis did not answer

BEAT = "timer"
_TICKS_TOLD = 5.0  # machine seconds between two writes of how many cycles there were


def by_job(lanes: Sequence[Destination]) -> Iterator[list[str]]:
    """The cases' and each role's by itself, before those of people: a child's page waits for none of them."""
    people = [str(lane) for lane in lanes if lane.person]
    yield from ([str(lane)] for lane in lanes if not lane.person)
    size = min(_LANES_AT_ONCE, max(1, len(people) // _JOBS_AT_LEAST))
    for first in range(0, len(people), size):
        yield people[first : first + size]


class OfferedWork(Struct, frozen=True):
    """What the workers were asked to do."""

    rechecks: InFlightJobs
    deliveries: InFlightJobs

    @property
    def are_out(self) -> bool:
        return self.rechecks.are_out or self.deliveries.are_out


class Timer:
    def __init__(
        self,
        stores: Stores,
        clock: CaseClock,
        machine: MachineClock,
        rate_limits: RateLimits,
        offers: OfferedWork,
        functions: JobFunctions,
        threads: TimerThreads,
        outages: Outages,
        ear: Ear,
        *,
        steps_in: bool = True,
    ) -> None:
        self._stores = stores
        self._clock = clock
        self._machine = machine
        self._rate_limits = rate_limits
        self._offers = offers
        self._functions = functions
        self._threads = threads
        self._outages = outages
        self._ear = ear
        self._steps_in = steps_in
        self._failing = Failing("a timer's cycle")
        self._due: datetime | None = None  # the next one, as of the last cycle
        self._gathering = BatchingWindow(stores.due, clock, machine)
        self._ticks, self._ticks_told_at = 0, machine.seconds()

    def run(self, stop: Stop) -> None:
        """Until told to stop. Waits for a server that is away, and outlives whatever else goes wrong: only a whole
        cycle counts as a sign of life, so the watchdog speaks where none succeeds."""
        while not stop.is_set():
            try:
                pause = self.cycle()
                self._failing.worked()
            except Exception as error:  # noqa: BLE001 - see above
                self._failing.failed(error)
                stop.wait(_REST)
            else:
                self._ear.rest(stop, pause, self._is_due)

    def cycle(self) -> float:
        """One look at everything; how long nothing needs looking at (machine seconds)."""
        self._outages.notice()
        is_busy = self._threads.is_busy
        self._offer_rechecks()
        opens = self._offer_deliveries()
        is_busy |= self._offers.are_out
        self._step_in()
        is_busy |= self._threads.is_busy
        now = self._machine.seconds()
        self._stores.heartbeats.beat_as_saved(BEAT, now)
        self._tell_ticks(now)
        return self._pause(TICK if is_busy else opens)

    def _tell_ticks(self, now: float) -> None:
        self._ticks += 1
        if is_ahead(self._ticks_told_at + _TICKS_TOLD, now):
            return
        self._ticks_told_at = now
        self._stores.metrics.count(Metric.TICKS, self._ticks)
        self._ticks = 0

    def _offer_rechecks(self) -> None:
        claimed = self._stores.due.claim(self._clock.now(), self._machine.seconds(), _CLAIMED_AT_ONCE, LEASE)
        refs = [ref for ref in claimed if not self._threads.is_at(ref)]
        for first in range(0, len(refs), _BATCH):
            self._offers.rechecks.offer(refs[first : first + _BATCH])

    def _offer_deliveries(self) -> float:
        """Seconds until a lane may have to be looked at again."""
        lanes = self._stores.outbox.lanes()
        self._gathering.forget_but(lanes)
        if not lanes:
            return PULSE
        waiting, holds, now = (
            self._offers.deliveries.waiting(),
            self._rate_limits.holds(),
            self._machine.seconds(),
        )
        free = [lane for lane in lanes if not is_ahead(holds.get(lane, 0), now)]
        ready = [lane for lane in free if lane not in waiting and not self._threads.is_at(lane)]
        for lanes_of_a_job in by_job(self._gathering.gathered(ready)):
            self._offers.deliveries.offer(lanes_of_a_job)
        return TICK if free else min(holds[lane] for lane in lanes) - now

    def _step_in(self) -> None:
        """Takes back what was not done in time. Switched off, it comes back by its lease and is offered again."""
        late_rechecks, late_deliveries = self._offers.rechecks.overdue(), self._offers.deliveries.overdue()
        if not self._steps_in:
            return
        for refs in late_rechecks:
            self._threads.decide(refs, self._functions.recheck)
        for lanes in late_deliveries:
            self._threads.deliver(lanes, self._functions.deliver)

    def _pause(self, seconds: float) -> float:
        """Until the next due time exactly, where nothing comes sooner. What is past and is not taken: after a tick."""
        self._due, lease_ends = self._stores.due.next_at(), self._stores.due.lease_ends()
        away = [seconds, PULSE]
        if self._due is not None:
            away.append(self._clock.seconds_until(self._due))
        if lease_ends is not None:
            away.append(lease_ends - self._machine.seconds())
        soonest = min(away)
        return soonest if soonest > 0 else TICK

    def _is_due(self) -> bool:
        """A clock may have been set."""
        return self._due is not None and self._clock.seconds_until(self._due) <= 0
