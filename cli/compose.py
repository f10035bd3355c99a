"""Settings → everything that a process of the bot works with. The only place where the parts are put together."""

from collections.abc import Callable, Mapping
from functools import partial
from hmac import digest
from zoneinfo import ZoneInfo

from msgspec import Struct
from redis import Redis

from bot.desk import Desk
from bot.directory import RosteredDirectory, StoredDirectory
from bot.directory import load as load_directory
from bot.domain.policy import Policy
from bot.duty_desk import DutyDesk
from bot.files import language_file, policy_file, reasons_file, risk_words_file
from bot.files.time_file import TimeFile
from bot.ports.errors import StoreUnavailable
from bot.ports.rosters import ROSTER
from bot.slack import slack_client
from bot.slack.slack_chat import SlackChat
from bot.slack.slack_client import Client
from bot.store.connection import for_queue, for_store, for_watching
from bot.store.redis_copies import RedisCopies
from bot.store.redis_rate_limits import RedisRateLimits
from bot.store.redis_stores import RedisStores, Secrets
from bot.time import CaseClock, HostClock
from bot.views.cards.renderer import Screens
from bot.views.screen import Setting
from config.settings import DIRECT, BadSettings, Content, Settings, bot_token, socket_token
from workers.alarm.watchdog import Watchdog, WatchdogPatience
from workers.delivery.dispatcher import Dispatcher
from workers.delivery.handover_posts import HandoverPosts
from workers.delivery.lane_channels import LaneChannels
from workers.delivery.outcomes import DeliveryOutcomes
from workers.delivery.page_notes import Notes
from workers.delivery.postponed import Postponed
from workers.delivery.quarantine import Quarantine
from workers.periodic import PeriodicTask
from workers.rq.job_functions import DELIVER_JOB, RECHECK_JOB, JobFunctions
from workers.rq.job_queue import RqQueue
from workers.rq.rq_worker import work
from workers.stopping import Stop
from workers.timing.in_flight import InFlightJobs
from workers.timing.outages import Outages
from workers.timing.recheck import Rechecks
from workers.timing.timer import BEAT, OfferedWork, Timer
from workers.timing.timer_threads import TimerThreads
from workers.unforeseen import Failing
from workers.ways_out.drain import OutLanes
from workers.ways_out.failing import FailingWays
from workers.ways_out.out_lanes import by_lane
from workers.ways_out.unsent import Unsent
from workers.ways_out.ways import BadWay, Sent, Ways

_AGAIN = 1.0  # machine seconds after which a record that is away is asked again


class Bot(Struct, frozen=True, kw_only=True):
    settings: Settings
    url: str
    redis: Redis
    stores: RedisStores
    policy: Policy
    machine: HostClock
    clock: CaseClock
    directory: RosteredDirectory
    force: StoredDirectory
    desk: Desk
    duty_desk: DutyDesk
    slack: Client
    setting: Setting
    functions: JobFunctions
    outages: Outages
    quick_stores: RedisStores  # for who must notice, before it has to speak, that the server is away
    copies: RedisCopies
    watchdog: Watchdog
    ways: Ways
    failing_ways: FailingWays
    unsent: Unsent

    @property
    def queue_names(self) -> Mapping[str, str]:
        """Kind of worker → its queue."""
        return {kind: f"{self.settings.prefix}-{kind}" for kind in ("recheck", "deliver")}

    def run_timer(self, stop: Stop) -> None:
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
            rate_limits_of(self.redis, self.settings),
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
                self.functions.recheck([ROSTER], "start")
                return failing.worked()
            except StoreUnavailable as away:
                failing.failed(away)
                stop.wait(_AGAIN)

    def run_worker(self, kind: str) -> None:
        """`recheck` or `deliver`, until SIGTERM."""
        queue = self.queue_names[kind]
        stores = self.stores
        work(
            queue, for_queue(self.url), self.functions, stores.heartbeats, stores.metrics, self.machine, kind
        )


def check(settings: Settings) -> None:
    """Before any process is started: that all of them will find what they need. Raises BadSettings, FileInvalid."""
    socket_token(settings)
    ways_of(settings)
    policy_file.load(settings.policy_file)
    reasons_file.load()
    language_file.load()
    risk_words_file.shipped()


