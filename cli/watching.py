"""What the bot process does beside listening: it redraws what people have before them, watches the timers, and says
when they stand still."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from os import getpid
from socket import gethostname
from typing import Any

import structlog
from msgspec.structs import replace

from bot.directory import LastKnown, RosteredDirectory, StoredDirectory
from bot.directory_document import NOTHING, load, load_everybody
from bot.domain.handover import Roster
from bot.domain.people import Role
from bot.ports.errors import StoreUnavailable, Unreadable
from bot.ports.notes import Metric
from bot.ports.stores import Stores
from bot.slack.slack_chat import SlackChat
from bot.views.screen import Setting
from cli.compose.bot import Bot
from cli.compose.reaching import notices, places_of, reach_watch
from cli.listening import Listening
from workers.alarm.alarm import Alarm
from workers.alarm.calls import Calls
from workers.alarm.healthz import Facts, HealthServer
from workers.alarm.matters import Found, Matters
from workers.alarm.notifier import Banner, Notifier
from workers.alarm.reach_watch import ReachWatch, unheard_roles
from workers.alarm.reconciler import EVERY, Reconciler
from workers.alarm.refused_places import unknown_quiet
from workers.alarm.sources import (
    NoLine,
    RefusedJobs,
    failing_ways,
    lost_groups,
    no_replies,
    second_copy,
    skew,
    unread_lists,
)
from workers.periodic import PeriodicTask

log = structlog.get_logger()

_LOOK = 1.0  # machine seconds between two looks: of the watchdog, and for a change in what is shown


@contextmanager
def watching(ours: Bot, listening: Listening) -> Iterator[None]:
    """For as long as the block lasts. Raises OSError where the port of /healthz is taken."""
    watch = reach_watch(ours)
    listening.hears(watch.heard)
    places = places_of(ours, watch)
    reconciler = _reconciler(ours, lambda: _shut(ours, places))
    with ExitStack() as running:
        matters = _matters(ours, listening, places, watch)
        for what, look, every in (
            ("what is redrawn", listening.refresher.turn, _LOOK),
            ("the reconciler", reconciler.walk, EVERY),
            ("the look for workers", lambda: _miss_workers(ours), EVERY),
            ("the alarm", _alarm(ours, reconciler).look, _LOOK),
            ("the look for a second installation", listening.lookout.look, _LOOK),
            ("counting connections", listening.lookout.count, _LOOK),
            ("the look at who can be reached", watch.look, _LOOK),
            ("what the technician is told", matters.look, _LOOK),
            ("what the cases channel is told", notices(ours, places).look, _LOOK),
        ):
            running.enter_context(PeriodicTask(look, every=every, what=what))
        if ours.texting is not None and ours.settings.notify is not None:
            every = ours.settings.notify.poll
            running.enter_context(PeriodicTask(ours.texting.look, every=every, what="the look for replies"))
        if (port := ours.settings.health.port) is not None:
            address = ours.settings.health.address
            health = HealthServer(
                ours.watchdog,
                lambda: _facts(ours, listening, reconciler, matters, watch),
                ours.machine,
                address,
                port,
            )
            running.enter_context(health)
        yield


def _matters(ours: Bot, listening: Listening, places: Callable[[], Found], watch: ReachWatch) -> Matters:
    host = gethostname()
    bot = f"{host}, process {getpid()}"
    sources = (
        NoLine(lambda: listening.is_connected, lambda: listening.trouble, ours.machine, bot),
        places,
        lambda: unknown_quiet(watch.asked.quiet_unknown),
        lambda: unread_lists(load(ours.quick_stores.documents) or NOTHING),
        lambda: skew(ours.slack.ahead, host),
        lambda: second_copy(listening.lookout),
        lambda: failing_ways(ours.failing_ways.last(ours.ways.all), ours.directory.name),
        RefusedJobs(ours.quick_stores, ours.machine),
        lambda: no_replies(ours.texting.wrong if ours.texting else ""),
    )
    return Matters(
        sources,
        ours.quick_stores,
        ours.ways.send,
        ours.machine,
        remind=ours.settings.patience.remind,
        ours=frozenset({host, bot}),
    )


def _shut(ours: Bot, places: Callable[[], Found]) -> list[str]:
    """Sentences: what Slack gives no more until somebody mends it. Raises StoreUnavailable."""
    groups = lost_groups(load(ours.quick_stores.documents) or NOTHING)
    return [*(matter.says for matter in places().values() if matter), *groups]


def _miss_workers(ours: Bot) -> None:
    """Quietly, for the technician: pages go all the same, since the timer does the workers' work."""
    for kind in ours.watchdog.silent_workers(ours.queue_names):
        log.warning("no worker shows life, the timer does its work", kind=kind)


