"""The timer process: it claims what is due, and does what no worker does in time."""

from msgspec.structs import asdict

from bot.ports.errors import StoreUnavailable
from bot.ports.rosters import ROSTER
from bot.store.connection import for_store
from cli.compose.jobs import job_functions, outages_of
from cli.compose.shared import Shared, share
from config.settings import Settings
from workers.periodic import Failing, PeriodicTask, Stop
from workers.rq.job_functions import DELIVER_JOB, RECHECK_JOB, Doer, JobFunctions
from workers.rq.job_queue import RqQueue
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
        queues = for_store(self.url)
        offers = OfferedWork(
            rechecks=InFlightJobs(RqQueue(queues, self.queue_names["recheck"], RECHECK_JOB), self.machine),
            deliveries=InFlightJobs(RqQueue(queues, self.queue_names["deliver"], DELIVER_JOB), self.machine),
        )
        threads = TimerThreads()
        timer = Timer(
            self.stores,
            self.clock,
            self.machine,
            self.rate_limits,
            offers,
            self.functions,
            threads,
            self.outages,
            steps_in=self.settings.timer_steps_in,
        )
        try:
            self._wake_for_shifts(stop)
            with PeriodicTask(self.unsent.look, every=1.0, what="the look for unsent pages"):
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


def compose_timer(settings: Settings) -> TimerProcess:
    """Raises BadSettings, FileInvalid."""
    shared = share(settings)
    outages = outages_of(shared)
    return TimerProcess(
        **asdict(shared),
        functions=job_functions(shared, outages),
        outages=outages,
        unsent=Unsent(
            shared.stores,
            shared.desk,
            shared.duty_desk,
            shared.clock,
            shared.rate_limits.refused,
            patience=settings.patience.slack,
        ),
    )
