"""A benchmark's own file, run in another tree: what it says there is of the bot of that tree and of no other."""

import json
import os
import subprocess
import sys
from pathlib import Path


def measured_in(tree: Path, file: str, *given: str) -> dict[str, float]:
    """`file measure …` in a process of its own, whose last line is a JSON object: figure → value."""
    ran = subprocess.run(  # nosec B603 # a benchmark of ours, beside another tree
        [sys.executable, file, "measure", *given],
        env={**os.environ, "PYTHONPATH": str(tree)},
        cwd=tree,
        capture_output=True,
        text=True,
        check=True,
    )
    measured: dict[str, float] = json.loads(ran.stdout.splitlines()[-1])
    return measured
