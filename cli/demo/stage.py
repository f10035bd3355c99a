"""Everything the demo stands on, as real processes: a record server, the workspace, the bot with timer and workers."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from typing import IO, Literal

import yaml
from msgspec import Struct

import config
from bot.store.bound_process import tied
from bot.store.errors import ServerTrouble
from bot.store.server import serving
from bot.time import HostClock
from cli.demo import cast
from cli.demo.apart import without_settings
from cli.demo.pace import StoryClock
from config.settings import EDITS_A_MINUTE
from sandbox.client import Workspace
from sandbox.client.stage import Stage as Page
from sandbox.errors import StillWaiting
from sandbox.guard import TOKEN

_CONFIG = Path(config.__file__).parent
_STARTS = 60.0  # seconds for the bot to be heard
_ENDS = 20.0  # seconds for a process to end by itself
_LAST_WORDS = 5  # lines of its log


class Stage(Struct, frozen=True):
    workspace: Workspace
    clock: StoryClock
    surroundings: Mapping[str, str]  # of the bot's processes: whoever has them works on the same record
    phones: str = ""  # the address of a page of everybody's phones, where there is one


class StageTrouble(ServerTrouble):
    """A part of the demo did not start, or ended by itself."""


@contextmanager
def set_up(
    people: cast.People,
    origin: datetime,
    speed: float = 0.0,
    *,
    port: int = 0,
    opened: Callable[[Workspace], object] = lambda _: None,
    redis_url: str | None = None,
    content: Literal["full", "reference"] = "full",  # the people are invented
    edits_a_minute: int = EDITS_A_MINUTE,
    texts: bool = False,
    token: str | None = None,
) -> Iterator[Stage]:
    """The stage for as long as the block lasts; nothing that it started outlives it.

    Its clock stands at `origin` until all of it is up, then runs at `speed`. `opened` is called before that, as soon
    as there is a page to look at. `texts`: whoever may be paged has a phone, too.
    `token`: of the workspace whose page this one goes on with.
    """
    with ExitStack() as ends:
        home = Path(ends.enter_context(tempfile.TemporaryDirectory(prefix="missing-bot-")))
        url = ends.enter_context(serving(redis_url, _CONFIG / "redis.conf", home / "record"))
        workspace = Workspace(ends.enter_context(_workspace(people, home, port, token)))
        opened(workspace)
        page = Page(workspace.address)
        clock = StoryClock(home / "time", HostClock(), origin, page.tell_time)
        surroundings = {
            **without_settings(os.environ),
            **cast.surroundings(workspace.info),
            "REDIS_URL": url,
            "MISSING_PREFIX": f"demo-{token_hex(4)}",  # a server that was given may hold an earlier evening
            "MISSING_RECORD_KEY": token_hex(32),
            "MISSING_CONTENT": content,
            "MISSING_TERMINAL__AS_OTHERS": "true",  # whoever plays is everybody
            "MISSING_EDITS_A_MINUTE": str(edits_a_minute),
            "MISSING_CASE_TIME__FILE": str(clock.path),
        }
        phones = ""
        if texts:
            phones, notify = ends.enter_context(_notify(people, home))
            surroundings |= cast.texting(people, workspace.info) | notify
        log = ends.enter_context((home / "bot.log").open("w+b"))
        run = tied([sys.executable, "-m", "cli", "run"], home / "run.lock")
        bot = ends.enter_context(running_process(run, surroundings, log.fileno(), home))  # no `.env` there
        _wait_for_bot(workspace, bot, log)
        if speed:
            clock.run(speed)
        yield Stage(workspace, clock, surroundings, phones)


def _wait_for_bot(workspace: Workspace, bot: "subprocess.Popen[bytes]", log: IO[bytes]) -> None:
    """Raises StageTrouble with what the bot said last: its log goes with the stage."""

    def is_heard_or_over() -> bool:
        return bot.poll() is not None or any(each["sockets"] for each in workspace.info["apps"])

    try:
        workspace.wait_for(is_heard_or_over, "the bot", _STARTS)
    except StillWaiting:
        raise StageTrouble(
            f"The bot did not start within {_STARTS:g} s. Is this machine busy? Try again. {_last_words(log)}"
        ) from None
    if bot.poll() is not None:
        raise StageTrouble(f"The bot ended before it had started. {_last_words(log)}")


def _last_words(log: IO[bytes]) -> str:
    log.seek(0)
    last = log.read().decode(errors="replace").splitlines()[-_LAST_WORDS:]
    return "\n".join(["The bot said last:", *last] if last else ["It said nothing."])


@contextmanager
def _workspace(people: cast.People, home: Path, port: int, token: str | None) -> Iterator[str]:
    seed = home / "seed.yaml"
    seed.write_text(yaml.safe_dump(cast.seed(people)), encoding="utf-8")
    manifest = str(_CONFIG / "slack-manifest.yaml")
    command = [
        sys.executable,
        "-m",
        "sandbox",
        "--manifest",
        manifest,
        "--seed",
        str(seed),
        "--port",
        str(port),
    ]
    handed = {TOKEN: token} if token else {}
    with running_process(
        tied(command, home / "workspace.lock"), {**os.environ, **handed}, subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        said = process.stdout.readline().decode().split()
        if len(said) != 2:
            raise StageTrouble("The local workspace did not start.")  # it has said why
        yield said[1]


@contextmanager
def _notify(people: cast.People, home: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """The address of its page, and the settings that point the bot at it."""
    names = [f"--phone={number}={cast.name_of(person)}" for person, number in cast.phones(people).items()]
    command = tied([sys.executable, "-m", "sandbox.notify", *names], home / "notify.lock")
    with running_process(command, dict(os.environ), subprocess.PIPE) as process:
        assert process.stdout is not None
        said = process.stdout.readline().decode().split()
        if len(said) != 8:
            raise StageTrouble("The local Notify did not start.")
        _, url, _, key, _, template, _, page = said
        given = {"KEY": key, "TEMPLATE": template, "URL": url, "POLL": "1"}
        yield page, {f"MISSING_NOTIFY__{name}": value for name, value in given.items()}


@contextmanager
def running_process(
    command: list[str], environment: dict[str, str], out: int, folder: Path | None = None
) -> "Iterator[subprocess.Popen[bytes]]":
    process = subprocess.Popen(  # nosec B603 # our own program, with what we gave it
        command,
        env=environment,
        stdout=out,
        stderr=None if out == subprocess.PIPE else out,
        start_new_session=True,
        cwd=folder,
    )
    try:
        yield process
    finally:
        _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Asks it to end and, where it does not, ends its whole group."""
    process.terminate()
    try:
        process.wait(_ENDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    if process.stdout:
        process.stdout.close()
