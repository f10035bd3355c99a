"""What the bot process does beside listening: it redraws what people have before them, watches the timers, and says
when they stand still."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from socket import gethostname
from typing import Any

import structlog
from msgspec.structs import replace

from bot.directory import LastKnown, RosteredDirectory, StoredDirectory
from bot.directory_document import NOTHING, load, load_everybody
from bot.domain.handover import Roster
from bot.domain.people import Role
from bot.pools import THREADS, Pools
from bot.ports.cases import Watch
from bot.ports.errors import StoreUnavailable
from bot.ports.metrics import Metric, total
from bot.ports.stores import Stores
from bot.slack.slack_chat import SlackChat
from bot.slack.slack_client import Client
from bot.store.one_reading import in_one_reading
from bot.views.screen import Setting
from bot.views.wording import record_words
from cli.compose.anchoring import anchor_keeper
from cli.compose.bot import Bot
from cli.compose.reaching import fim_notices, notices, places_of, reach_watch, unsafe_of
from cli.compose.shared import Parts
from cli.listening import Listening
from cli.measuring import Measuring
from workers.alarm.alarm import Alarm
from workers.alarm.banner import Banner
from workers.alarm.calls import Calls
from workers.alarm.content_switch import ContentSwitch
from workers.alarm.damage import damaged, doubted
from workers.alarm.healthz import Facts, HealthServer
from workers.alarm.log_watch import EVERY as LOG_WATCHED
from workers.alarm.log_watch import LogWatch
from workers.alarm.matters import Found, Matters
from workers.alarm.notifier import Notifier
from workers.alarm.open_round import TURN
from workers.alarm.reach_watch import ReachWatch, unheard_roles
from workers.alarm.reconciler import EVERY, Reconciler
from workers.alarm.record_round import RecordRound, tampered
from workers.alarm.refused_places import unknown_quiet
from workers.alarm.sources import (
    NoLine,
    failing_ways,
    lost_groups,
    no_replies,
    not_logged,
    not_logged_yet,
    refused_jobs,
    second_copy,
    skew,
    unmonitored,
    unread_lists,
)
from workers.alarm.this_bot import has_ended, this_bot
from workers.alarm.watchdog import Watchdog
from workers.anchors.anchor_keeper import AnchorKeeper
from workers.delivery.mended_rows import LostPages
from workers.periodic import PeriodicTask
from workers.ways_out.ways import Ways

log = structlog.get_logger()

_LOOK = 1.0  # machine seconds between two looks: of the watchdog, and for a change in what is shown
_PORT_LOOK = 2.0  # machine seconds between two tries to listen for who monitors
_ANCHOR_LOOK = 10.0  # machine seconds between two looks whether an hour has begun


@contextmanager
def watching(ours: Bot, listening: Listening) -> Iterator[None]:
    """For as long as the block lasts."""
    watch = reach_watch(ours)
    listening.hears(watch.heard)
    places, unsafe = places_of(ours, watch), unsafe_of(ours)
    reconciler = reconciler_of(ours, ours.watchdog, lambda: _shut(ours, places))
    with ExitStack() as running:
        anchors = anchor_keeper(ours)
        switch = ContentSwitch(ours.stores, ours.desk, ours.duty_desk, full=ours.setting.full)
        log_watch = LogWatch(ours.stores.processing_log, ours.stores.log_reader)
        health = _health(
            ours,
            lambda: _facts(ours, listening, reconciler, matters, watch, switch),
            Measuring(ours, listening, reconciler, watch).page,
        )
        also = (
            switch.found,
            log_watch.found,
            lambda: unmonitored(health.trouble if health else "", this_bot()),
        )
        matters = _matters(ours, listening, places, unsafe, watch, anchors, also)
        for what, look, every in (
            ("what is redrawn", listening.refresher.turn, _LOOK),
            ("the switch of what may be shown", switch.look, _LOOK),
            ("the reconciler", lambda: reconciler.turn(ours.machine.seconds()), TURN),
            ("the check of the record", record_round_of(ours).look, EVERY),
            ("the look for workers", lambda: _miss_workers(ours), EVERY),
            ("the alarm", alarm_of(ours, ours.watchdog, reconciler, ours.slack, ours.ways).look, _LOOK),
            ("the look for a second installation", listening.lookout.look, _LOOK),
            ("counting connections", listening.lookout.count, _LOOK),
            ("the look at who can be reached", watch.look, _LOOK),
            ("what the technician is told", matters.look, _LOOK),
            ("the look at the processing log", log_watch.look, LOG_WATCHED),
            ("what the cases channel is told", notices(ours, places).look, _LOOK),
            ("what the FIM is told of channels", fim_notices(ours, unsafe, "unsafe channels").look, _LOOK),
            (
                "what the FIM is told of the record",
                fim_notices(ours, lambda: _others_wrote(ours, anchors), "doubted documents").look,
                _LOOK,
            ),
        ):
            running.enter_context(PeriodicTask(in_one_reading(look), every=every, what=what))
        if anchors is not None:
            look_at = PeriodicTask(anchors.look, every=_ANCHOR_LOOK, what="the anchor of the record")
            running.enter_context(look_at)
        if ours.texting is not None and ours.settings.notify is not None:
            every = ours.settings.notify.poll
            running.enter_context(PeriodicTask(ours.texting.look, every=every, what="the look for replies"))
        if health is not None:
            running.enter_context(health)
            again = PeriodicTask(health.look, every=_PORT_LOOK, what="listening for who monitors")
            running.enter_context(again)
        yield


def _health(ours: Bot, facts: Callable[[], Facts], page: Callable[[], bytes]) -> HealthServer | None:
    asked = ours.settings.health
    if asked.port is None:
        return None
    return HealthServer(ours.watchdog, facts, ours.machine, asked.address, asked.port, page)


def _matters(
    ours: Bot,
    listening: Listening,
    places: Callable[[], Found],
    unsafe: Callable[[], Found],
    watch: ReachWatch,
    anchors: AnchorKeeper | None,
    also: Sequence[Callable[[], Found]],
) -> Matters:
    host, bot = gethostname(), this_bot()
    sources: tuple[Callable[[], Found], ...] = (
        NoLine(lambda: listening.is_connected, lambda: listening.trouble, ours.machine, bot),
        places,
        unsafe,
        lambda: unknown_quiet(watch.asked.quiet_unknown),
        lambda: unread_lists(load(ours.quick_stores.documents) or NOTHING),
        lambda: skew(ours.slack.ahead, host),
        lambda: second_copy(listening.lookout),
        lambda: failing_ways(ours.failing_ways.last(ours.ways.all), ours.directory.name),
        refused_jobs(ours.quick_stores, ours.machine),
        not_logged(ours.quick_stores, ours.machine),
        lambda: not_logged_yet(ours.stores.processing_log.waiting, bot),
        lambda: damaged(ours.quick_stores),
        lambda: _others_wrote(ours, anchors),
        lambda: anchors.unwritten() if anchors else {},
        lambda: no_replies(ours.texting.wrong if ours.texting else ""),
        *also,
    )
    return Matters(
        sources,
        ours.quick_stores,
        ours.ways.send,
        ours.machine,
        remind=ours.settings.patience.remind,
        ours=frozenset({host, bot}),
        has_ended=has_ended,
    )


def _others_wrote(ours: Bot, anchors: AnchorKeeper | None) -> Found:
    """To the record, or put it back: what FIM and technician both have to know."""
    documents = doubted(ours.quick_stores, ours.setting.zone)
    records = tampered(ours.quick_stores.documents, ours.setting.zone)
    return {**documents, **records, **(anchors.behind() if anchors else {})}


def _shut(ours: Bot, places: Callable[[], Found]) -> list[str]:
    """Sentences: what Slack gives no more until somebody mends it. Raises StoreUnavailable."""
    groups = lost_groups(load(ours.quick_stores.documents) or NOTHING)
    return [*(matter.says for matter in places().values() if matter), *groups]


def _miss_workers(ours: Bot) -> None:
    """Quietly, for the technician: pages go all the same, since the timer does the workers' work."""
    for kind in ours.watchdog.silent_workers(ours.queue_names):
        log.warning("no worker shows life, the timer does its work", kind=kind)


