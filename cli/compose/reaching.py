"""Would a page reach anybody? What the bot's process asks of Slack for it, and whom it tells."""

from collections.abc import Callable

from msgspec.structs import replace

from bot.ports import reach_answers
from bot.slack.slack_chat import SlackChat
from bot.slack.slack_reach import SlackReach
from bot.time import is_ahead
from cli.compose.bot import Bot
from config.settings import Settings
from workers.alarm.matters import Found, Matters
from workers.alarm.notices import ChannelNotices
from workers.alarm.reach_watch import ReachWatch
from workers.alarm.refused_places import ChannelsInUse, refused_places
from workers.reach_asking import ask


def channels_of(settings: Settings) -> ChannelsInUse:
    given = settings.channels
    return ChannelsInUse(cases=given.cases, fim=given.fim, roles=given.own)


def reach_watch(ours: Bot) -> ReachWatch:
    slack, channels = SlackReach(ours.slack), channels_of(ours.settings)
    return ReachWatch(
        lambda before, now: ask(slack, channels.all, _whose(ours), before, now),
        ours.quick_stores.documents,
        ours.reach.in_slack,
        lambda: _wake_all(ours),
        ours.machine,
    )


def _whose(ours: Bot) -> frozenset[str]:
    """Who may be paged: holders of roles on any ladder, and owners."""
    holders = {person for role in ours.policy.paged for person in ours.directory.on_duty(role)}
    cases, _ = ours.quick_stores.cases.readable(ours.quick_stores.cases.open_refs())
    return frozenset(holders | {case.owner for case in cases if case.owner})


def _wake_all(ours: Bot) -> None:
    """Every open case is decided anew: a page may have to leave another way."""
    now = ours.clock.now()
    for ref in ours.quick_stores.cases.open_refs():
        ours.quick_stores.due.wake(ref, now)


def places_of(ours: Bot, watch: ReachWatch) -> Callable[[], Found]:
    """Raises StoreUnavailable."""
    channels = channels_of(ours.settings)

    def found() -> Found:
        now, kept = ours.machine.seconds(), reach_answers.shut_places(ours.quick_stores.documents)
        shut = {channel: one.code for channel, one in kept.items() if is_ahead(one.until, now)}
        asked = watch.asked
        return refused_places(channels, asked.token, {**asked.refused, **shut}, ours.rate_limits.refused())

    return found


def notices(ours: Bot, places: Callable[[], Found]) -> Matters:
    """What is wrong with a place, to the cases channel, once, and once more when it is well."""

    def once() -> Found:
        return {name: matter and replace(matter, lasts=False) for name, matter in places().items()}

    given = ours.settings.channels
    telling = ChannelNotices(SlackChat(ours.slack), (given.cases, given.fim), ours.machine)
    return Matters(
        (once,),
        ours.quick_stores,
        telling.send,
        ours.machine,
        remind=ours.settings.patience.remind,
        name="notices",
        logs=False,
    )
