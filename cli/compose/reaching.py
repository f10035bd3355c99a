"""Would a page reach anybody? What the bot's process asks of Slack for it, and whom it tells."""

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from bot.domain.people import AccountKind
from bot.domain.policy import Policy
from bot.ports import reach_answers
from bot.ports.reach_answers import ReachAnswers
from bot.ports.rosters import Directory
from bot.slack.slack_chat import SlackChat
from bot.slack.slack_reach import SlackReach
from bot.time import is_ahead
from bot.views.lists.in_order import Outlined
from cli.compose.bot import Bot
from config.settings import Settings
from handlers.live_pages.board_keeper import wanted
from workers.alarm.matters import Found, Matters
from workers.alarm.notices import ChannelNotices
from workers.alarm.reach_watch import ReachWatch
from workers.alarm.refused_places import ChannelsInUse, refused_places
from workers.alarm.unsafe_places import unsafe_board, unsafe_places
from workers.delivery.disclosures import members_changed
from workers.reach_asking import Questions, ask


def channels_of(settings: Settings) -> ChannelsInUse:
    given = settings.channels
    return ChannelsInUse(cases=given.cases, fim=given.fim, roles=given.own)


def reach_watch(ours: Bot) -> ReachWatch:
    slack = SlackReach(ours.slack)

    def asked(before: ReachAnswers, now: float) -> ReachAnswers:
        about = Questions(
            channels=_channels(ours),
            people=paged_people(ours.policy, ours.directory, ours.book.look(ours.quick_stores.cases)),
            listed=lambda person: ours.force.account(person) is not AccountKind.UNKNOWN,
            workspaces=ours.settings.workspaces,
        )
        return ask(slack, about, before, now)

    return ReachWatch(
        asked,
        ours.quick_stores.documents,
        ours.reach.in_slack,
        lambda: _wake_all(ours),
        lambda: _channels(ours),
        ours.machine,
        told=lambda before, now: ours.stores.processing_log.note(
            *members_changed(before, now, ours.clock.now())
        ),
    )


def _channels(ours: Bot) -> tuple[str, ...]:
    """The configured ones, and the board's."""
    board = wanted(ours.quick_stores.documents)
    return tuple(dict.fromkeys((*ours.settings.channels.all, *((board.channel,) if board else ()))))


def paged_people(policy: Policy, directory: Directory, opened: Outlined) -> frozenset[str]:
    """Who may be paged: holders of roles on any ladder, and owners."""
    holders = {person for role in policy.paged for person in directory.on_duty(role)}
    return frozenset(holders | {each.owner for each in opened.outlines if each.owner})


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


def unsafe_of(ours: Bot) -> Callable[[], Found]:
    """Channels that are not private to the force. Raises StoreUnavailable."""
    channels = channels_of(ours.settings)

    def found() -> Found:
        board = wanted(ours.quick_stores.documents)
        of_board = unsafe_board(board.channel if board else "", ours.places.safety)
        return {**unsafe_places(channels, ours.places.safety), **of_board}

    return found


def notices(ours: Bot, places: Callable[[], Found]) -> Matters:
    """What is wrong with a place, to the cases channel, once, and once more when it is well."""
    given = ours.settings.channels
    return _notices(ours, places, (given.cases, given.fim), "notices")


def fim_notices(ours: Bot, source: Callable[[], Found], name: str) -> Matters:
    """Likewise, to the FIM. `name`: under which it is kept what was told."""
    given = ours.settings.channels
    return _notices(ours, source, (given.fim, given.cases), name)


def _notices(ours: Bot, source: Callable[[], Found], channels: Sequence[str], name: str) -> Matters:
    def once() -> Found:
        return {name: matter and replace(matter, lasts=False) for name, matter in source().items()}

    telling = ChannelNotices(SlackChat(ours.slack), channels, ours.machine)
    return Matters(
        (once,),
        ours.quick_stores,
        telling.send,
        ours.machine,
        remind=ours.settings.patience.remind,
        name=name,
        logs=False,
    )
