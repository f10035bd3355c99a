"""What an installation costs in which nothing happens: processor time, memory, and what it asks of the record.

    .venv/bin/python -m benchmarks.idle [--json FILE] [SECONDS [OPEN …]]

`missing-bot run` as a force has it, with the record server beside it. Counted are, over so many seconds once it has
settled, the processor time of each process, its share of memory (PSS), and the record server's own count of commands,
those of scripts with them. OPEN: how many cases are open, of which nothing is due; each number is an installation of
its own.
"""

import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct
from redis import Redis

from benchmarks import tables
from benchmarks.installation import Installation, running
from benchmarks.tables import Table

SETTLES = 45.0  # seconds: the first rounds of whoever looks each half minute are over
FILLS = 45.0  # seconds more, where many cases are open: each was put into the book of open cases once
SECONDS = 60.0
_PROC = Path("/proc")
_TICKS = os.sysconf("SC_CLK_TCK")
_MB = 1024  # kB
_SHOWN = 8  # kinds of commands, the most frequent


class Used(Struct, frozen=True, kw_only=True):
    """Of one process, since it began."""

    name: str
    seconds: float  # of a processor
    pss: float  # MB


def measure(given: Sequence[str]) -> Iterator[Table]:
    seconds = float(given[0]) if given else SECONDS
    for many in map(int, given[1:] or ["0"]):
        with running(rate_limits=True) as installation:
            if many:
                installation.seed(many, installation.now(), taken=True)
            time.sleep(SETTLES + (FILLS if many else 0.0))
            yield from _told(installation, seconds, many)


def _told(installation: Installation, seconds: float, many: int) -> Iterator[Table]:
    redis = installation.bot.redis
    before, commands = used(), _commands(redis)
    time.sleep(seconds)
    after, made = used(), _less(_commands(redis), commands)
    a_minute = {
        pid: (then.seconds - before[pid].seconds) * 60 / seconds
        for pid, then in after.items()
        if pid in before
    }
    asked = f".venv/bin/python -m benchmarks.idle {seconds:g} {many}"
    rows = [(after[pid].name, cpu, after[pid].pss) for pid, cpu in a_minute.items()]
    alone = [row for row in rows if "server" not in row[0]]
    yield Table(
        title=f"An idle installation, {many:,} cases open",
        command=asked,
        heads=("process", "processor s a minute", "PSS MB"),
        rows=[
            *rows,
            (f"{len(alone)} of ours", sum(cpu for _, cpu, _ in alone), sum(pss for *_, pss in alone)),
            (f"{len(rows)} with the record server", sum(a_minute.values()), sum(pss for *_, pss in rows)),
        ],
    )
    ranked = sorted(made.items(), key=lambda each: -each[1])[:_SHOWN]
    yield Table(
        title=f"What it asks of the record server, {many:,} cases open",
        command=asked,
        heads=("command", "a second"),
        rows=[("all", sum(made.values()) / seconds), *((name, count / seconds) for name, count in ranked)],
    )


def _commands(redis: Redis) -> dict[str, int]:
    """How often each was called; what a script calls counts, too."""
    stats = redis.info("commandstats")
    return {name.removeprefix("cmdstat_"): int(each["calls"]) for name, each in stats.items()}


def _less(after: dict[str, int], before: dict[str, int]) -> dict[str, int]:
    return {name: count - before.get(name, 0) for name, count in after.items()}


def used() -> dict[int, Used]:
    """Everything that was started here, but the workspace, this process, and what put cases in for it."""
    return {pid: _used(pid) for pid in _below(os.getpid()) if not _is_the_benchmarks(_command(pid))}


def _is_the_benchmarks(command: list[str]) -> bool:
    return "sandbox" in command or any("multiprocessing" in word for word in command)


def _below(parent: int) -> Iterator[int]:
    for children in (_PROC / str(parent) / "task").glob("*/children"):
        for child in children.read_text().split():
            yield int(child)
            yield from _below(int(child))


def _command(pid: int) -> list[str]:
    return (_PROC / str(pid) / "cmdline").read_bytes().decode().split("\0")


def _used(pid: int) -> Used:
    stat = (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    rollup = (_PROC / str(pid) / "smaps_rollup").read_text()
    pss = next(line.split()[1] for line in rollup.splitlines() if line.startswith("Pss:"))
    command = _command(pid)
    name = " ".join(command[command.index("cli") + 1 :]) if "cli" in command else Path(command[0]).name
    return Used(
        name=name.strip(),
        seconds=(int(stat[11]) + int(stat[12])) / _TICKS,
        pss=int(pss) / _MB,
    )


if __name__ == "__main__":
    tables.main(__doc__, measure)