def compose(settings: Settings) -> Bot:
    """Raises BadSettings, FileInvalid."""
    if settings.redis_url is None:
        raise BadSettings("REDIS_URL is not set. Name a server, or use `missing-bot run`, which starts one.")
    url = settings.redis_url.get_secret_value()
    redis = for_store(url)
    stores = RedisStores(redis, _secrets(settings), prefix=settings.prefix)
    policy = policy_file.load(settings.policy_file)
    machine = HostClock()
    clock = _case_clock(settings, machine)
    force = StoredDirectory(partial(load_directory, stores.documents), machine)
    directory = RosteredDirectory(force, force, stores.rosters.load, machine)
    desk = Desk(stores.cases, policy, clock, directory)
    duty_desk = DutyDesk(stores.rosters, policy, clock, directory, force, zone=ZoneInfo(settings.zone))
    slack = slack_client.delivering(bot_token(settings), settings.slack_base_url)
    setting = _setting(settings, policy, directory, force)
    still = settings.patience.stood_still
    outages = Outages(stores.heartbeats, stores.documents, clock, machine, BEAT, stood_still=still)
    watching = for_watching(url)
    quick = RedisStores(watching, _secrets(settings), prefix=settings.prefix)
    failing = FailingWays(quick.documents)
    ways = ways_of(settings, failing.note)
    screens, rate_limits = Screens(setting, clock), rate_limits_of(redis, settings)
    give_up = settings.patience.give_up
    out = OutLanes(stores, desk, ways, screens, policy, rate_limits, clock, machine, give_up=give_up)
    delivery = Dispatcher(
        stores,
        SlackChat(slack),
        screens,
        HandoverPosts(stores.rosters, stores.cases, setting, clock),
        _channels(settings, directory),
        rate_limits,
        machine,
        Notes(clock, setting.zone, outages.last),
        DeliveryOutcomes(desk),
        setting,
        clock,
        digest_over=policy.digest_over,
    )
    rechecks, quarantine = Rechecks(desk, duty_desk, stores.metrics), Quarantine(stores, rate_limits, machine)
    postponed = Postponed(stores.outbox, rate_limits, machine)
    deliver = by_lane(delivery.drain_all, out.drain_all, quarantine.drain_all, postponed.drain_all)
    return Bot(
        settings=settings,
        url=url,
        redis=redis,
        stores=stores,
        policy=policy,
        machine=machine,
        clock=clock,
        directory=directory,
        force=force,
        desk=desk,
        duty_desk=duty_desk,
        slack=slack,
        setting=setting,
        functions=JobFunctions(recheck=rechecks.recheck_all, deliver=deliver),
        outages=outages,
        quick_stores=quick,
        copies=RedisCopies(watching, settings.prefix),
        watchdog=_watchdog(settings, quick, clock, machine),
        ways=ways,
        failing_ways=failing,
        unsent=Unsent(stores, desk, clock, rate_limits.refused, patience=settings.patience.slack),
    )


def rate_limits_of(redis: Redis, settings: Settings) -> RedisRateLimits:
    return RedisRateLimits(redis, settings.prefix, edits_a_minute=settings.edits_a_minute)


def ways_of(settings: Settings, note: Callable[[str, Sent], None] = lambda _, __: None) -> Ways:
    """`note` is told of each outcome. Raises BadSettings."""
    given = {
        recipient: {name: url.get_secret_value() for name, url in ways.items()}
        for recipient, ways in settings.ways_out.items()
    }
    try:
        return Ways(given, note)
    except BadWay as bad:
        raise BadSettings(f"MISSING_WAYS_OUT is wrong: {bad}.") from None


def _watchdog(settings: Settings, stores: RedisStores, clock: CaseClock, machine: HostClock) -> Watchdog:
    patience = WatchdogPatience(silent=settings.patience.silent, undecided=settings.patience.undecided)
    return Watchdog(stores, clock, machine, BEAT, patience)


def _secrets(settings: Settings) -> Secrets:
    """One key to keep safe; one for each purpose, neither of which tells the other."""
    key = bytes.fromhex(settings.record_key.get_secret_value())
    return Secrets(chain=digest(key, b"chain", "sha256"), index=digest(key, b"index", "sha256"))


def _case_clock(settings: Settings, machine: HostClock) -> CaseClock:
    time = settings.case_time
    if time.file is not None:
        return CaseClock.told_by(TimeFile(time.file).stretches, machine)
    if time.started is None:
        return CaseClock(machine)
    return CaseClock(machine, speed=time.speed, started=time.started.timestamp(), origin=time.origin)


def _setting(
    settings: Settings, policy: Policy, directory: RosteredDirectory, force: StoredDirectory
) -> Setting:
    return Setting(
        policy=policy,
        directory=directory,
        zone=ZoneInfo(settings.zone),
        reasons=reasons_file.load(),
        language=language_file.load(),
        risk_words=risk_words_file.shipped(),
        full=settings.content is Content.FULL,
        real_time=settings.case_time.is_real,
        mentions={role: f"<!subteam^{group}>" for role, group in settings.user_groups.items()},
        appointments=force,
    )


def _channels(settings: Settings, directory: RosteredDirectory) -> LaneChannels:
    given = settings.channels
    return LaneChannels(
        cases=given.cases,
        fim=given.fim,
        roles={role: place for role, place in given.roles.items() if place != DIRECT},
        direct={
            role: partial(directory.on_duty, role) for role, place in given.roles.items() if place == DIRECT
        },
    )
