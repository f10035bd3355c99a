"""Real processes, a real server, a local workspace. What is killed here is killed with -9."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from time import time

import pytest
from rq import Queue, SimpleWorker

import config
from bot.directory_document import save
from bot.domain.commands import Report
from bot.domain.events import Paged
from bot.domain.facts import Child
from bot.domain.people import Actor, Role
from bot.ports.destination import OutboxKind
from bot.ports.outbox import Outgoing
from cli.compose.shared import Shared, share
from config.settings import Settings, read_settings
from sandbox.client import Message, Workspace
from sandbox.runner import running_workspace
from tests.waiting import BUSY, until
from tests.world import PEOPLE, answers, listed

MANIFEST = Path(config.__file__).with_name("slack-manifest.yaml")


def id_of(name: str) -> str:
    return f"U0{name.upper()}"


SEED = {
    "people": {name: {"id": id_of(name)} for name in PEOPLE},
    "groups": {"fim": {"id": "S0FIM", "users": ["fay"]}},
    "channels": {
        "cases": {"id": "C0CASES", "members": ["fay", "missing"]},
        "fim": {"id": "C0FIM", "members": ["fay", "missing"]},
    },
}


class Force:
    """One installation: its processes, its desk, and what its FIM sees."""

    def __init__(self, bot: Shared, workspace: Workspace) -> None:
        self.bot = bot
        self.workspace = workspace
        self._processes: list[subprocess.Popen[bytes]] = []
        self._reports = 0
        self.tree: Path | None = None  # whose program is started next, where it is not this one

    def start(self, *command: str) -> "subprocess.Popen[bytes]":
        """Returns once it shows signs of life."""
        beat, before = command[-1], self._beat(command[-1])
        process = self.start_unseen(*command)
        if beat != "run":
            until(f"{' '.join(command)} shows life", lambda: self._beat(beat) > before, 60)
        return process

    def listen(self) -> "subprocess.Popen[bytes]":
        """A bot; returns once it is connected."""
        before = self.workspace.sockets_opened
        process = self.start_unconnected()
        until("the bot is connected", lambda: self.workspace.sockets_opened > before, 60)
        return process

    def start_unconnected(self) -> "subprocess.Popen[bytes]":
        """A bot; returns at once."""
        return self.start_unseen("bot")

    def start_unseen(self, *command: str) -> "subprocess.Popen[bytes]":
        """Returns at once."""
        process = subprocess.Popen(
            [sys.executable, "-m", "cli", *command], cwd=self.tree, start_new_session=True
        )
        self._processes.append(process)
        return process

    def _beat(self, name: str) -> float:
        return self.bot.stores.heartbeats.beats().get(name, 0.0)

    def report(self, told_ago: float = 0) -> str:
        """A child for whom the FIM is paged at once; police were told so many minutes ago."""
        self._reports += 1
        now = self.bot.clock.now()
        command = Report(
            incident=f"LOG-{self._reports}",
            child=Child(age=15),
            category="missing",
            told_at=now - timedelta(minutes=told_ago),
            markers=answers("suicidal_today"),
        )
        caller = Actor(id=id_of("cal"), roles=frozenset({Role.CONTROL_ROOM}))
        return self.bot.desk.report(command, caller, "test").case.ref

    def pages(self, ref: str) -> list[Message]:
        return [page for page in self.workspace.person("fay").sees("fim") if page.says(ref)]

    def paged_at(self, ref: str) -> float | None:
        """Machine seconds of the record's first page."""
        entries = self.bot.stores.cases.entries(ref)
        return next((entry.at.timestamp() for entry in entries if isinstance(entry.event, Paged)), None)

    def said(self, words: str) -> list[Message]:
        """In the FIM channel."""
        return [message for message in self.workspace.person("fay").sees("fim") if message.says(words)]

    def thread_of(self, ref: str) -> list[Message]:
        """Under the case's card."""
        (card,) = [post for post in self.in_cases(ref) if ":card:" in str(post.metadata)]
        return self.workspace.person("fay").thread("cases", card.ts)

    def in_cases(self, words: str) -> list[Message]:
        return [post for post in self.workspace.person("fay").sees("cases") if post.says(words)]

    def wait_for_page(self, ref: str, seconds: float = 60) -> None:
        try:
            until(f"{ref} is paged", lambda: bool(self.pages(ref)), seconds)
        except AssertionError as late:
            raise AssertionError(f"{late} {self._how_it_stands(ref)}") from None

    def _how_it_stands(self, ref: str) -> str:
        stores = self.bot.stores
        done = [type(entry.event).__name__ for entry in stores.cases.entries(ref)]
        ended = [each.poll() for each in self._processes]
        since = {name: round(time() - beat, 1) for name, beat in stores.heartbeats.beats().items()}
        return (
            f"Done: {done}. Lanes: {stores.outbox.lanes()}. Seconds since each beat: {since}. Ended: {ended}."
        )

    def wait_until_told(self, seconds: float = 60) -> None:
        until("every lane is empty", lambda: not self._waiting(), seconds)

    def _waiting(self) -> list[Outgoing]:
        """What is to be told yet: no look for what may have been posted twice."""
        outbox = self.bot.stores.outbox
        rows = [row for lane in outbox.lanes() for row in outbox.pending(lane, 2000)]
        return [row for row in rows if row.kind != OutboxKind.COPIES]

    def counted(self, name: str) -> int:
        return self.bot.stores.metrics.read().get(name, 0)

    def registered_workers(self) -> list[str]:
        """Names that RQ has on its list for our queues."""
        queues = [Queue(name, connection=self.bot.redis) for name in self.bot.queue_names.values()]
        return [name for queue in queues for name in SimpleWorker.all_keys(queue=queue)]

    def end_all(self) -> None:
        for pid in family(self.bot.settings.prefix):
            os.kill(pid, signal.SIGKILL)
        for process in self._processes:
            process.wait()


