"""Every benchmark of docs/performance.md, one after another, each beside its peers in the same run.

    .venv/bin/python -m benchmarks [--json FILE] [NAME …]

Each is a process of its own, since most start an installation. The tables come as they are measured; the JSON holds
them all, with what the machine is and which versions ran. A shared machine disturbs each figure: read the ratios.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from msgspec import to_builtins

from benchmarks.measured import MEASURED
from benchmarks.tables import Cell, Table, as_markdown, write_json

_TELLS = ("slack-bolt", "slack-sdk", "redis", "rq", "msgspec", "pydantic-settings")
_SERVERS = {"redis-server": "--version", "prometheus-alertmanager": "--version"}


def main(names: Sequence[str], json_to: Path | None) -> int:
    about = _machine()
    print("# What was measured\n")
    print("\n".join(f"- {what}: {said}" for what, said in about.items()), end="\n\n", flush=True)
    told: list[Any] = []
    failed: list[str] = []
    took: list[tuple[Cell, ...]] = []
    with TemporaryDirectory(prefix="missing-bench-") as home:
        for name in names:
            file, began = Path(home) / f"{name}.json", time.monotonic()
            if subprocess.run(_command(name, file), check=False).returncode:  # nosec B603 # our own
                failed.append(name)
            took.append((name, (time.monotonic() - began) / 60, os.getloadavg()[0]))
            told += json.loads(file.read_text(encoding="utf-8")) if file.exists() else []
            if json_to:
                everything = [*told, to_builtins(_durations(took))]
                write_json(json_to, {"machine": about, "tables": everything, "failed": failed})
    print(as_markdown(_durations(took)))
    if failed:
        print(f"Not measured whole: {', '.join(failed)}", file=sys.stderr)
    return len(failed)


def _durations(took: list[tuple[Cell, ...]]) -> Table:
    """The load is the whole machine's: others' work on it, too."""
    return Table(
        title="What each took",
        command=".venv/bin/python -m benchmarks",
        heads=("benchmark", "minutes", "load when it ended"),
        rows=took,
    )


def _command(name: str, file: Path) -> list[str]:
    return [sys.executable, "-m", f"benchmarks.{name}", *MEASURED[name], "--json", str(file)]


def _machine() -> dict[str, str]:
    """What it is, and nothing that tells whose."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "processor": f"{_processor()}, {os.cpu_count()} of it",
        "memory": f"{memory:.0f} GiB",
        "system": f"{platform.system()} {platform.release().split('-')[0]}, {platform.python_implementation()} "
        f"{platform.python_version()}",
        "load before": " ".join(f"{each:.1f}" for each in os.getloadavg()),
        **{name: version(name) for name in _TELLS},
        **{name: _said_by(name, asked) for name, asked in _SERVERS.items()},
    }


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    return next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown"
    )


def _said_by(program: str, asked: str) -> str:
    """The first line of what it says of itself."""
    try:
        said = subprocess.run([program, asked], capture_output=True, text=True, check=False)  # nosec B603
    except OSError:
        return "not here"
    return (said.stdout or said.stderr).partition("\n")[0]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(MEASURED)}; else all")
    asked = parser.parse_args()
    if strange := [name for name in asked.names if name not in MEASURED]:
        parser.error(f"there is no {', '.join(strange)}")
    sys.exit(main(asked.names or list(MEASURED), asked.json))
