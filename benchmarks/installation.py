"""One installation as a force runs it: a workspace, a record server, bot, timer and workers, each a real process."""

import os
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from secrets import token_hex

import config
from benchmarks.seeding import Many, Record, a_report, seed
from bot.domain.facts import Answer, Grade
from bot.domain.people import Actor, Role
from bot.store.server import serving
from cli.compose.bot import Bot, compose_bot
from cli.demo import cast
from cli.demo.stage import running_process
from config.settings import read_settings
from sandbox.client import Message, Workspace
from sandbox.runner import running_workspace

CONFIG = Path(config.__file__).parent
PEOPLE: cast.People = {
    "cal": (Role.CONTROL_ROOM,),
    "fay": (Role.FIM,),
    "sam": (Role.SUPERVISOR,),
    "ian": (Role.DUTY_INSPECTOR,),
    "sue": (Role.SUPERINTENDENT,),
}
_UP_WITHIN = 60.0  # seconds


class Installation:
    def __init__(self, bot: Bot, workspace: Workspace, up_after: float = 0.0) -> None:
        """`up_after`: seconds from the start of `missing-bot run` until the bot was connected."""
        self.bot = bot
        self.up_after = up_after
        self.workspace = workspace
        self._incidents = count(1)

    def report(
        self,
        told_at: datetime,
        *,
        grade: Grade | None = None,
        markers: Mapping[str, Answer] | None = None,
        incident: str = "",
        child: str = "Test Child",
    ) -> str:
        """A child of 15 for whom nobody has done anything yet but, perhaps, grade."""
        incident = incident or f"LOG-{next(self._incidents)}"
        command = a_report(told_at, incident=incident, child=child, grade=grade, markers=markers)
        return self.bot.desk.report(command, self._actor("cal"), "benchmark").case.ref

    def _actor(self, name: str) -> Actor:
        return Actor(id=self.workspace.person(name).id, roles=frozenset(PEOPLE[name]))

    def seed(self, many: int, first: datetime, *, taken: bool = False, shown: bool = False) -> None:
        """So many medium cases at once, as `benchmarks.seeding` has them."""
        settings = read_settings()
        record = Record(url=os.environ["REDIS_URL"], key=settings.record_keys()[0], prefix=settings.prefix)
        people = {self.workspace.person(name).id: roles for name, roles in PEOPLE.items()}
        cases = Many(many=many, first=first, people=people, grade=Grade.MEDIUM, taken=taken, shown=shown)
        seed(record, cases)

    def posts_in(self, role: Role) -> list[Message]:
        place = self.workspace.channel_id(cast.channel_of(role))
        return [post for post in self.workspace.posts() if post.channel == place]

    def now(self) -> datetime:
        return self.bot.clock.now()


@contextmanager
def running(
    *, rate_limits: bool, record: Mapping[str, str] | None = None, people: cast.People = PEOPLE
) -> Iterator[Installation]:
    """Up and connected; everything that was started is gone when the block ends. `record`: settings of another one."""
    with ExitStack() as ends:
        home = Path(ends.enter_context(tempfile.TemporaryDirectory(prefix="missing-bench-")))
        if record is None:
            url = ends.enter_context(serving(None, CONFIG / "redis.conf", home / "record"))
            record = {"REDIS_URL": url}
        seed = {**cast.seed(people), "settings": {"rate_limits": rate_limits}}
        workspace = ends.enter_context(running_workspace(CONFIG / "slack-manifest.yaml", seed))
        os.environ |= cast.surroundings(workspace.info)
        os.environ |= {**record, "MISSING_RECORD_KEY": token_hex(32), "MISSING_CONTENT": "full"}
        log = ends.enter_context((home / "bot.log").open("wb"))
        run = [sys.executable, "-m", "cli", "run"]
        began = time.monotonic()
        ends.enter_context(running_process(run, dict(os.environ), log.fileno()))
        workspace.wait_for_app(within=_UP_WITHIN)
        up_after = time.monotonic() - began
        yield Installation(compose_bot(read_settings()), workspace, up_after)


def late_by(post: Message, due: datetime) -> timedelta:
    """Negative for a post that came early."""
    return datetime.fromtimestamp(float(post.ts), due.tzinfo) - due
