"""One force: bot, timer, both workers, the record's server and Slack, each a process by itself."""

import os
import resource
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path

from benchmarks.chaos.keeper import Keeper
from benchmarks.soak.house import CONFIG, House, local_slack
from bot.domain.people import Role
from bot.ports.errors import StoreUnavailable
from bot.store.bound_process import tied
from bot.store.errors import ServerTrouble
from bot.store.server import Server
from bot.store.server_program import find_program
from cli.demo import cast
from sandbox.client import Workspace
from tests.waiting import until
from workers.supervisor import Begun, CannotStart, Spawn

REPORTERS = ("cal", "coe", "cat")
PEOPLE: cast.People = {
    **dict.fromkeys(REPORTERS, (Role.CONTROL_ROOM,)),
    "fay": (Role.FIM,),
    "sam": (Role.SUPERVISOR,),
    "ian": (Role.DUTY_INSPECTOR,),
    "sue": (Role.SUPERINTENDENT,),
}
RECORD = "redis"
CONF = "redis.conf"
DESK = "call-handlers"  # the channel that calls are logged from
OURS = {
    "bot": ("bot",),
    "timer": ("timer",),
    "worker-recheck": ("worker", "recheck"),
    "worker-deliver": ("worker", "deliver"),
}
STRUCK = (*OURS, RECORD)
# What pages the FIM in a storm: a HIGH report at once, and a MEDIUM case that nobody owns after this long. Every other
# clock is off and no page is repeated, so that each case has exactly one page, and a second one is a double.
BREACHES = {"fim-aware": {"high": "24h"}, "owner-accepted": {"high": "none", "medium": "15m", "low": "none"}}
_NEVER = {"high": "24h", "medium": "24h", "low": "24h"}
_HASTE = (
    20.0  # Slack takes so many times its usual calls a minute: nobody waits for 600 cards and their threads
)
_UP_WITHIN = 60.0  # seconds


class Site(House):
    """The soak's house with one machine, whose processes are looked after here and not by `missing-bot run`."""

    _largest = resource.RLIM_INFINITY  # bytes of a file of the record's

    calls = count(1)  # that people reported; each has a number of its own

    def look_after(self) -> None:
        programs = {name: self._program(name, arguments) for name, arguments in OURS.items()}
        self._record, self._programs = Keeper({RECORD: self._start_record}), Keeper(programs)
        self._record.start()
        until("the record answers", self.answers, _UP_WITHIN)
        self._programs.start()
        self.workspace.wait_for_app(within=_UP_WITHIN)

    def keeper_of(self, name: str) -> Keeper:
        return self._record if name == RECORD else self._programs

    def answers(self) -> bool:
        try:
            return bool(self.bot.redis.ping())
        except StoreUnavailable:
            return False

    def slow_to_load(self, seconds: float) -> None:
        """From its next start the record's server reads its file for about so long, and says LOADING."""
        each = int(seconds * 1e6 / max(self.bot.redis.dbsize(), 1)) if seconds else 0
        lines = [f"include {CONFIG / 'redis.conf'}", f"key-load-delay {each}"]
        lines += ["loading-process-events-interval-bytes 1024"]
        (self.home / CONF).write_text("\n".join(lines) + "\n", encoding="utf-8")

    def let_no_file_grow(self) -> None:
        """Of the record's; the server is ended by its first write, as after an error on a full disk."""
        record = Path(str(self.bot.redis.config_get("dir")["dir"]))
        self._largest = max(file.stat().st_size for file in record.rglob("*.aof"))
        self._limit(self._record.pid(RECORD))

    def let_files_grow(self) -> None:
        """From its next start on."""
        self._largest = resource.RLIM_INFINITY

    def _start_record(self) -> Begun:
        process = starting(self.server)()
        self._limit(process.pid)
        return process

    def _limit(self, pid: int) -> None:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (self._largest, resource.RLIM_INFINITY))

    def end_all(self) -> None:
        """All but the record, which is read once nothing moves any more."""
        self._programs.end()
        self.ended_at = time.time()

    def end_record(self) -> None:
        self._record.end()

    def _program(self, name: str, arguments: tuple[str, ...]) -> Spawn:
        return logged([sys.executable, "-m", "cli", *arguments], self.home, name)


def logged(command: list[str], home: Path, name: str) -> Spawn:
    """Starts it tied to whoever does, its words in a log of its own."""

    def spawn() -> "subprocess.Popen[bytes]":
        with (home / f"{name}.log").open("ab") as log:
            return subprocess.Popen(  # nosec B603 # our own program, with what we gave it
                tied(command, home / f"{name}.lock"), stdout=log, stderr=log, start_new_session=True
            )

    return spawn


def starting(server: Server) -> Spawn:
    def spawn() -> "subprocess.Popen[bytes]":
        try:
            return server.spawn()
        except ServerTrouble as why:
            raise CannotStart(str(why)) from why

    return spawn


@contextmanager
def standing(home: Path, disk: Path) -> Iterator[Site]:
    """Everything up; nothing that was started outlives the block."""
    with ExitStack() as ends:
        workspace = Workspace(ends.enter_context(local_slack(home, _team(), _HASTE)))
        policy = home / "storm.toml"
        policy.write_text(storm_policy(), encoding="utf-8")
        os.environ["MISSING_POLICY_FILE"] = str(policy)
        conf = home / CONF
        conf.write_text(f"include {CONFIG / 'redis.conf'}\n", encoding="utf-8")
        site = Site(home, Server(find_program(), conf, disk / "record"), workspace, speed=1.0)
        ends.callback(site.end_record)
        ends.callback(site.end_all)
        site.look_after()
        yield site


def _team() -> dict[str, object]:
    """Who reports is in a channel of its own: what they see is asked for all the time, and 600 cards are much."""
    seed = cast.seed(PEOPLE)
    channels = {
        name: {**each, "members": [who for who in each["members"] if who not in REPORTERS]}
        for name, each in seed["channels"].items()
    }
    desk = {"kind": "private", "members": [*REPORTERS, cast.APP.lower()]}
    return {**seed, "channels": channels | {DESK: desk}}


def storm_policy() -> str:
    """As a force's own file: one page for each case."""
    shipped = tomllib.loads((CONFIG / "policy.toml").read_text(encoding="utf-8"))
    off = {name: dict.fromkeys(("high", "medium", "low"), "none") for name in shipped["clocks"]}
    tables = {"steps": _NEVER, "slow": _NEVER, "beside_slack": {"high": "24h"}}
    tables |= {f"clocks.{name}": times for name, times in (off | BREACHES).items()}
    lines = ["shifts = []"]
    for table, values in tables.items():
        lines += [f"[{table}]", *(f'{key} = "{value}"' for key, value in values.items())]
    return "\n".join(lines)