def reconciler_of(ours: Parts, watch: Watch, places: Callable[[], list[str]] = list) -> Reconciler:
    def mans(role: Role) -> bool:
        return bool(ours.directory.on_duty(role))

    url = ours.settings.heartbeat_url
    return Reconciler(
        ours.quick_stores,
        ours.policy,
        mans,
        ours.clock,
        watch,
        places,
        LostPages(ours.stores, ours.desk, ours.clock).write_again,
        lambda refs: ours.book.read_anew(refs, ours.quick_stores.cases),
        patience=ours.settings.patience.slack,
        heartbeat_url=url.get_secret_value() if url else None,
    )


def record_round_of(ours: Bot) -> RecordRound:
    quick = ours.quick_stores
    return RecordRound(quick.checks, quick.documents, ours.clock, ours.machine)


def alarm_of(
    ours: Parts,
    watchdog: Watchdog,
    reconciler: Reconciler,
    slack: Client,
    ways: Ways,
    pools: Pools = THREADS,
) -> Alarm:
    setting = _setting_of_the_alarm(ours)
    notifier = Notifier(
        ours.quick_stores.requests,
        Banner(SlackChat(slack), ours.settings.channels.fim, ours.machine),
        Calls(ways, setting.directory.on_duty, pools),
        setting,
        ours.clock,
        ours.machine,
        remind=ours.settings.patience.remind,
    )
    documents = ours.quick_stores.documents
    return Alarm(
        watchdog,
        reconciler.known,
        lambda: reconciler.found.unreadable,
        documents,
        notifier,
        ours.machine,
    )


