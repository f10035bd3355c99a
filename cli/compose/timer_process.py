"""The timer process: it claims what is due, and does what no worker does in time."""

from msgspec.structs import asdict

from bot.ports.bell import Ear
from bot.ports.errors import StoreUnavailable
from bot.ports.rosters import ROSTER
from bot.store.connection import for_probing, for_store
from cli.compose.jobs import jobs_of, outages_of
from cli.compose.shared import Parts, Shared, share
from config.settings import Settings
from workers.delivery.mended_rows import DamagedRows
from workers.periodic import Failing, PeriodicTask, Stop
from workers.rq.job_functions import DELIVER_JOB, RECHECK_JOB, Doer, JobFunctions
from workers.rq.job_queue import JobQueue, RqQueue
from workers.timing.in_flight import InFlightJobs
from workers.timing.outages import Outages
from workers.timing.timer import OfferedWork, Timer, TimerThreads
from workers.ways_out.leaving import Unsent

_AGAIN = 1.0  # machine seconds after which a record that is away is asked again


class TimerProcess(Shared, frozen=True, kw_only=True):
    functions: JobFunctions
    outages: Outages
    unsent: Unsent

    def run(self, stop: Stop) -> None:
        queues, threads = for_store(self.server), TimerThreads()
        ear = self.stores.ear(for_probing(self.server))
        timer = timer_of(
            self,
            RqQueue(queues, self.queue_names["recheck"], RECHECK_JOB),
            RqQueue(queues, self.queue_names["deliver"], DELIVER_JOB),
            self.functions,
            threads,
            self.outages,
            ear,
        )
        try:
            self._wake_for_shifts(stop)
            with (
                ear,
                PeriodicTask(self.unsent.look, every=1.0, what="the look for unsent pages"),
                PeriodicTask(DamagedRows(self.stores).look, every=1.0, what="the look for damaged rows"),
            ):
                timer.run(stop)
        finally:
            threads.close()

    def _wake_for_shifts(self, stop: Stop) -> None:
        """From now on the timer wakes up for the changes of shift; where the record is away, once it is there."""
        failing = Failing("waking for the changes of shift")
        while not stop.is_set():
            try:
                self.functions.recheck([ROSTER], Doer.START)
                return failing.worked()
            except StoreUnavailable as away:
                failing.failed(away)
                stop.wait(_AGAIN)


def timer_of(
    shared: Parts,
    rechecks: JobQueue,
    deliveries: JobQueue,
    functions: JobFunctions,
    threads: TimerThreads,
    outages: Outages,
    ear: Ear,
) -> Timer:
    return Timer(
        shared.stores,
        shared.clock,
        shared.machine,
        shared.rate_limits,
        OfferedWork(
            rechecks=InFlightJobs(rechecks, shared.machine),
            deliveries=InFlightJobs(deliveries, shared.machine),
        ),
        functions,
        threads,
        outages,
        ear,
        steps_in=shared.settings.timer_steps_in,
    )


def unsent_of(shared: Parts) -> Unsent:
    return Unsent(
        shared.stores,
        shared.desk,
        shared.duty_desk,
        shared.clock,
        shared.machine,
        shared.rate_limits.refused,
        patience=shared.settings.patience.slack,
    )


def compose_timer(settings: Settings) -> TimerProcess:
    """Raises BadSettings, FileInvalid."""
    shared = share(settings)
    outages = outages_of(shared)
    return TimerProcess(
        **asdict(shared),
        functions=jobs_of(shared, outages),
        outages=outages,
        unsent=unsent_of(shared),
    )
