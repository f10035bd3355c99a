"""Each process is put together from what all share and its own part, and from nothing of another process's."""

import subprocess
import sys

import pytest

from cli.compose.bot import Bot
from cli.compose.jobs import WorkerProcess
from cli.compose.shared import Shared
from cli.compose.timer_process import TimerProcess


def test_a_worker_watches_nobody_and_listens_to_nobody() -> None:
    assert set(WorkerProcess.__struct_fields__) - set(Shared.__struct_fields__) == {"functions"}


def test_only_the_bot_has_a_watchdog() -> None:
    having = [each for each in (Bot, TimerProcess, WorkerProcess) if "watchdog" in each.__struct_fields__]
    assert having == [Bot]


@pytest.mark.parametrize(
    ("module", "strange"),
    [
        ("cli.timing_processes", ("workers.alarm", "handlers", "slack_bolt")),
        ("cli.compose.jobs", ("workers.alarm", "handlers", "slack_bolt")),
        ("cli.compose.timer_process", ("workers.alarm", "handlers", "slack_bolt")),
        ("cli.compose.shared", ("workers", "handlers", "slack_sdk")),
    ],
)
def test_a_process_does_not_even_load_what_is_another_ones(module: str, strange: tuple[str, ...]) -> None:
    asked = f"import {module}, sys; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", asked], check=True, capture_output=True, text=True).stdout
    assert [name for name in loaded.split() if name.startswith(strange)] == []
