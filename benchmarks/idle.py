"""What an installation costs in which nothing happens: processor time, memory, and what it asks of the record.

    .venv/bin/python -m benchmarks.idle [SECONDS] [--commands]

One bot, one timer, the workers and their supervisor, with the record server beside them. Counted are, over so many
seconds once it has settled, the processor time and the proportional memory (PSS) of each process, and the record
server's own count of commands, with --commands by name.
"""

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct
from redis import Redis

from benchmarks.installation import Installation, running

SETTLES = 45.0  # seconds: the first rounds of whoever looks each half minute are over
SECONDS = 60.0
_PROC = Path("/proc")
_TICKS = os.sysconf("SC_CLK_TCK")
_MB = 1024  # kB


class Used(Struct, frozen=True, kw_only=True):
    """Of one process, since it began."""

    name: str
    seconds: float  # of a processor
    pss: float  # MB
    threads: int


def main(seconds: float, *, by_name: bool) -> None:
    with running(rate_limits=True) as installation:
        time.sleep(SETTLES)
        print(_told(installation, seconds, by_name=by_name))


def _told(installation: Installation, seconds: float, *, by_name: bool) -> str:
    redis = installation.bot.redis
    before, commands = used(), _commands(redis)
    time.sleep(seconds)
    after, made = used(), _less(_commands(redis), commands)
    spent = {
        pid: (then.seconds - before[pid].seconds) * 60 / seconds
        for pid, then in after.items()
        if pid in before
    }
    lines = [
        f"{after[pid].name:<22}{cpu:>7.2f} CPU s a minute{after[pid].pss:>8.1f} MB{after[pid].threads:>4} threads"
        for pid, cpu in spent.items()
    ]
    total = sum(spent.values()), sum(each.pss for each in after.values())
    lines.append(f"{f'{len(spent)} processes':<22}{total[0]:>7.2f} CPU s a minute{total[1]:>8.1f} MB")
    lines.append(f"{sum(made.values()) / seconds:.1f} commands a second of the record server")
    if by_name:
        ranked = sorted(made.items(), key=lambda each: -each[1])
        lines += [f"  {name:<20}{count / seconds:>8.2f}" for name, count in ranked if count]
    return "\n".join(lines)


def _commands(redis: Redis) -> dict[str, int]:
    """How often each was called; what a script calls counts, too."""
    stats = redis.info("commandstats")
    return {name.removeprefix("cmdstat_"): int(each["calls"]) for name, each in stats.items()}


def _less(after: dict[str, int], before: dict[str, int]) -> dict[str, int]:
    return {name: count - before.get(name, 0) for name, count in after.items()}


def used() -> dict[int, Used]:
    """Everything that was started here, but the workspace and this process."""
    return {pid: _used(pid) for pid in _below(os.getpid()) if "sandbox" not in _command(pid)}


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
        threads=int(stat[17]),
    )


if __name__ == "__main__":
    given = [each for each in sys.argv[1:] if not each.startswith("-")]
    main(float(given[0]) if given else SECONDS, by_name="--commands" in sys.argv)
