"""A changed record key is noticed at start, by every process; with the old one back, what waited goes out."""

import os
import subprocess
import sys

import pytest

from tests.chaos.conftest import Force

pytestmark = pytest.mark.slow


def started_with_another_key(*command: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "cli", *command],
        env={**os.environ, "MISSING_RECORD_KEY": "cd" * 32},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    "command",
    [("run",), ("bot",), ("timer",), ("worker", "deliver"), ("case", "list", "--as", "fay")],
    ids=" ".join,
)
def test_nothing_starts_with_another_key_and_what_waits_goes_out_with_the_old_one(
    force: Force, command: tuple[str, ...]
) -> None:
    force.bot.stores.key_check.check()
    ref = force.report()
    said = started_with_another_key(*command)
    assert said.returncode == 2, said
    (line,) = said.stderr.splitlines()
    assert line.startswith("MISSING_RECORD_KEY is not the key that this record is under (it is ")
    assert said.stdout == ""

    force.start("timer")
    force.wait_for_page(ref)
