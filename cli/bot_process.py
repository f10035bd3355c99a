"""`missing-bot bot`: the process that listens to Slack."""

import click
import structlog
from slack_sdk.errors import SlackClientError

from bot.ports.errors import SecondInstallation, StoreUnavailable
from bot.slack.slack_client import why
from cli.compose.bot import Bot, alone, compose_bot
from cli.composed import composed
from cli.listening import Listening
from cli.watching import watching
from handlers.background import code_of
from workers.directory_refresh import refresh
from workers.periodic import Stop, stop_on_signals

_REFRESH = 60.0  # seconds: six user groups at usergroups.users.list's 20 a minute, and room for others
_AGAIN = 2.0  # seconds between two tries to connect

log = structlog.get_logger()


@click.command("bot")
def bot() -> None:
    """Listens to Slack, and keeps the list of who is on duty."""
    stop = stop_on_signals()
    with composed(compose_bot) as ours:
        alone(ours)
        listening = Listening(ours)
        try:
            with watching(ours, listening):
                refresh_duty(ours)  # before the first request: nobody is refused for want of a list
                connect(listening, stop)
                while not stop.wait(_REFRESH):
                    refresh_duty(ours)
        finally:
            listening.close()


def connect(listening: Listening, stop: Stop) -> None:
    """However long Slack lets nobody in: who watches the timers lives in this process, and must not die of it."""
    while True:
        try:
            listening.start()
            listening.not_begun = ""
            return
        except SecondInstallation as other:
            trouble = str(other)
        except Exception as away:  # noqa: BLE001 - whatever its libraries make of it
            trouble = code_of(away) or why(away, listening.url)
        if trouble != listening.not_begun:
            log.error("no connection to Slack, will try again", why=trouble)
        listening.not_begun = trouble
        if stop.wait(_AGAIN):
            return


def refresh_duty(ours: Bot) -> None:
    """Slack, or the record, being away leaves the list as it was."""
    try:
        refresh(
            ours.slack,
            ours.settings.user_groups,
            ours.settings.may_hold,
            ours.stores.documents,
            ours.machine,
        )
    except (SlackClientError, OSError, StoreUnavailable) as away:
        log.warning("who is on duty could not be read", why=why(away, ours.settings.slack_base_url))