def kill(process: "subprocess.Popen[bytes]") -> None:
    process.kill()
    process.wait()


def family(prefix: str) -> list[int]:
    """Processes that carry this installation's mark in their environment, this one apart."""
    mark = f"MISSING_PREFIX={prefix}".encode()
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            marked = mark in (entry / "environ").read_bytes().split(b"\0")
            dead = (entry / "stat").read_text().rpartition(")")[2].split()[0] == "Z"
        except OSError:  # gone meanwhile, or somebody else's
            continue
        if marked and not dead and int(entry.name) != os.getpid():
            found.append(int(entry.name))
    return found


def surroundings(workspace: Workspace, redis_url: str, prefix: str) -> dict[str, str]:
    """The settings of an installation in this workspace, seeded with `SEED`."""
    return {
        "REDIS_URL": redis_url,
        "SLACK_BOT_TOKEN": workspace.app().bot_token,
        "SLACK_APP_TOKEN": workspace.app().app_token,
        "MISSING_SLACK_BASE_URL": workspace.api_url,
        "MISSING_RECORD_KEY": "ab" * 32,
        "MISSING_CHANNELS__CASES": "C0CASES",
        "MISSING_CHANNELS__FIM": "C0FIM",
        "MISSING_USER_GROUPS__FIM": "S0FIM",
        "MISSING_PREFIX": f"{prefix}-{os.getpid()}",
    }


@pytest.fixture
def settings(redis_url: str, prefix: str, monkeypatch: pytest.MonkeyPatch, workspace: Workspace) -> Settings:
    given = {**surroundings(workspace, redis_url, prefix), "MISSING_WORKERS": "1"}
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    return read_settings()


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    with running_workspace(MANIFEST, SEED) as workspace:
        workspace.settings(**BUSY)
        yield workspace


@contextmanager
def installation(settings: Settings, workspace: Workspace) -> Iterator[Force]:
    """Of a force whose people are known and on duty; its processes end with the block."""
    bot = share(settings)
    holders = {role: [id_of(name) for name, held in PEOPLE.items() if role in held] for role in Role}
    names = {id_of(name): name.title() for name in PEOPLE}
    save(bot.stores.documents, listed(holders=holders, names=names))
    force = Force(bot, workspace)
    try:
        yield force
    finally:
        force.end_all()
        bot.redis.close()


@pytest.fixture
def force(settings: Settings, workspace: Workspace) -> Iterator[Force]:
    with installation(settings, workspace) as force:
        yield force
