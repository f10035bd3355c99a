"""The programs of two machines: each composed as its real one is, begun anew when it dies."""

from collections.abc import Callable
from functools import cache

from msgspec.structs import replace
from slack_bolt import App

from bot.ports.bell import Waits
from bot.ports.errors import StoreUnavailable
from bot.ports.rosters import ROSTER
from bot.views.screen import Setting
from cli.compose.bot import watchdog_of
from cli.compose.jobs import job_functions, outages_of
from cli.compose.shared import Files, Parts, files_of, parts_of
from cli.compose.timer_process import timer_of, unsent_of
from cli.listening import Clients, dependencies
from cli.watching import alarm_of, reconciler_of
from config.settings import Settings
from handlers.app import build_app
from handlers.intake import Identity
from handlers.live_pages.refresher import Refresher
from simulation import staff
from simulation.jobs import Jobs, Line
from simulation.network import Outside, SimulatedClient
from simulation.pager import Pager
from simulation.pools import pools_of
from simulation.record import SimulatedStores, rate_limits
from simulation.schedule import Life
from simulation.universe import Host, Universe
from simulation.watched_desk import Watched
from workers.periodic import Stop
from workers.rq.job_functions import Doer, JobFunctions, Work
from workers.timing.timer import TimerThreads
from workers.ways_out.leaving import FailingWays
from workers.ways_out.ways import Ways

_LOOK = 1.0  # seconds
_SLICES = 5.0  # seconds between two looks whether a slice of the round is due
_AGAIN = 1.0
_BEATS = 5.0  # seconds between two signs of life of an idle worker
WAYS = {"fim": {"pager": "simulated://fim"}, "technician": {"pager": "simulated://technician"}}


@cache
def written() -> tuple[Settings, Files]:
    settings = staff.settings()
    return settings, files_of(settings)


def setting_of(universe: Universe) -> Setting:
    """Of somebody beside all of it, whose line never fails and whose clock is right."""
    settings, files = written()
    clock = Host("beside", universe.schedule)
    stores = universe.stores
    return parts_of(settings, files, stores, stores, universe.rate_limits, clock).setting


class Process:
    """What all of them have. It lives until it is killed."""

    kind = ""

    def __init__(self, universe: Universe, host: Host) -> None:
        self.universe = universe
        self.host = host
        self.life = Life(f"{self.kind} {host.name}")
        self.outside = Outside(universe, host, self.life)

    def begin(self) -> None:
        self.universe.schedule.spawn(self.life, self.kind, self.run).request = None

    def run(self) -> None:
        raise NotImplementedError

    def parts(self) -> Parts:
        settings, files = written()
        stores = SimulatedStores(self.universe, self.outside)
        limits = rate_limits(self.universe, self.outside)
        return parts_of(settings, files, stores, stores, limits, self.host)

    def client(self) -> SimulatedClient:
        return SimulatedClient(self.outside, self.host)

    def ways(self, parts: Parts) -> Ways:
        made = {"simulated": lambda _, __: [Pager(self.universe, self.outside)]}
        pools = pools_of(self.universe.schedule, self.life)
        return Ways(WAYS, FailingWays(parts.stores.documents, parts.clock).note, made=made, pools=pools)

    def functions(self, parts: Parts) -> JobFunctions:
        return job_functions(parts, outages_of(parts), self.client(), self.ways(parts))

    def every(self, seconds: float, do: Callable[[], object]) -> None:
        """As `PeriodicTask`: whatever fails, the next turn comes."""

        def again() -> None:
            while True:
                try:
                    do()
                except Exception as error:  # noqa: BLE001 - see above
                    self.universe.failed(self.life, error)
                self.universe.rest(seconds)

        self.universe.schedule.spawn(self.life, f"{self.kind}'s look", again).request = None


class Pause(Stop):
    """The `Stop` of a process that is never told to stop: it gives way."""

    def __init__(self, universe: Universe) -> None:
        """Without the pipe of one that a signal may set."""
        self._universe = universe

    def is_set(self) -> bool:
        return False

    def wait(self, seconds: float, *also: int) -> bool:
        assert not also, "there are no files here"
        self._universe.rest(seconds)
        return False


class SimulatedEar:
    """An `Ear`: whatever happens rings, and is not always heard."""

    def __init__(self, universe: Universe, life: Life) -> None:
        self._universe = universe
        self._life = life

    def rest(self, stop: Waits, seconds: float, is_time: Callable[[], bool]) -> None:  # noqa: ARG002 - as every ear's
        if self._universe.strikes(self._life, "ring lost"):
            self._universe.schedule.sleep(seconds)
        else:
            stop.wait(seconds)


