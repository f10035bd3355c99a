"""The bot process: it listens to Slack, watches the timers, and calls people where they stand still."""

from collections.abc import Callable
from time import monotonic

import structlog
from msgspec.structs import asdict
from slack_sdk.errors import SlackClientError

from bot.domain.policy import Policy
from bot.files import forces_file, language_file, policy_file, reasons_file, risk_words_file
from bot.ports.errors import StoreUnavailable
from bot.slack import slack_client
from bot.slack.slack_client import Client, why
from bot.store.redis_copies import RedisCopies
from bot.time import HostClock
from cli.compose.configured_ways import notify_of, ways_of
from cli.compose.shared import Parts, Shared, share
from config.setting_parts import Content
from config.settings import Settings, bot_token, check_line
from workers.alarm.second_copy import refuse_newcomer
from workers.alarm.watchdog import Watchdog, WatchdogPatience
from workers.timing.timer import BEAT
from workers.ways_out.leaving import FailingWays
from workers.ways_out.receipts import Receipts
from workers.ways_out.text_replies import Replies
from workers.ways_out.texting import Texting
from workers.ways_out.ways import Ways

log = structlog.get_logger()


class Bot(Shared, frozen=True, kw_only=True):
    slack: Client
    copies: RedisCopies
    watchdog: Watchdog
    ways: Ways
    failing_ways: FailingWays
    texting: Texting | None  # None: GOV.UK Notify is not set up


def compose_bot(settings: Settings) -> Bot:
    """Raises BadSettings, FileInvalid."""
    shared = share(settings)
    failing = FailingWays(shared.quick_stores.documents, shared.clock)
    ways = ways_of(settings, shared.machine, failing.note)
    return Bot(
        **asdict(shared),
        slack=slack_client.delivering(bot_token(settings), settings.slack_base_url).telling(
            shared.counts_slack
        ),
        copies=RedisCopies(shared.watching, settings.prefix),
        watchdog=watchdog_of(shared),
        ways=ways,
        failing_ways=failing,
        texting=_texting(shared, ways),
    )


def _texting(shared: Shared, ways: Ways) -> Texting | None:
    api, given = notify_of(shared.settings, shared.machine), shared.settings.notify
    if api is None or given is None:
        return None
    stores, machine = shared.stores, shared.machine
    replies = Replies(
        api,
        str(given.template),
        ways.phones,
        stores,
        shared.desk,
        shared.setting,
        shared.clock.now,
        machine,
    )
    return Texting(replies, Receipts(api, ways.all, stores, shared.desk, machine), machine)


def watchdog_of(shared: Parts, steady: Callable[[], float] = monotonic) -> Watchdog:
    given = shared.settings.patience
    patience = WatchdogPatience(silent=given.silent, undecided=given.undecided)
    return Watchdog(shared.quick_stores, shared.clock, shared.machine, steady, BEAT, patience)


def check(settings: Settings) -> None:
    """Before any process is started: that all of them will find what they need. Raises BadSettings, FileInvalid."""
    check_given(settings)
    language_file.load()
    if settings.content is Content.FULL:
        risk_words_file.shipped()


def check_given(settings: Settings) -> Policy:
    """What the force itself has set and written. Raises BadSettings, FileInvalid."""
    check_line(settings)
    ways_of(settings, HostClock())
    forces_file.load(settings.forces_file, offered=reasons_file.load().of("transfer"))
    return policy_file.load(settings.policy_file)


# A newcomer does not start where another installation is known to live on the same Slack app.


def alone(ours: Bot) -> None:
    """Raises SecondInstallation. Where Slack or the record is away it is not known, and the bot looks again later."""
    url = ours.settings.slack_base_url
    try:
        known = ours.slack.auth_test()
        standing = ours.copies.standing(app_of(url, known.get("team_id"), known.get("bot_id")))
    except (SlackClientError, OSError, StoreUnavailable) as away:
        log.warning("whether another copy of this bot runs is not known yet", why=why(away, url))
        return
    refuse_newcomer(standing)


def app_of(base_url: str, team: str | None, bot: str | None) -> str:
    """One name for one app in one workspace, whatever its tokens are at the moment."""
    return f"{base_url} {team} {bot}"
