"""As many nights as fit into a minute: none breaks a promise. Each begins anew from its seed, to the letter."""

import json
import os
import subprocess
import sys
from collections.abc import Callable

import pytest

_SECONDS = 60


def simulate(*given: str, hashes: str = "1") -> list[str]:
    """What it printed."""
    run = subprocess.run(
        [sys.executable, "-m", "simulation", *given],
        env=os.environ | {"PYTHONHASHSEED": hashes},
        capture_output=True,
        text=True,
        timeout=_SECONDS * 4,
        check=False,
    )
    assert run.stdout, run.stderr
    return run.stdout.splitlines()


@pytest.mark.slow
def test_no_night_breaks_a_promise(record_property: Callable[[str, object], None]) -> None:
    *said, last = simulate("--seconds", str(_SECONDS))
    counted = json.loads(last)
    record_property("seeds", counted["seeds"])
    print(f"{counted['seeds']} seeds in {_SECONDS} s: {last}")
    assert counted.pop("broken") == 0, said
    assert all(counted.values()), counted


def test_a_seed_replays_to_the_letter() -> None:
    """In another process, in which sets of words lie in another order."""
    assert simulate("--seed", "4", hashes="1") == simulate("--seed", "4", hashes="2")
