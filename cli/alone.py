"""A newcomer does not start where another installation is known to live on the same Slack app."""

import structlog
from slack_sdk.errors import SlackClientError

from bot.ports.errors import StoreUnavailable
from bot.slack.slack_client import why
from cli.compose.bot import Bot
from workers.alarm.second_copy import refuse_newcomer

log = structlog.get_logger()


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
