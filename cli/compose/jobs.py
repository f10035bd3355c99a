"""What timer and worker both do (re-check cases, deliver what waits in a lane), and the worker process."""

from functools import partial

from msgspec.structs import asdict

from bot.directory import RosteredDirectory
from bot.pools import THREADS, Pools
from bot.slack import slack_client
from bot.slack.slack_chat import SlackChat
from bot.slack.slack_client import Client
from bot.store.connection import for_queue
from bot.views.cards.renderer import Screens
from cli.compose.configured_ways import ways_of
from cli.compose.shared import Parts, Shared, share
from config.settings import Settings, bot_token
from workers.delivery.claiming import Postponed
from workers.delivery.dispatcher import Dispatcher
from workers.delivery.handover_posts import HandoverPosts
from workers.delivery.outcomes import DeliveryOutcomes, Notes
from workers.delivery.quarantine import Quarantine
from workers.delivery.shut_places import LaneChannels
from workers.delivery.side_by_side import side_by_side
from workers.rq.job_functions import JobFunctions
from workers.rq.rq_worker import work
from workers.timing.outages import Outages
from workers.timing.recheck import Rechecks
from workers.timing.timer import BEAT
from workers.ways_out.drain import OutLanes
from workers.ways_out.leaving import FailingWays, by_lane
from workers.ways_out.ways import Ways


def outages_of(shared: Parts) -> Outages:
    return Outages(
        shared.stores.heartbeats,
        shared.stores.documents,
        shared.clock,
        shared.machine,
        BEAT,
        stood_still=shared.settings.patience.stood_still,
    )


def jobs_of(shared: Shared, outages: Outages) -> JobFunctions:
    """Raises BadSettings."""
    settings = shared.settings
    failing = FailingWays(shared.quick_stores.documents, shared.clock)
    return job_functions(
        shared,
        outages,
        slack_client.delivering(bot_token(settings), settings.slack_base_url).telling(shared.counts_slack),
        ways_of(settings, shared.machine, failing.note),
        THREADS,
    )


def job_functions(
    shared: Parts, outages: Outages, slack: Client, ways: Ways, pools: Pools | None = None
) -> JobFunctions:
    """`pools`: where the lanes of one job are drained; None: one after another."""
    stores, limits, machine = shared.stores, shared.rate_limits, shared.machine
    screens = Screens(shared.setting, shared.clock)
    drain_all = _dispatcher(shared, screens, outages, slack).drain_all
    deliver = by_lane(
        side_by_side(drain_all, pools) if pools else drain_all,
        _out_lanes(shared, screens, ways).drain_all,
        Quarantine(stores, limits, machine).drain_all,
        Postponed(stores.outbox, limits, machine).drain_all,
    )
    rechecks = Rechecks(shared.desk, shared.duty_desk, stores.metrics)
    return JobFunctions(recheck=rechecks.recheck_all, deliver=deliver)


def _out_lanes(shared: Parts, screens: Screens, ways: Ways) -> OutLanes:
    return OutLanes(
        shared.stores,
        shared.desk,
        ways,
        screens,
        shared.setting,
        shared.rate_limits,
        shared.clock,
        shared.machine,
        give_up=shared.settings.patience.give_up,
    )


def _dispatcher(shared: Parts, screens: Screens, outages: Outages, slack: Client) -> Dispatcher:
    settings, stores, clock = shared.settings, shared.stores, shared.clock
    outcomes, chat = DeliveryOutcomes(shared.desk, shared.duty_desk), SlackChat(slack)
    return Dispatcher(
        stores,
        chat,
        screens,
        HandoverPosts(stores.rosters, stores.cases, shared.setting, clock, outcomes),
        _channels(settings, shared.directory),
        shared.rate_limits,
        shared.machine,
        Notes(clock, shared.setting.zone, outages.last),
        outcomes,
        shared.setting,
        clock,
        digest_over=shared.policy.digest_over,
    )


def _channels(settings: Settings, directory: RosteredDirectory) -> LaneChannels:
    given = settings.channels
    return LaneChannels(
        cases=given.cases,
        fim=given.fim,
        roles=given.own,
        direct={role: partial(directory.on_duty, role) for role in given.roles if given.of(role) is None},
    )


# A worker process: it runs the jobs of one queue, and watches nobody.


class WorkerProcess(Shared, frozen=True, kw_only=True):
    functions: JobFunctions

    def run(self, kind: str) -> None:
        """`recheck` or `deliver`, until SIGTERM."""
        queue, stores = self.queue_names[kind], self.stores
        work(
            queue,
            for_queue(self.server),
            self.functions,
            stores.heartbeats,
            stores.metrics,
            self.machine,
            kind,
        )


def compose_worker(settings: Settings) -> WorkerProcess:
    """Raises BadSettings, FileInvalid."""
    shared = share(settings)
    return WorkerProcess(**asdict(shared), functions=jobs_of(shared, outages_of(shared)))
