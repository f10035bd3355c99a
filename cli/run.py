"""`missing-bot run`: every process of one machine, and a record server where none is named."""

import os
import subprocess
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from importlib import import_module
from pathlib import Path

import click
import structlog

import config
from bot.store.errors import ServerTrouble
from bot.store.server import Server, embedded
from cli import main
from cli.compose.bot import alone, check, compose_bot
from cli.composed import composed
from cli.doctor.start import fit_to_start
from cli.log_lines import write_log
from cli.plainly import told_plainly
from config.settings import Settings, read_settings
from workers.forked import Forked, forked
from workers.periodic import stop_on_signals
from workers.supervisor import CannotStart, ChildProcess, Program, Supervisor

_SERVER_AWAY = 1.0  # seconds: nothing is recorded without it

log = structlog.get_logger()


@click.command("run")
def run() -> None:
    """Everything on this machine: bot, timer, workers, and a Redis server where REDIS_URL names none."""
    write_log()
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
            look = fit_to_start(ours)
            for asked in (ours.redis, ours.watching):
                asked.connection_pool.disconnect()  # no child goes on with a line of this process
        beside = [_once("look at the start", look)] if look else []
        Supervisor(
            [*programs(settings), *beside],
            _watched(server) if server else None,
        ).run(stop)


def _once(name: str, does: Callable[[], None]) -> Program:
    """By a process of its own: beside a thread no process may be forked from this one."""
    return Program(name, lambda: forked(does, ("python", "-m", "cli", "run")), once=True)


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
        Program(name, partial(_begun, arguments))
        for name, arguments in (("bot", ("bot",)), ("timer", ("timer",)), *workers)
    ]


def _begun(arguments: tuple[str, ...]) -> Forked:
    """With what this process has loaded. The bot begins first, and loads what only it needs."""
    if arguments != ("bot",):
        import_module("cli.timing_processes")
    return forked(partial(main, arguments, prog_name="missing-bot"), ("python", "-m", "cli", *arguments))