class TimerProcess(Process):
    kind = "timer"

    def __init__(self, universe: Universe, host: Host, rechecks: Jobs, deliveries: Jobs) -> None:
        super().__init__(universe, host)
        self._queues = (rechecks, deliveries)

    def run(self) -> None:
        parts = self.parts()
        functions = self.functions(parts)
        rechecks, deliveries = (Line(jobs, self.outside) for jobs in self._queues)
        threads = TimerThreads(pools_of(self.universe.schedule, self.life))
        ear = SimulatedEar(self.universe, self.life)
        timer = timer_of(parts, rechecks, deliveries, functions, threads, outages_of(parts), ear)
        self._wake_for_shifts(functions)
        self.every(_LOOK, unsent_of(parts).look)
        timer.run(Pause(self.universe))

    def _wake_for_shifts(self, functions: JobFunctions) -> None:
        while True:
            try:
                return functions.recheck([ROSTER], Doer.START)
            except StoreUnavailable:
                self.universe.schedule.sleep(_AGAIN)


class WorkerProcess(Process):
    def __init__(self, universe: Universe, host: Host, jobs: Jobs, kind: str) -> None:
        self.kind = kind
        super().__init__(universe, host)
        self._jobs = jobs

    def run(self) -> None:
        parts = self.parts()
        functions = self.functions(parts)
        do = functions.recheck if self.kind == "recheck" else functions.deliver
        while True:
            try:
                self._one(parts, do)
            except Exception as error:  # noqa: BLE001 - a job that fails ends no worker
                self.universe.failed(self.life, error)
                self.universe.schedule.sleep(_AGAIN)

    def _one(self, parts: Parts, do: Work) -> None:
        parts.stores.heartbeats.beat(self.kind, self.host.seconds())
        job = self.outside.record("jobs.take", self._jobs.take)
        if job is None:
            self._jobs.idle.append(self.universe.schedule.running)
            return self.universe.schedule.sleep(_BEATS)
        do(job.items, Doer.WORKER)
        self.outside.record("jobs.over", lambda: self._jobs.over(job))


class BotProcess(Process):
    kind = "bot"

    def __init__(self, universe: Universe, host: Host) -> None:
        super().__init__(universe, host)
        self.app: App | None = None  # None: not connected

    def run(self) -> None:
        parts, schedule = self.parts(), self.universe.schedule
        desk, duty_desk = Watched(parts.desk, schedule), Watched(parts.duty_desk, schedule)
        parts = replace(parts, desk=desk, duty_desk=duty_desk)
        client = self.client()
        watchdog = watchdog_of(parts, schedule.seconds)
        pools = pools_of(schedule, self.life)
        clients = Clients(asking=self.client(), posting=self.client(), redrawing=self.client())
        deps = dependencies(parts, watchdog, clients, pools=pools, monotonic=schedule.seconds)
        refresher = Refresher(deps)
        identity = Identity(clients.asking)
        app = build_app(deps, refresher, identity)
        reconciler = reconciler_of(parts, watchdog)
        self.every(_SLICES, lambda: reconciler.turn(parts.machine.seconds()))
        self.every(_LOOK, refresher.turn)
        self.every(_LOOK, alarm_of(parts, watchdog, reconciler, client, self.ways(parts), pools).look)
        self._connect(identity)
        self.app = app

    def _connect(self, identity: Identity) -> None:
        while True:
            try:
                identity.learn()
                return
            except Exception as away:  # noqa: BLE001 - as the bot does: whatever its libraries make of it
                self.universe.failed(self.life, away)
                self.universe.schedule.sleep(2.0)


class Machines:
    """Both, with everything on them."""

    def __init__(self, universe: Universe) -> None:
        self._universe = universe
        self._rechecks, self._deliveries = Jobs(universe, "recheck"), Jobs(universe, "deliver")
        self._running: list[Process] = []
        universe.died = self._died
        for host in universe.hosts:
            for process in self._of(host):
                self._start(process)

    def bots(self) -> list[BotProcess]:
        """Those that are connected to Slack."""
        return [one for one in self._running if isinstance(one, BotProcess) and one.app is not None]

    def of(self, host: Host) -> list[Process]:
        return [one for one in self._running if one.host is host]

    def all(self) -> list[Process]:
        return list(self._running)

    def _of(self, host: Host) -> list[Process]:
        ours = self._universe
        return [
            BotProcess(ours, host),
            TimerProcess(ours, host, self._rechecks, self._deliveries),
            WorkerProcess(ours, host, self._rechecks, "recheck"),
            WorkerProcess(ours, host, self._deliveries, "deliver"),
        ]

    def _start(self, process: Process) -> None:
        self._running.append(process)
        process.begin()

    def _died(self, life: Life) -> None:
        dead = next(one for one in self._running if one.life is life)
        self._running.remove(dead)
        after = self._universe.chance.choice((0.2, 0.4, 2.0, 10.0))
        anew = next(one for one in self._of(dead.host) if one.kind == dead.kind)
        fate = self._universe.fate
        self._universe.schedule.spawn(fate, "supervisor", lambda: self._start(anew), after)
