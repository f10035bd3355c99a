"""A worker process: it runs the jobs of one queue, and watches nobody."""

from msgspec.structs import asdict

from bot.store.connection import for_queue
from cli.compose.jobs import job_functions, outages_of
from cli.compose.shared import Shared, share
from config.settings import Settings
from workers.rq.job_functions import JobFunctions
from workers.rq.rq_worker import work


class WorkerProcess(Shared, frozen=True, kw_only=True):
    functions: JobFunctions

    def run(self, kind: str) -> None:
        """`recheck` or `deliver`, until SIGTERM."""
        queue, stores = self.queue_names[kind], self.stores
        work(
            queue, for_queue(self.url), self.functions, stores.heartbeats, stores.metrics, self.machine, kind
        )


def compose_worker(settings: Settings) -> WorkerProcess:
    """Raises BadSettings, FileInvalid."""
    shared = share(settings)
    return WorkerProcess(**asdict(shared), functions=job_functions(shared, outages_of(shared)))
