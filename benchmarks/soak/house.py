"""Two machines of a force on one record, each a `missing-bot run`: bot, timer and workers; and a local Slack."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex

import yaml
from msgspec import Struct

import config
from bot.domain.people import Role
from bot.ports.errors import StoreUnavailable
from bot.store.bound_process import tied
from bot.store.server import Server
from bot.store.server_program import find_program
from cli.compose.bot import Bot, compose_bot
from cli.demo import cast
from config.setting_parts import Content
from config.settings import read_settings
from sandbox.client import Workspace
from tests.waiting import until

CONFIG = Path(config.__file__).parent
PEOPLE: cast.People = {
    "cal": (Role.CONTROL_ROOM,),
    "fay": (Role.FIM,),
    "kim": (Role.FIM,),
    "sam": (Role.SUPERVISOR,),
    "sid": (Role.SUPERVISOR,),
    "ian": (Role.DUTY_INSPECTOR,),
    "sue": (Role.SUPERINTENDENT,),
    "ola": (Role.OFFICER,),
    "oz": (Role.OFFICER,),
}
MACHINES = ("north", "south")
ORIGIN = datetime(2026, 3, 2, 22, 40, tzinfo=UTC)  # twenty minutes before a change of shift
_WRONG_CLOCK = str(Path(__file__).with_name("wrong_clock"))
ENDS_WITHIN = 20.0  # seconds
QUIET = 3.0  # seconds without anything due or waiting
# Edits leave at a pace of their own, and a night of twenty cases leaves hundreds.
QUIET_WITHIN = 300.0
_HASTE = 4.0  # Slack takes so many times its usual calls a minute, since the case clock is fast as well


class Running(Struct, frozen=True):
    """One process of one machine."""

    pid: int
    kind: str  # "bot", "timer", "worker recheck", "worker deliver", "run"
    machine: str


class Pace(Struct, frozen=True):
    """From that machine second on, case time ran at this speed from `origin`."""

    started: float
    origin: datetime
    speed: float


class House:
    def __init__(
        self,
        home: Path,
        server: Server,
        workspace: Workspace,
        speed: float,
        content: Content = Content.FULL,
        machines: Sequence[str] = MACHINES,
    ) -> None:
        self.home = home
        self.machines = machines
        self.server = server
        self.workspace = workspace
        self.paces: list[Pace] = []
        self.ended_at = 0.0  # machine second
        self._prefix = f"soak-{token_hex(4)}"
        self._runs: dict[str, subprocess.Popen[bytes]] = {}
        os.environ |= cast.surroundings(workspace.info)
        os.environ |= {
            "REDIS_URL": server.url,
            "MISSING_PREFIX": self._prefix,
            "MISSING_RECORD_KEY": token_hex(32),
            "MISSING_CONTENT": content.value,
            "MISSING_WORKERS": "1",
        }
        self.bot = self._at_pace(Pace(time.time(), ORIGIN, speed))

    def _at_pace(self, pace: Pace) -> Bot:
        self.paces.append(pace)
        os.environ |= {
            "MISSING_CASE_TIME__SPEED": str(pace.speed),
            "MISSING_CASE_TIME__STARTED": datetime.fromtimestamp(pace.started, UTC).isoformat(),
            "MISSING_CASE_TIME__ORIGIN": pace.origin.isoformat(),
        }
        return compose_bot(read_settings())

    def start(self, machine: str) -> None:
        with (self.home / f"{machine}.log").open("ab") as log:
            self._runs[machine] = subprocess.Popen(  # nosec B603 # our own program, with what we gave it
                tied([sys.executable, "-m", "cli", "run"], self.home / f"{machine}.lock"),
                stdout=log,
                stderr=log,
                start_new_session=True,
                env={**os.environ, "PYTHONPATH": _WRONG_CLOCK, "SOAK_CLOCK": str(self._clock_of(machine))},
            )

    def _clock_of(self, machine: str) -> Path:
        return self.home / f"{machine}.clock"

    def set_clock(self, machine: str, seconds: float) -> None:
        """Ahead of the real time by so much, in every process of that machine, those of now and those to come."""
        fresh = self._clock_of(machine).with_suffix(".fresh")
        fresh.write_text(repr(seconds))
        fresh.replace(self._clock_of(machine))

    def start_all(self) -> None:
        for machine in self.machines:
            self.start(machine)
        self.workspace.wait_for_app(len(self.machines), within=120.0)

    def is_up(self, machine: str) -> bool:
        run = self._runs.get(machine)
        return run is not None and run.poll() is None

    def end_all(self) -> None:
        self.ended_at = time.time()
        for run in self._runs.values():
            if run.poll() is None:
                run.terminate()
        for run in self._runs.values():
            _end(run)

    def calm_down(self) -> None:
        """Case time goes on from where it is, at a real clock's pace: so that there is ever quiet."""
        self.end_all()
        now = time.time()
        self.bot.redis.close()
        self.bot = self._at_pace(Pace(now, self.bot.clock.now(), 1.0))
        self.start_all()

    def wait_for_quiet(self, within: float = QUIET_WITHIN, lane: str = "") -> None:
        """`lane`: in which nothing may wait, nor aside from it; in none, if it is left out."""
        since: list[float] = []

        def is_quiet() -> bool:
            if self._is_busy(lane) or not since:
                since[:] = [time.time()]
            return time.time() - since[0] > QUIET

        try:
            until("nothing is due and nothing waits", is_quiet, within)
        except AssertionError as never:
            raise AssertionError(f"{never} {self._waiting()}") from None

    def _waiting(self) -> str:
        stores = self.bot.stores
        lanes = {lane: [row.id for row in stores.outbox.pending(lane, 9)] for lane in stores.outbox.lanes()}
        return f"{stores.due.overdue(self.bot.clock.now())} due; {lanes}; held {self.bot.rate_limits.holds()}"

    def _is_busy(self, lane: str) -> bool:
        stores = self.bot.stores
        try:
            waiting = [each for each in stores.outbox.lanes() if each.endswith(lane)]
            return bool(waiting) or stores.due.overdue(self.bot.clock.now()) > 0
        except StoreUnavailable:
            return True

    def machine_time(self, at: datetime) -> float:
        """The machine second at which case time was that."""
        pace = next((pace for pace in reversed(self.paces) if pace.origin <= at), self.paces[0])
        return pace.started + (at - pace.origin).total_seconds() / pace.speed

    def running(self) -> list[Running]:
        """What lives of both machines, supervisors with them."""
        runs = {run.pid: machine for machine, run in self._runs.items() if run.poll() is None}
        found = [Running(pid, "run", machine) for pid, machine in runs.items()]
        for entry in Path("/proc").glob("[0-9]*"):
            parent, command = _parent_and_command(entry)
            if parent in runs and "cli" in command:
                kind = " ".join(command[command.index("cli") + 1 :])
                found.append(Running(int(entry.name), kind, runs[parent]))
        return sorted(found, key=lambda each: (each.machine, each.kind))

    def wait_until_all_run(self) -> None:
        until("every process runs", lambda: len(self.running()) == 5 * len(self.machines), 40)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Waits for it, and takes its whole group down where it does not end."""
    try:
        process.wait(ENDS_WITHIN)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _parent_and_command(entry: Path) -> tuple[int, list[str]]:
    try:
        fields = (entry / "stat").read_text().rpartition(")")[2].split()
        command = (entry / "cmdline").read_bytes().decode().split("\0")
    except OSError:  # gone meanwhile
        return 0, []
    return (0 if fields[0] == "Z" else int(fields[1])), [each for each in command if each]


def memory(running: Running) -> int:
    """Resident kilobytes; 0 for one that is gone."""
    try:
        status = Path(f"/proc/{running.pid}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")), 0)


@contextmanager
def standing(
    home: Path, speed: float, content: Content, machines: Sequence[str] = MACHINES
) -> Iterator[House]:
    """Everything up; nothing that was started outlives the block."""
    with ExitStack() as ends:
        server = Server(find_program(), CONFIG / "redis.conf", home / "record")
        server.start()
        ends.callback(server.stop)
        workspace = Workspace(ends.enter_context(local_slack(home, cast.seed(PEOPLE))))
        house = House(home, server, workspace, speed, content, machines)
        ends.callback(house.end_all)
        house.start_all()
        yield house


@contextmanager
def local_slack(home: Path, team: Mapping[str, object], haste: float = _HASTE) -> Iterator[str]:
    """A process of its own: in a thread it would take turns with the people."""
    seed = home / "seed.yaml"
    planted: Mapping[str, object] = {**team, "settings": {"rate_scale": haste}}
    seed.write_text(yaml.safe_dump(planted), encoding="utf-8")
    command = [sys.executable, "-m", "sandbox", "--seed", str(seed)]
    command += ["--manifest", str(CONFIG / "slack-manifest.yaml")]
    with (home / "workspace.log").open("wb") as log:
        process = subprocess.Popen(  # nosec B603 # our own program, with what we gave it
            tied(command, home / "workspace.lock"), stdout=subprocess.PIPE, stderr=log, start_new_session=True
        )
    assert process.stdout is not None
    try:
        yield process.stdout.readline().decode().split()[1]
    finally:
        process.terminate()
        _end(process)
        process.stdout.close()
