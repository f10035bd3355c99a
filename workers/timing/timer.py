"""The timer: claims what is due, offers it to the workers, and does itself what nobody has done in time.

Any number may run. A claim is a lease in the due index, a lane is drained under a lease in the outbox; so losing a
timer, a worker or a job costs a lease, never a deadline.
"""

from msgspec import Struct

from bot.ports.rate_limits import RateLimits
from bot.ports.stores import Stores
from bot.time import CaseClock, MachineClock, is_ahead
from workers.rq.job_functions import JobFunctions
from workers.stopping import Stop
from workers.timing.batching import BatchingWindow
from workers.timing.in_flight import InFlightJobs
from workers.timing.outages import Outages
from workers.timing.timer_threads import TimerThreads
from workers.unforeseen import Failing

# Machine seconds. The lease outlasts the workers' patience, so that the timer's own turn comes before anybody else's.
LEASE = 5.0
TICK = 0.05  # an earlier wake-up or a new row in the outbox is seen after this long at the latest
_BATCH = 50  # cases in one job: a job costs RQ some 3 ms, a re-check 1 ms
_CLAIMED_AT_ONCE = 1000
_REST = 1.0  # after Redis did not answer

BEAT = "timer"


class OfferedWork(Struct, frozen=True):
    """What the workers were asked to do."""

    rechecks: InFlightJobs
    deliveries: InFlightJobs


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
        self._steps_in = steps_in
        self._failing = Failing("a timer's cycle")
        self._gathering = BatchingWindow(stores.due, clock, machine)

    def run(self, stop: Stop) -> None:
        """Until told to stop. Waits for a server that is away, and outlives whatever else goes wrong: only a whole
        cycle counts as a sign of life, so the watchdog speaks where none succeeds."""
        while not stop.is_set():
            try:
                pause = self.cycle()
                self._failing.worked()
            except Exception as error:  # noqa: BLE001 - see above
                self._failing.failed(error)
                pause = _REST
            stop.wait(pause)

    def cycle(self) -> float:
        """One look at everything; how long nothing needs looking at (machine seconds)."""
        self._outages.notice()
        self._offer_rechecks()
        self._offer_deliveries()
        self._step_in()
        self._stores.heartbeats.beat(BEAT, self._machine.seconds())
        return self._pause()

    def _offer_rechecks(self) -> None:
        claimed = self._stores.due.claim(self._clock.now(), self._machine.seconds(), _CLAIMED_AT_ONCE, LEASE)
        refs = [ref for ref in claimed if not self._threads.is_at(ref)]
        for first in range(0, len(refs), _BATCH):
            self._offers.rechecks.offer(refs[first : first + _BATCH])

    def _offer_deliveries(self) -> None:
        lanes = self._stores.outbox.lanes()
        self._gathering.forget_but(lanes)
        if not lanes:
            return
        waiting, holds, now = (
            self._offers.deliveries.waiting(),
            self._rate_limits.holds(),
            self._machine.seconds(),
        )
        free = [lane for lane in lanes if not is_ahead(holds.get(lane, 0), now)]
        ready = [lane for lane in free if lane not in waiting and not self._threads.is_at(lane)]
        for lane in self._gathering.gathered(ready):
            self._offers.deliveries.offer([lane])

    def _step_in(self) -> None:
        """Takes back what was not done in time. Switched off, it comes back by its lease and is offered again."""
        late_rechecks, late_deliveries = self._offers.rechecks.overdue(), self._offers.deliveries.overdue()
        if not self._steps_in:
            return
        for refs in late_rechecks:
            self._threads.do(refs, self._functions.recheck)
        for lanes in late_deliveries:
            self._threads.do(lanes, self._functions.deliver)

    def _pause(self) -> float:
        """Until the next due time exactly, where that comes within a tick; else a tick."""
        soonest = self._stores.due.next_at()
        if soonest is None:
            return TICK
        away = self._clock.seconds_until(soonest)
        return away if 0 < away < TICK else TICK