def _setting_of_the_alarm(ours: Parts) -> Setting:
    """Whom it calls is known while the record is away, which is when it has to call."""
    stores = ours.quick_stores
    force = StoredDirectory(
        LastKnown(partial(load, stores.documents), None, StoreUnavailable),
        LastKnown(partial(load_everybody, stores.documents), None, StoreUnavailable),
        ours.machine,
        ours.settings.whose,
    )
    read = LastKnown(stores.rosters.known, Roster(), StoreUnavailable)
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
    return {"counted": {metric.value: total(counts, metric) for metric in Metric}}


def _facts(
    ours: Bot,
    listening: Listening,
    reconciler: Reconciler,
    matters: Matters,
    watch: ReachWatch,
    switch: ContentSwitch,
) -> Facts:
    pulse, found = ours.watchdog.pulse(), reconciler.found
    silent = ours.watchdog.silent_workers(ours.queue_names)
    stuck = reconciler.stuck()
    undecided = pulse.undecided.keys() - set(found.unreadable)
    stopped = [
        *([record_words.stands(ours.watchdog.trouble)] if ours.watchdog.trouble else []),
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
        "unreadable_cases": len(found.unreadable_cases),
        "stuck_high_cases": len(stuck),
        "cards_that_may_show_names": switch.left,
        "oldest_unsent": found.oldest_unsent.isoformat() if found.oldest_unsent else None,
        "event_lag_seconds": listening.event_lag,
        "seconds_ahead_of_slack": ours.slack.ahead,
        "connections_to_slack": listening.lookout.counted,
        **duty_list(ours.quick_stores, ours.machine.seconds()),
        **counted(ours.quick_stores),
    }
    return Facts(stopped=" ".join(stopped), degraded=tuple(dict.fromkeys(degraded)), known=known)
