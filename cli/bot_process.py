"""`missing-bot bot`: the process that listens to Slack."""

from collections.abc import Iterator
from contextlib import suppress
from itertools import chain

import click
import structlog

from bot.directory_document import load
from bot.ports.errors import SecondInstallation, StoreUnavailable
from bot.slack.slack_client import why
from bot.time import is_ahead
from cli.compose.bot import Bot, alone, compose_bot
from cli.composed import composed
from cli.http_line import NotListening
from cli.listening import Listening
from cli.watching import watching
from handlers.background import code_of
from workers.periodic import PeriodicTask, Stop, stop_on_signals
from workers.slack_people.refresh import Appointed, DirectoryRefresh

_LOOK = 1.0  # machine seconds between two turns of reading people from Slack
_FIRST = 20.0  # machine seconds for which the very first start waits for who is on duty
_SOON = 0.05  # between two turns then
_STOPS_WITHIN = 60.0
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
                refresh = refresh_of(ours)
                listening.hears(refresh.heard)
                first_look(refresh, ours, stop)
                with PeriodicTask(refresh.turn, every=_LOOK, what="the look for who is on duty"):
                    connect(listening, stop)
                    while not stop.wait(_STOPS_WITHIN):
                        pass
        finally:
            listening.close()


def connect(listening: Listening, stop: Stop) -> None:
    """However long Slack lets nobody in: who watches the timers lives in this process, and must not die of it."""
    while True:
        try:
            listening.start()
            listening.not_begun = ""
            return
        except (SecondInstallation, NotListening) as no:
            trouble = str(no)
        except Exception as away:  # noqa: BLE001 - whatever its libraries make of it
            trouble = code_of(away) or why(away, listening.url)
        if trouble != listening.not_begun:
            log.error("no connection to Slack, will try again", why=trouble)
        listening.not_begun = trouble
        if stop.wait(_AGAIN):
            return


def refresh_of(ours: Bot) -> DirectoryRefresh:
    settings = ours.settings
    given = Appointed(
        groups=settings.user_groups,
        may_hold=settings.may_hold,
        people=settings.people,
        workspaces=settings.workspaces,
    )

    def handed_to() -> Iterator[str]:
        return chain.from_iterable(held.people for held in ours.stores.rosters.known().held.values())

    return DirectoryRefresh(ours.slack, given, ours.stores.documents, ours.machine, handed_to)


def first_look(refresh: DirectoryRefresh, ours: Bot, stop: Stop) -> None:
    """Before the first request, where the record knows of nobody yet: nobody is refused for want of a list. Else what
    was known last will do."""
    until = ours.machine.seconds() + _FIRST
    with suppress(StoreUnavailable):
        if load(ours.stores.documents) is not None:
            return
        while not refresh.is_begun and is_ahead(until, ours.machine.seconds()):
            refresh.turn()
            if stop.wait(_SOON):
                return