def _reconciler(ours: Bot, places: Callable[[], list[str]]) -> Reconciler:
    def mans(role: Role) -> bool:
        return bool(ours.directory.on_duty(role))

    url = ours.settings.heartbeat_url
    return Reconciler(
        ours.quick_stores,
        ours.policy,
        mans,
        ours.clock,
        ours.watchdog,
        places,
        patience=ours.settings.patience.slack,
        heartbeat_url=url.get_secret_value() if url else None,
    )


def _alarm(ours: Bot, reconciler: Reconciler) -> Alarm:
    setting = _setting_of_the_alarm(ours)
    notifier = Notifier(
        ours.quick_stores.requests,
        Banner(SlackChat(ours.slack), ours.settings.channels.fim, ours.machine),
        Calls(ours.ways, setting.directory.on_duty),
        setting,
        ours.clock,
        ours.machine,
        remind=ours.settings.patience.remind,
    )
    documents = ours.quick_stores.documents
    return Alarm(
        ours.watchdog,
        reconciler.known,
        lambda: reconciler.found.unreadable,
        documents,
        notifier,
        ours.machine,
    )


def _setting_of_the_alarm(ours: Bot) -> Setting:
    """Whom it calls is known while the record is away, which is when it has to call."""
    stores = ours.quick_stores
    force = StoredDirectory(
        LastKnown(partial(load, stores.documents), None, StoreUnavailable),
        LastKnown(partial(load_everybody, stores.documents), None, StoreUnavailable),
        ours.machine,
        ours.settings.whose,
    )
    read = LastKnown(stores.rosters.load, Roster(), StoreUnavailable, Unreadable)
    directory = RosteredDirectory(force, read, ours.machine)
    return replace(ours.setting, directory=directory, appointments=force)


def duty_list(stores: Stores, machine_now: float) -> dict[str, Any]:
    """How long ago the oldest of the user groups gave an answer; None where one never did."""
    try:
        known = load(stores.documents) or NOTHING
    except StoreUnavailable:
        return {}
    ages = [answer.age(machine_now) for answer in known.holders.values()]
    oldest = max(ages, default=0.0)
    return {"duty_list_age_seconds": None if oldest == float("inf") else round(oldest, 1)}


def _unconnected(why: str) -> str:
    return f"The bot has no connection to Slack ({why})." if why else "The bot has no connection to Slack."


def counted(stores: Stores) -> dict[str, Any]:
    """Every metric, those of nothing too. While the record is away they are left out, and the rest is told."""
    try:
        counts = stores.metrics.read()
    except StoreUnavailable:
        return {}
    return {"counted": {metric.value: counts.get(metric, 0) for metric in Metric}}


def _facts(
    ours: Bot, listening: Listening, reconciler: Reconciler, matters: Matters, watch: ReachWatch
) -> Facts:
    pulse, found = ours.watchdog.pulse(), reconciler.found
    silent = ours.watchdog.silent_workers(ours.queue_names)
    stuck = reconciler.stuck()
    undecided = pulse.undecided.keys() - set(found.unreadable)
    stopped = [
        *(["No timer looks at the time."] if pulse.stopped_since else []),
        *([f"{len(undecided)} cases are due and are not decided."] if undecided else []),
        *([f"Pages of {len(stuck)} HIGH cases reach nobody in Slack: ring them."] if stuck else []),
        *reconciler.shut_places(),
        *([] if listening.is_connected else [_unconnected(listening.trouble)]),
    ]
    degraded = [
        *(f"No worker does {kind}: the timer does it, more slowly." for kind in silent),
        *reconciler.wrong(),
        *matters.standing,
    ]
    unheard = unheard_roles(watch.reach)
    degraded += [
        f"Nobody on duty as {role} would hear a page in Slack ({why})." for role, why in unheard.items()
    ]
    known: dict[str, Any] = {
        "unheard_roles": unheard,
        "last_check": pulse.last_check.isoformat() if pulse.last_check else None,
        "open_cases": found.open,
        "high_cases": len(found.high),
        "unreadable_cases": len(found.unreadable),
        "stuck_high_cases": len(stuck),
        "oldest_unsent": found.oldest_unsent.isoformat() if found.oldest_unsent else None,
        "event_lag_seconds": listening.event_lag,
        "seconds_ahead_of_slack": ours.slack.ahead,
        "connections_to_slack": listening.lookout.counted,
        **duty_list(ours.quick_stores, ours.machine.seconds()),
        **counted(ours.quick_stores),
    }
    return Facts(stopped=" ".join(stopped), degraded=tuple(dict.fromkeys(degraded)), known=known)
