"""`missing-bot run`, and the processes that it runs: `bot`, `timer`, `worker`."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TypeVar

import click
import structlog
from slack_sdk.errors import SlackClientError

import config
from bot.ports.errors import StoreUnavailable
from bot.slack.line_trouble import why
from bot.store.errors import ServerTrouble
from bot.store.server import Server, embedded
from cli.alone import alone
from cli.compose.bot import Bot, check, compose_bot
from cli.compose.shared import Shared
from cli.compose.timer import compose_timer
from cli.compose.worker import compose_worker
from cli.listening import Listening
from cli.plainly import told_plainly
from cli.record_key import right_key
from cli.watching import watching
from config.settings import Settings, read_settings
from handlers.background import code_of
from workers.alarm.second_copy import SecondInstallation
from workers.directory_refresh import refresh
from workers.stopping import Stop, stop_on_signals
from workers.supervisor import CannotStart, ChildProcess, Program, Supervisor

T = TypeVar("T", bound=Shared)
_REFRESH = 60.0  # seconds: six user groups at usergroups.users.list's 20 a minute, and room for others
_AGAIN = 2.0  # seconds between two tries to connect
_SERVER_AWAY = 1.0  # seconds: nothing is recorded without it

log = structlog.get_logger()


@contextmanager
def composed(compose: Callable[[Settings], T]) -> Iterator[T]:
    with told_plainly():
        ours = compose(read_settings())
        with right_key(ours.quick_stores.key_check):
            yield ours


@click.command("timer")
def timer() -> None:
    """Claims what is due, and does what no worker does in time."""
    stop = stop_on_signals()
    with composed(compose_timer) as ours:
        ours.run(stop)


@click.command("worker")
@click.argument("kind", type=click.Choice(["recheck", "deliver"]))
def worker(kind: str) -> None:
    """Runs the jobs of one queue."""
    with composed(compose_worker) as ours:
        ours.run(kind)


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
        refresh(ours.slack, ours.settings.user_groups, ours.settings.may_hold, ours.stores.documents)
    except (SlackClientError, OSError, StoreUnavailable) as away:
        log.warning("who is on duty could not be read", why=why(away, ours.settings.slack_base_url))


@click.command("run")
def run() -> None:
    """Everything on this machine: bot, timer, workers, and a Redis server where REDIS_URL names none."""
    with told_plainly():
        settings = read_settings()
        check(settings)
    stop = stop_on_signals()
    url = settings.redis_url.get_secret_value() if settings.redis_url else None
    conf = Path(config.__file__).with_name("redis.conf")
    with told_plainly(), ExitStack() as ends:
        server = None if url else ends.enter_context(embedded(conf, settings.data_dir))
        if server:
            os.environ["REDIS_URL"] = server.url
        with composed(compose_bot) as ours:  # once, and not once by each process
            log.debug("the record key is right, or the record is away")
            alone(ours)
        Supervisor(programs(settings), _watched(server) if server else None).run(stop)


def _watched(server: Server) -> ChildProcess:
    def spawn() -> "subprocess.Popen[bytes]":
        try:
            return server.spawn()
        except ServerTrouble as why:
            raise CannotStart(str(why)) from why

    return ChildProcess("record server", spawn, server.process, latest=_SERVER_AWAY)


def programs(settings: Settings) -> list[Program]:
    workers = [
        (f"{kind} {number}", ("worker", kind))
        for kind in ("recheck", "deliver")
        for number in range(1, settings.workers + 1)
    ]
    return [
        Program(name, (sys.executable, "-m", "cli", *arguments))
        for name, arguments in (("bot", ("bot",)), ("timer", ("timer",)), *workers)
    ]
